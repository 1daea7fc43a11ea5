import { conflict, notFound, PaymentError } from '../errors/payment-error.ts'
import type { Intent } from '../record/intent.ts'
import type { Deposit } from '../state/deposit-state.ts'
import type { Refund } from '../state/refund-state.ts'
import { type Money, toMinorUnits } from '../values/money.ts'
import { paymentRef } from '../values/payment-ref.ts'

/**
 * Why a refund may not begin: its deposit is not stored, an earlier attempt of it may still succeed, or it exceeds what is credited
 * and neither reversed nor refunded. Refunds that are accepted, unknown or confirmed count. Null: it may begin.
 */
export const refuseRefund = (intent: Intent, deposit: Deposit | null): PaymentError | null => {
  const attempt = deposit?.attempts.find(({ ref }) => ref === intent.of)
  if (!deposit || !attempt)
    return notFound({
      message: 'The deposit to refund is not stored.',
      hint: 'Pass the `payment` that deposit() or getDeposit() returned.',
    })
  if (deposit.refunds.some((refund) => isOpenAttempt(refund, intent)))
    return conflict({
      message: `An earlier attempt of refund ${intent.reference} may still succeed: a second one could pay twice.`,
      hint: 'Repeat the earlier attempt, or wait until it is known to have failed.',
    })
  if (exceeds(intent.expect, attempt.refundable))
    return new PaymentError({
      code: 'exceeds_refundable',
      effect: 'not_sent',
      retry: 'never',
      message: `At most ${attempt.refundable.value} ${attempt.refundable.currency} of this deposit can be refunded now.`,
      hint: 'Refund at most `refundable` of getDeposit(); refunds count until they are known to have failed.',
    })
  return null
}

/** An earlier attempt of the same refund that is not known to have failed. */
const isOpenAttempt = ({ ref, reference, state }: Refund, intent: Intent): boolean =>
  reference === intent.reference && ref !== paymentRef(intent) && state !== 'failed' && state !== 'returned'

const exceeds = (amount: Money, refundable: Money): boolean =>
  amount.currency !== refundable.currency || toMinorUnits(amount) > toMinorUnits(refundable)
