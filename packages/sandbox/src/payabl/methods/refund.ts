import {
  type FieldRule,
  firstBroken,
  isTransactionId,
  type Money,
  moneyOf,
  moneyRules,
  needed,
  notificationRules,
  optional,
  type Terms,
} from '../parameters/parameter-rules.ts'
import { leftOf, type Transaction } from '../state/ledger.ts'
import { textOf } from '../wire/form.ts'
import { formAnswer } from '../wire/form-answer.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { Action, ActionContext } from './action.ts'
import { findPaid } from './named-transaction.ts'

const rulesOf = (terms: Terms): readonly FieldRule[] => [
  needed('transactionid', isTransactionId),
  ...moneyRules(terms),
  optional('language', (text) => /^[a-z]{2}$/.test(text), { wrong: -6109 }),
  ...notificationRules,
]

/** Sends money of a credited pay-in back, in parts up to its amount. Sent twice it pays twice: there is no key.
 *  @see https://docs.payabl.com/docs/refund-1 */
export const refund: Action = {
  run: (context) => {
    const { form, lifeCycle, assumptions } = context
    const broken = firstBroken(form, rulesOf(context), assumptions)
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
    return { status, answer: formAnswer({ status, transactionid, ...money, orderid: payment.orderid }, assumptions) }
  },
  refuse: (status, { assumptions }) => formAnswer({ status }, assumptions),
}

// Which statuses the vendor uses for these is not documented.
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
