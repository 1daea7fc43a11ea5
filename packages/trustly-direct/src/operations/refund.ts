import {
  intentOf,
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  paymentRef,
  pipe,
  type RefundInput,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { usesMandate } from '../direct-debit/managed-charge.ts'
import { toAmount } from '../wire/request-data.ts'
import { refuseDebitRefund } from './direct-debit-refund.ts'
import { callOptions, orderIdOf, orderUnknown } from './order-data.ts'
import { toOutcome } from './outcome.ts'

/**
 * Refund: returns part or all of a deposit to the account that it came from. Trustly reports it under the deposit's order id.
 * @see https://docs.trustly.com/api/refund (read 2026-11-21)
 */
export const startRefund =
  (client: TrustlyClient, now: () => Date) =>
  ({ amount }: RefundInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> => {
    const { intent, record } = call
    const orderId = orderIdOf(record, intent.of)
    if (orderId === null) return taskEither.left(orderUnknown('deposit'))
    const data = { OrderID: orderId, Amount: toAmount(amount), Currency: amount.currency }
    const charged = intentOf(record, intent.of)?.intent
    if (charged && usesMandate(charged)) return refundDirectDebit(client, now, data, call)
    return pipe(
      toOutcome(client.refund(data, callOptions(call)), paymentRef(intent), { method: 'Refund', now }),
      // The order id of the response is the deposit's, not an id of the refund.
      taskEither.map(({ result }) => ({ result, vendorIds: [] })),
    )
  }

/**
 * RefundDirectDebit: once for each direct debit. It has a message id of its own, and its notifications have `refund: 1`.
 * @see https://docs.trustly.com/api/mdd-refunddirectdebit (read 2026-11-21)
 */
const refundDirectDebit = (
  client: TrustlyClient,
  now: () => Date,
  data: { readonly OrderID: string; readonly Amount: string; readonly Currency: string },
  call: OperationCall,
): TaskEither<PaymentError, OperationResponse<Outcome>> => {
  const refusal = call.resumed ? null : refuseDebitRefund(call, now())
  if (refusal) return taskEither.left(refusal)
  const MessageID = merchantReference(call.intent)
  return pipe(
    toOutcome(client.refundDirectDebit({ ...data, MessageID }, callOptions(call)), paymentRef(call.intent), {
      method: 'RefundDirectDebit',
      now,
    }),
    // The documentation does not say whether the response has the debit's order id or one of its own.
    taskEither.map(({ result, vendorIds }) => ({ result, vendorIds: vendorIds.filter((id) => id !== data.OrderID) })),
  )
}
