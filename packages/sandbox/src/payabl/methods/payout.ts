import { checkBankAccount } from '../parameters/bank-account.ts'
import {
  type FieldRule,
  firstViolation,
  isBirthday,
  isEmail,
  isTransactionId,
  isTrustly,
  moneyOf,
  moneyRules,
  notificationRules,
  optional,
  orderRule,
  required,
  type Terms,
  upTo,
} from '../parameters/parameter-rules.ts'
import type { Transaction } from '../state/payment.ts'
import { textOf } from '../wire/form.ts'
import { formResponse } from '../wire/form-response.ts'
import type { Money } from '../wire/money.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { ActionContext, BeginningAction } from './action.ts'
import { findPaid } from './named-transaction.ts'

const rulesOf = (terms: Terms): readonly FieldRule[] => [
  optional('transactionid', isTransactionId),
  ...moneyRules(terms),
  isTrustly,
  orderRule(terms),
  ...notificationRules,
]

const holderRulesOf = ({ assumptions: { payoutBirthday, payoutName, longestName } }: Terms): readonly FieldRule[] => [
  required('email', isEmail, { wrong: -6119 }),
  required('birthday', payoutBirthday === 'any' ? () => true : isBirthday, { wrong: -6115 }),
  // The page lists no name, but a payout needs one.
  ...(payoutName === 'firstname and lastname'
    ? [
        required('firstname', upTo(longestName), { wrong: -6113, missing: -1311 }),
        required('lastname', upTo(longestName), { wrong: -6105, missing: -1311 }),
      ]
    : []),
  ...(payoutName === 'accountname'
    ? [required('accountname', (text) => /^.{3,100}$/su.test(text), { wrong: -1311, missing: -1311 })]
    : []),
]

/** Pays out, to the account of an earlier transaction or to a new one. A payout stays accepted: only a failure is
 *  notified, immediately or days later. A repeated request pays twice.
 *  @see https://docs.payabl.com/docs/trustly */
export const payout: BeginningAction = {
  run: (context) => {
    const { account, form, lifeCycle, assumptions } = context
    const money = moneyOf(form, assumptions)
    const refusal =
      firstViolation(form, rulesOf(context), assumptions) ??
      (textOf(form, 'transactionid') === undefined ? checkNewAccount(context) : checkEarlier(context, money))
    if (refusal) return refusal
    const orderid = form.values.get('orderid') ?? ''
    const isShort = money.amount > (account.balance.get(money.currency) ?? 0n)
    const refused = isShort && assumptions.shortBalance === 'refused'
    const transaction = lifeCycle.payOut({
      ...money,
      account,
      orderid,
      custom1: form.values.get('custom1') ?? '',
      notificationUrl: assumptions.payoutUrl === 'request' ? textOf(form, 'notification_url') : undefined,
      refused,
    })
    // The failure for an insufficient balance is notified after the response that accepts the payout.
    if (isShort && !refused) lifeCycle.failPayout(transaction, assumptions.shortBalanceErrorcode)
    const status = refused ? Number(assumptions.shortBalanceErrorcode) : assumptions.payoutStatus
    const { transactionId: transactionid } = transaction
    return { status, answer: formResponse({ status, transactionid, ...money, orderid }, assumptions) }
  },
  refuse: (status, { assumptions }) => formResponse({ status }, assumptions),
}

const checkNewAccount = (context: ActionContext): Refusal | undefined => {
  const { account, form, assumptions } = context
  if (!account.payoutsToNewAccounts) return { status: -119, hint: 'payouts to new accounts are not enabled' }
  const text = (name: string) => textOf(form, name)
  const bankAccount = { country: text('bankcountry'), account: text('accountnumber'), bank: text('banknumber') }
  return (
    checkBankAccount(bankAccount, assumptions.payoutAccount) ??
    firstViolation(form, holderRulesOf(context), assumptions)
  )
}

/** A successful deposit or an earlier payout. The amount is free. */
const checkEarlier = (context: ActionContext, { currency }: Money): Refusal | undefined => {
  const earlier = findPaid(context)
  if ('status' in earlier) return earlier
  if (!isPaid(earlier)) return { status: -6000, hint: 'neither a credited pay-in nor a payout' }
  if (currency !== earlier.payment.currency && context.assumptions.payoutCurrency === 'as paid')
    return { status: -6103, hint: 'the transaction has another currency' }
  return undefined
}

const isPaid = ({ type, state }: Transaction): boolean => state === (type === 'cft' ? 'accepted' : 'credited')
