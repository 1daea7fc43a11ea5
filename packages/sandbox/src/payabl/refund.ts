import type { Action } from './action.ts'
import { formAnswer } from './answer.ts'
import { firstBroken, type Money, needed, optional, readMoney, upTo } from './field-rules.ts'
import { textOf } from './form.ts'
import { leftOf, type Transaction } from './ledger.ts'
import type { Refusal } from './status-codes.ts'

const rules = [
  needed('transactionid', (text) => /^\d{1,50}$/.test(text)),
  optional('external_id', upTo(255)),
  optional('language', (text) => /^[a-z]{2}$/.test(text), -6109),
]

/** Sends money of a credited pay-in back, in parts up to its amount. Sent twice it pays twice: there is no key.
 *  @see https://docs.payabl.com/docs/refund-1 */
export const refund: Action = {
  run: ({ account, form, ledger, lifeCycle, assumptions }) => {
    const broken = firstBroken(form, rules)
    if (broken) return broken
    const money = readMoney(form, account)
    if ('status' in money) return money
    const deposit = ledger.find(textOf(form, 'transactionid') ?? '')
    if (deposit?.payment.account !== account) return { status: -6000, hint: 'there is no such transaction' }
    const refusal = refuse(deposit, money)
    if (refusal) return refusal
    const { payment } = deposit
    const { transactionId: transactionid } = lifeCycle.refund(payment, money.amount)
    const status = assumptions.refundStatus
    return { status, answer: formAnswer({ status, transactionid, ...money, orderid: payment.orderid }) }
  },
  refuse: (status) => formAnswer({ status }),
}

// Which statuses the vendor uses for these is not documented.
const refuse = ({ type, state, payment }: Transaction, { amount, currency }: Money): Refusal | undefined => {
  if (type === 'preauthorization')
    return { status: -6000, hint: 'the id of the preauthorization: a refund takes the id that came in a notification' }
  if (type !== 'capture') return { status: -6000, hint: 'only a pay-in can be refunded' }
  if (currency !== payment.currency) return { status: -6103, hint: 'the pay-in has another currency' }
  if (state !== 'credited') return { status: -5007, hint: `the pay-in is ${state}, not credited` }
  return amount > leftOf(payment) ? { status: -6102, hint: 'more than what is left of the pay-in' } : undefined
}
