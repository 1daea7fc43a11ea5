import {
  type Answered,
  type Call,
  type Outcome,
  type PaymentError,
  paymentRef,
  pipe,
  type RefundInput,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { TrustlyClient } from '../client/client.ts'
import { orderIdOf, orderUnknown } from './order-id.ts'
import { toOutcome } from './outcome.ts'
import { uuidOf } from './uuid-of.ts'

/**
 * Refund: part or all of a deposit back to the account it came from. What is reported of it comes with the deposit's ids.
 * @see https://docs.trustly.com/api/refund (read 2026-11-21)
 */
export const startRefund =
  (client: TrustlyClient, now: () => Date) =>
  ({ amount }: RefundInput, call: Call): TaskEither<PaymentError, Answered<Outcome>> => {
    const { intent, resumed, signal, record } = call
    const orderId = orderIdOf(record, intent.of)
    if (orderId === null) return taskEither.left(orderUnknown('deposit'))
    const data = { OrderID: orderId, Amount: amount.value, Currency: amount.currency }
    return pipe(
      client.refund(data, { uuid: uuidOf(intent), resumed, signal }),
      toOutcome('Refund', paymentRef(intent), now),
      // The order id of the response is the deposit's, so that it is no id of the refund.
      taskEither.map(({ result }) => ({ result, vendorIds: [] })),
    )
  }
