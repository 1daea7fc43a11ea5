import type { Action, ActionContext } from './action.ts'
import { formAnswer } from './answer.ts'
import { judgeBankAccount } from './bank-account.ts'
import {
  firstBroken,
  isBirthday,
  isEmail,
  isNotificationUrl,
  isTrustly,
  type Money,
  needed,
  optional,
  readMoney,
  upTo,
} from './field-rules.ts'
import { textOf } from './form.ts'
import type { Transaction } from './ledger.ts'
import type { Refusal } from './status-codes.ts'

const rules = [
  isTrustly,
  optional('orderid', upTo(40)),
  optional('external_id', upTo(255)),
  optional('notification_url', isNotificationUrl),
]

const newAccountRules = [needed('email', isEmail, -6119), needed('birthday', isBirthday, -6115)]

/** Pays out, to the account of an earlier transaction or to a new one. Accepted is all that it ever becomes: only a
 *  failure is told, at once or days later. Sent twice it pays twice.
 *  @see https://docs.payabl.com/docs/trustly */
export const payout: Action = {
  run: (context) => {
    const { account, form, lifeCycle, assumptions } = context
    const money = readMoney(form, account)
    if ('status' in money) return money
    const refusal =
      firstBroken(form, rules) ??
      (textOf(form, 'transactionid') === undefined ? judgeNewAccount(context) : judgeEarlier(context, money))
    if (refusal) return refusal
    const orderid = form.values.get('orderid') ?? ''
    const isShort = money.amount > (account.balance.get(money.currency) ?? 0n)
    const refused = isShort && assumptions.shortBalance === 'refused'
    const transaction = open(context, money, refused)
    // The failure of a short balance is told behind the answer that accepts the payout.
    if (isShort && !refused) lifeCycle.failPayout(transaction)
    const status = refused ? -5008 : assumptions.payoutStatus
    return { status, answer: formAnswer({ status, transactionid: transaction.transactionId, ...money, orderid }) }
  },
  refuse: (status) => formAnswer({ status }),
}

const judgeNewAccount = ({ account, form }: ActionContext): Refusal | undefined => {
  if (!account.payoutsToNewAccounts) return { status: -119, hint: 'payouts to new accounts are not enabled' }
  const text = (name: string) => textOf(form, name)
  const broken = firstBroken(form, newAccountRules)
  if (broken) return broken
  // The page does not list the names, but nobody can be paid without one.
  if (!text('firstname') || !text('lastname')) return { status: -1311, hint: 'firstname or lastname is missing' }
  return judgeBankAccount({
    country: text('bankcountry'),
    account: text('accountnumber'),
    bank: text('banknumber'),
  })
}

/** A successful deposit, by the id "received in a callback", or an earlier payout. The amount is free. */
const judgeEarlier = ({ account, form, ledger }: ActionContext, { currency }: Money): Refusal | undefined => {
  const earlier = ledger.find(textOf(form, 'transactionid') ?? '')
  if (earlier?.payment.account !== account) return { status: -6000, hint: 'there is no such transaction' }
  if (earlier.type === 'preauthorization')
    return { status: -6000, hint: 'the id of the preauthorization: a payout takes the id that came in a notification' }
  if (!isPaid(earlier)) return { status: -6000, hint: 'neither a credited pay-in nor a payout' }
  if (currency !== earlier.payment.currency) return { status: -6103, hint: 'the transaction has another currency' }
  return undefined
}

const isPaid = ({ type, state }: Transaction): boolean => state === (type === 'cft' ? 'accepted' : 'credited')

const open = ({ account, form, ledger, now }: ActionContext, { amount, currency }: Money, refused: boolean) => {
  const at = now()
  const payment = ledger.open({
    account,
    orderid: form.values.get('orderid') ?? '',
    custom1: form.values.get('custom1') ?? '',
    currency,
    notificationUrl: textOf(form, 'notification_url'),
    terms: undefined,
    touched: at,
  })
  if (refused) return ledger.add(payment, { type: 'cft', amount, state: 'failed', errorcode: '-5008', at })
  ledger.book(payment, -amount)
  return ledger.add(payment, { type: 'cft', amount, state: 'accepted', errorcode: '0', at })
}
