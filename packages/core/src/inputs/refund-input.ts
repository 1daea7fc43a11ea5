import * as z from 'zod'
import { validationRule } from '../errors/issue.ts'
import type { Schema } from '../errors/schema.ts'
import type { Money } from '../values/money.ts'
import { type PaymentRef, parsePaymentRef } from '../values/payment-ref.ts'
import { positiveMoney, referenceFields } from './fields.ts'

export interface RefundInput {
  /** The deposit's, as returned by `deposit()` or `getDeposit()`. */
  readonly payment: PaymentRef
  /** The refund's own reference, different from the deposit's. It is the idempotency key. */
  readonly reference: string
  /** 1 to 99, default 1. A second attempt is refused while the first may still succeed. */
  readonly attempt?: number | undefined
  /** At most `refundable`. Several partial refunds are allowed. */
  readonly amount: Money
}

/** The fields that every refund needs. */
export const refundFields: readonly string[] = ['payment', 'reference', 'amount']

export const refundSchema: Schema<RefundInput> = z.strictObject({
  ...referenceFields,
  payment: z.custom<PaymentRef>(
    (value) => typeof value === 'string' && parsePaymentRef(value)?.kind === 'deposit',
    validationRule("must be a deposit's payment ref", 'pass the `payment` that deposit() or getDeposit() returned'),
  ),
  amount: positiveMoney,
})
