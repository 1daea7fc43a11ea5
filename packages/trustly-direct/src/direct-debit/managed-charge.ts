import { type Intent, parsePaymentRef } from '@railswitch/core/provider'

/** Whether a charge or a payout uses a mandate of managed direct debit, and not an account of SelectAccount or Deposit. */
export const usesMandate = ({ account }: Pick<Intent, 'account'>): boolean =>
  account !== undefined && parsePaymentRef(account)?.kind === 'mandate'
