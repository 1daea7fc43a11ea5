import type { Capabilities } from '@railswitch/core/provider'
import type { PayablTrustlyOptions } from './config.ts'

export const noAccount = 'payabl has no page on which a customer chooses an account'

export const noDirectDebit = 'payabl has no direct debit by Trustly'

export const noWithdrawal = 'payabl has no page on which a customer chooses an account: use a payout'

/** What payabl can do for this merchant, and why it cannot do the rest. @see https://docs.payabl.com/docs/trustly (read 2026-11-21) */
export const capabilities = ({ business }: Pick<PayablTrustlyOptions, 'business'>): Capabilities => ({
  deposit: { yes: true },
  refund: { yes: true },
  'refund.partial': { yes: true },
  'payout.toDepositor': { yes: true },
  'payout.toAccount':
    business === 'gambling'
      ? { yes: false, why: 'payabl lets gambling merchants pay out to the account of a deposit only: use `to.payment`' }
      : { yes: true },
  withdrawal: { yes: false, why: noWithdrawal },
  account: { yes: false, why: noAccount },
  'account.mandate': { yes: false, why: noDirectDebit },
  charge: { yes: false, why: noDirectDebit },
  kyc: { yes: false, why: 'payabl reports only the bank account, on request to its support' },
  reconciliation: { yes: true },
  mandate: { yes: false, why: noDirectDebit },
  'mandate.import': { yes: false, why: noDirectDebit },
})

/** What else Trustly can do and payabl has no call for, each with its reason. */
export const unsupported: Readonly<Record<string, string>> = {
  accountRegistration: 'payabl has no ids for bank details: each payout sends them again',
  balance: 'payabl has no call for it: its errors report a balance that is too low',
  ledger: 'payabl has no call for it: tx_diagnose lists captures, refunds, payouts and chargebacks',
  settlement: 'payabl has no call for it: its back office has the reports',
  cancel: 'payabl cannot cancel a payment that has begun',
}
