import {
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
import { toAmount } from '../wire/request-data.ts'
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
    return pipe(
      toOutcome(client.refund(data, callOptions(call)), paymentRef(intent), { method: 'Refund', now }),
      // The order id of the response is the deposit's, not an id of the refund.
      taskEither.map(({ result }) => ({ result, vendorIds: [] })),
    )
  }
