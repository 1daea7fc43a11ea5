import { type Call, PaymentError } from '@railswitch/core'

/** The first account that Trustly told of the payment that is meant, whatever it tells later: a repeated call must be the same. */
export const accountIdOf = ({ intent, source }: Call): string | null => {
  const told = source?.observations.flatMap(({ subject, fact }) =>
    subject === intent.account && fact.type === 'account.received' ? [fact.account] : [],
  )
  return told?.[0] ?? null
}

export const accountUnknown = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'Trustly has not told of the account of that payment.',
    hint: 'Trustly enables `account` notifications on request; until then, a payout can go to bank details as `to.account`.',
  })
