import { type Fact, type Money, matchRefund, paymentRef, sameMoney } from '@railswitch/core'
import { claimed, type News, type Told, unexplained, unrecognised, wordOf } from './told.ts'

/**
 * Which refund is meant: the one whose id its answer told, which `security` covers; else the amount must tell, which it does
 * not cover, so that without our token a person must look.
 */
export const refundNews = (told: Told): News => {
  const { notification, thread, payment: deposit, money, bound } = told
  if (notification.errorcode === '2000') return unrecognised(told)
  const type = notification.errorcode === '0' ? 'refund.confirmed' : 'refund.failed'
  const known = isDepositId(told)
    ? undefined
    : thread.intents.find(
        ({ intent, vendorIds }) => intent.of === deposit && vendorIds.includes(notification.transactionid),
      )
  if (known) {
    const amount = known.intent.expect
    if (bound && money && !sameMoney(money, amount)) return unexplained(told, 'amount_differs')
    const ref = paymentRef(known.intent)
    return { fact: { type, amount, refund: ref, candidates: [ref] }, trust: bound ? 'bound' : 'signed' }
  }
  if (!money) return unrecognised(told)
  const fact: Fact = wasTold(told, money)
    ? toldAgain(told, type, money)
    : matchRefund(type, wordOf(notification), money, thread, deposit)
  return fact.type === 'refund.failed' && !bound ? unexplained(told, 'unsigned_money') : { fact, trust: claimed(told) }
}

/** The same words of the same sum, at another time. */
const wasTold = ({ notification, thread, bound }: Told, money: Money): boolean =>
  bound &&
  thread.observations.some(
    ({ source, trust, vendorId, word }) =>
      source === 'callback' &&
      trust !== 'claimed' &&
      vendorId === notification.transactionid &&
      word.method === wordOf(notification) &&
      word.amount !== undefined &&
      sameMoney(word.amount, money),
  )

/** Of one refund the same news; of several equal ones perhaps the next: only a person can tell that from a resent one. */
const toldAgain = ({ thread, payment: deposit }: Told, type: RefundLegType, money: Money): Fact => {
  const equal = thread.intents.filter(({ intent }) => intent.of === deposit && sameMoney(intent.expect, money))
  const [only, ...others] = equal.map(({ intent }) => paymentRef(intent))
  return only && others.length === 0
    ? { type, amount: money, refund: only, candidates: [only] }
    : { type: 'unexplained', reason: type === 'refund.failed' ? 'unexpected_credit' : 'unexpected_payout' }
}

type RefundLegType = 'refund.confirmed' | 'refund.failed'

/** All refunds of a deposit may come under its id, whatever one of them was recorded with. */
const isDepositId = ({ notification: { transactionid }, thread, payment: deposit }: Told): boolean =>
  thread.intents.some(({ intent, vendorIds }) => paymentRef(intent) === deposit && vendorIds.includes(transactionid)) ||
  thread.observations.some(
    ({ subject, vendorId, fact, trust }) =>
      subject === deposit && vendorId === transactionid && fact.type === 'deposit.credited' && trust !== 'claimed',
  )
