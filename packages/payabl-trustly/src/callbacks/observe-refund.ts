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
  const known = thread.intents.find(
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
