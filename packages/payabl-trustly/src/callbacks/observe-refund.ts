import { type Fact, matchRefund, paymentRef, sameMoney } from '@railswitch/core'
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
  const fact: Fact = matchRefund(type, wordOf(notification), money, thread, deposit)
  return fact.type === 'refund.failed' && !bound ? unexplained(told, 'unsigned_money') : { fact, trust: claimed(told) }
}

/** All refunds of a deposit may come under its id, whatever one of them was recorded with. */
const isDepositId = ({ notification: { transactionid }, thread, payment: deposit }: Told): boolean =>
  thread.intents.some(({ intent, vendorIds }) => paymentRef(intent) === deposit && vendorIds.includes(transactionid)) ||
  thread.observations.some(
    ({ subject, vendorId, fact, trust }) =>
      subject === deposit && vendorId === transactionid && fact.type === 'deposit.credited' && trust !== 'claimed',
  )
