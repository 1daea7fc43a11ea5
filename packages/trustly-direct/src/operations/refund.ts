import {
  type Answered,
  type Call,
  type Outcome,
  PaymentError,
  paymentRef,
  pipe,
  type RefundInput,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import { rejection } from '../map-error.ts'
import type { TrustlyClient } from '../native.ts'
import { uuidOf } from './uuid-of.ts'

/**
 * Refund: part or all of a deposit back to the account it came from. Its news arrives with the deposit's ids.
 * @see https://docs.trustly.com/api/refund (read 2026-11-21)
 */
export const startRefund =
  (client: TrustlyClient) =>
  ({ amount }: RefundInput, call: Call): TaskEither<PaymentError, Answered<Outcome>> => {
    const { intent, resumed, signal } = call
    const orderId = orderIdOf(call)
    if (orderId === null) return taskEither.left(orderUnknown())
    const payment = paymentRef(intent)
    const data = { OrderID: orderId, Amount: amount.value, Currency: amount.currency }
    return pipe(
      client.refund(data, { uuid: uuidOf(intent), resumed, signal }),
      taskEither.flatMap(({ result }) =>
        result === '1'
          ? taskEither.right<PaymentError, Outcome>({ status: 'accepted', payment })
          : taskEither.left<PaymentError, Outcome>(rejection('Refund')),
      ),
      taskEither.orElse((error) =>
        error.effect === 'may_have_happened'
          ? taskEither.right<PaymentError, Outcome>(toUnknown(error, payment))
          : taskEither.left<PaymentError, Outcome>(error),
      ),
      taskEither.map((result) => ({ result, vendorIds: [] })),
    )
  }

/** The refund's own order id is the deposit's, so that it is no id of the refund. */
const orderIdOf = ({ intent, thread }: Call): string | null => {
  const deposit = thread.intents.find((recorded) => paymentRef(recorded.intent) === intent.of)
  const observed = thread.observations.find(({ subject }) => subject === intent.of)
  return deposit?.vendorIds[0] ?? observed?.vendorId ?? null
}

const toUnknown = (error: PaymentError, payment: Outcome['payment']): Outcome => ({
  status: 'unknown',
  payment,
  settle: error.again === 'same_attempt' ? 'replay' : 'operator',
  notBefore: new Date().toISOString(),
})

const orderUnknown = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: "The deposit's order id at Trustly is not known yet.",
    hint: 'Call deposit() again with the same reference: it is answered as before, and its order id is learnt.',
  })
