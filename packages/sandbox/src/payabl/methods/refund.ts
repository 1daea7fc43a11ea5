import {
  type FieldRule,
  firstViolation,
  isTransactionId,
  moneyOf,
  moneyRules,
  notificationRules,
  optional,
  required,
  type Terms,
} from '../parameters/parameter-rules.ts'
import { leftOf, type Transaction } from '../state/payment.ts'
import { textOf } from '../wire/form.ts'
import { formResponse } from '../wire/form-response.ts'
import type { Money } from '../wire/money.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { Action, ActionContext } from './action.ts'
import { findPaid } from './named-transaction.ts'

const rulesOf = (terms: Terms): readonly FieldRule[] => [
  required('transactionid', isTransactionId),
  ...moneyRules(terms),
  optional('language', (text) => /^[a-z]{2}$/.test(text), { wrong: -6109 }),
  ...notificationRules,
]

/** Refunds a credited pay-in, in parts up to its amount. A repeated request refunds twice: there is no idempotency key.
 *  @see https://docs.payabl.com/docs/refund-1 */
export const refund: Action = {
  run: (context) => {
    const { form, lifeCycle, assumptions } = context
    const broken = firstViolation(form, rulesOf(context), assumptions)
    if (broken) return broken
    const money = moneyOf(form, assumptions)
    const deposit = findPaid(context)
    if ('status' in deposit) return deposit
    const refusal = refuse(deposit, money, context)
    if (refusal) return refusal
    const { payment } = deposit
    const url = assumptions.refundUrl === 'request' ? textOf(form, 'notification_url') : undefined
    const { transactionId: transactionid } = lifeCycle.refund(payment, money.amount, url)
    const status = assumptions.refundStatus
    return { status, answer: formResponse({ status, transactionid, ...money, orderid: payment.orderid }, assumptions) }
  },
  refuse: (status, { assumptions }) => formResponse({ status }, assumptions),
}

// The vendor's statuses for these are not documented.
const refuse = (
  { type, state, payment }: Transaction,
  { amount, currency }: Money,
  { assumptions }: ActionContext,
): Refusal | undefined => {
  if (type !== 'capture') return { status: -6000, hint: 'only a pay-in can be refunded' }
  if (currency !== payment.currency) return { status: -6103, hint: 'the pay-in has another currency' }
  if (state !== 'credited')
    return { status: assumptions.refusedRefundStatus, hint: `the pay-in is ${state}, not credited` }
  return amount > leftOf(payment) ? { status: -6102, hint: 'more than what is left of the pay-in' } : undefined
}
