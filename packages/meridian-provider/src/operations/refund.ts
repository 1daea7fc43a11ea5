import {
  invalid,
  left,
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  paymentRef,
  type RefundInput,
  type Runtime,
  type TaskEither,
} from '@railswitch/core/provider'
import type { MeridianClient } from '../client/client.ts'
import { toAmount } from '../wire/money.ts'
import { amountIssues } from './input-issues.ts'
import { toOutcome } from './outcome.ts'
import { depositUnknown, vendorIdOf } from './vendor-id.ts'

/** Refunds a payin. Meridian gives the refund an id of its own. */
export const startRefund =
  (client: MeridianClient, runtime: Runtime) =>
  (
    { amount }: RefundInput,
    { intent, record, resumed, signal }: OperationCall,
  ): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  async () => {
    const issues = amountIssues(amount)
    if (issues.length > 0) return left(invalid('invalid_input', issues))
    const payin = vendorIdOf(record, intent.of)
    if (payin === null) return left(depositUnknown())
    const reference = merchantReference(intent)
    const body = { reference, ...toAmount(amount) }
    const opening = { idempotencyKey: `refund:${reference}`, body, resumed, signal }
    return toOutcome(await client.openRefund(payin, opening)(), paymentRef(intent), runtime)
  }
