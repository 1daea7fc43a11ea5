import { accountOf, type Call, PaymentError } from '@railswitch/core'
import { interpret } from '../interpret/interpret.ts'

/** The first account that Trustly reported of the payment that is meant, whatever it reports later: a repeated call must be the same. */
export const accountIdOf = ({ intent, source }: Call): string | null =>
  source?.reports.find((report) => report.intent === intent.account && report.members.accountid !== undefined)?.members
    .accountid ?? null

/** The account of that payment that may be charged now; null while there is none. */
export const chargeableAccountOf = ({ intent, source }: Call): string | null => {
  if (!source || !intent.account) return null
  const account = accountOf(interpret(source), intent.account)
  return account?.mandate === 'active' ? account.account : null
}

export const noMandate = (): PaymentError =>
  new PaymentError({
    code: 'conflict',
    effect: 'not_sent',
    again: 'same_attempt',
    message:
      'The account has no active mandate: it was not given, revoked, moved, or what Trustly reported of it is unclear.',
    hint: 'Look at getAccount(): where its mandate is not `active`, ask the customer for a new one.',
  })

export const accountUnknown = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'Trustly has not reported the account of that payment.',
    hint: 'Trustly enables `account` notifications on request; until then, a payout can go to bank details as `to.account`.',
  })
