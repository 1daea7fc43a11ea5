import {
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  paymentRef,
  type RefundInput,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import { creditedTransaction, namedBy } from './credited-transaction.ts'
import { notCredited, toOutcome } from './outcome.ts'

/** payment_refund: pays part or all of a deposit back. `external_id` is our reference. @see https://docs.payabl.com/docs/refund-1 (read 2026-11-21) */
export const startRefund =
  (client: PayablClient, now: () => Date) =>
  (
    { amount }: RefundInput,
    { intent, record, signal }: OperationCall,
  ): TaskEither<PaymentError, OperationResponse<Outcome>> => {
    const transactionid = creditedTransaction(record, intent.of)
    if (transactionid === null) return taskEither.left(notCredited())
    const parameters = {
      transactionid,
      amount: amount.value,
      currency: amount.currency,
      external_id: merchantReference(intent),
    }
    return toOutcome(client.refund(parameters, signal), paymentRef(intent), {
      named: namedBy(record, intent.of, transactionid),
      now,
    })
  }
