import { conflict, notFound, PaymentError } from '../errors/payment-error.ts'
import type { Intent } from '../record/intent.ts'
import type { Deposit, DepositAttempt } from '../state/deposit-state.ts'
import { type Refund, takenByRefunds } from '../state/refund-state.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../values/money.ts'
import { paymentRef } from '../values/payment-ref.ts'

/**
 * Why a refund may not begin: its deposit is not stored, an earlier attempt of it may still succeed, or it exceeds what is credited
 * and neither reversed nor refunded. Refunds that are accepted, unknown or confirmed count. An imported refund was sent elsewhere, even if
 * an earlier attempt may still succeed. Null: it may begin.
 */
export const refuseRefund = (intent: Intent, deposit: Deposit | null): PaymentError | null => {
  const attempt = deposit?.attempts.find(({ ref }) => ref === intent.of)
  if (!deposit || !attempt)
    return notFound({
      message: 'The deposit to refund is not stored.',
      hint: 'Pass the `payment` that deposit() or getDeposit() returned.',
    })
  if (!intent.imported && deposit.refunds.some((refund) => isOpenAttempt(refund, intent)))
    return conflict({
      message: `An earlier attempt of refund ${intent.reference} may still succeed: a second one could pay twice.`,
      hint: 'Repeat the earlier attempt, or wait until it is known to have failed.',
    })
  const most = intent.imported ? mostImported(deposit, attempt) : attempt.refundable
  return exceeds(intent.expect, most) ? exceedsRefundable(intent.expect, deposit, attempt) : null
}

/** What can have been sent elsewhere: the bank may have taken money back since, and the store may not know the credit yet. */
const mostImported = (deposit: Deposit, { ref, credited, expected }: DepositAttempt): Money => {
  const isCreditUnknown = toMinorUnits(credited) === 0n
  if (isCreditUnknown) return expected
  const left = toMinorUnits(credited) - takenByRefunds(ref, deposit)
  return fromMinorUnits(left > 0n ? left : 0n, credited.currency)
}

/** An earlier attempt of the same refund that is not known to have failed. */
const isOpenAttempt = ({ ref, reference, state }: Refund, intent: Intent): boolean =>
  reference === intent.reference && ref !== paymentRef(intent) && state !== 'failed' && state !== 'returned'

const exceedsRefundable = (
  asked: Money,
  deposit: Deposit,
  { ref, state, refundable }: DepositAttempt,
): PaymentError => {
  const refused = { code: 'exceeds_refundable', effect: 'not_sent' } as const
  if (asked.currency !== refundable.currency)
    return new PaymentError({
      ...refused,
      retry: 'never',
      message: `The deposit is in ${refundable.currency}, and the refund is in ${asked.currency}.`,
      hint: `Refund it in ${refundable.currency}.`,
    })
  if (state === 'credited' || state === 'reversed')
    return new PaymentError({
      ...refused,
      retry: 'never',
      message: `At most ${refundable.value} ${refundable.currency} of this deposit can be refunded now.`,
      hint: 'Refund at most `refundable` of getDeposit(); refunds count until they are known to have failed.',
    })
  const isOther = ref !== deposit.ref && toMinorUnits(deposit.credited) > 0n
  return new PaymentError({
    ...refused,
    retry: state === 'not_credited' ? 'never' : 'same_attempt',
    message: `The deposit is ${state}: no money was credited, so there is nothing to refund.`,
    hint: isOther
      ? `Another attempt was credited: refund ${deposit.ref}.`
      : state === 'not_credited'
        ? 'It has ended without money: no refund is needed.'
        : 'Wait for `deposit.credited`, then make the same call again.',
  })
}

const exceeds = (amount: Money, refundable: Money): boolean =>
  amount.currency !== refundable.currency || toMinorUnits(amount) > toMinorUnits(refundable)
