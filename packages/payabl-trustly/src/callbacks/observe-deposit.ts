import { type Observation, type PaymentRef, paymentRef, type Thread } from '@railswitch/core'
import { endingOf } from './ending-of.ts'
import { claimed, isError, type News, type Told, unexplained, unrecognised } from './told.ts'

/**
 * Success takes both: errorcode 0 AND payment_state credited; errorcode 0 alone comes with `not_credited_yet` too. The state
 * not_credited is a failure whatever the errorcode, and an error is one whatever the state.
 */
export const captureNews = (told: Told): News => {
  const { notification, money, bound } = told
  const { errorcode, payment_state } = notification
  if (payment_state === 'not_credited' && (bound || !isError(errorcode))) return takenBack(told) ?? notCredited(told)
  if (isError(errorcode)) return notCredited(told)
  if (errorcode !== '0') return unrecognised(told)
  const trust = claimed(told)
  switch (payment_state) {
    case 'not_credited_yet':
      return money ? { fact: { type: 'deposit.not_credited_yet', amount: money }, trust } : unrecognised(told)
    case 'credited':
      return money ? { fact: { type: 'deposit.credited', amount: money }, trust } : unexplained(told, 'amount_differs')
    default:
      return unrecognised(told)
  }
}

/** A chargeback may have an id of its own; what it takes is the credited transaction's money. */
export const chargebackNews = (told: Told): News => {
  const { notification, money, thread, payment: deposit } = told
  if (notification.errorcode !== '0') return unrecognised(told)
  if (!money) return unexplained(told, 'amount_differs')
  const paid = new Set(creditsOf(thread, deposit).map(({ vendorId }) => vendorId))
  const [vendorId = notification.transactionid] = paid.size === 1 ? paid : []
  return { fact: { type: 'deposit.reversed', amount: money }, trust: claimed(told), vendorId }
}

/** A failure of a transaction that we know as this deposit's is signed whole: its id and its errorcode are. */
const notCredited = (told: Told): News => {
  const { errorcode, transactionid } = told.notification
  const isSigned = isError(errorcode) && isKnown(told.thread, told.payment, transactionid)
  const trust = !told.bound && isSigned ? 'signed' : claimed(told)
  return { fact: { type: 'deposit.not_credited', reason: endingOf(errorcode) }, trust }
}

/**
 * `not_credited` of a transaction that was credited before takes its money back; of another one it is a dead attempt, and
 * news from before the credit that comes late is a contradiction.
 */
const takenBack = (told: Told): News | null => {
  const { notification, thread, payment: deposit, at } = told
  const credit = creditsOf(thread, deposit).find((one) => one.vendorId === notification.transactionid && one.at <= at)
  return credit ? { fact: { type: 'deposit.reversed', amount: credit.fact.amount }, trust: claimed(told) } : null
}

type Credit = Observation & { readonly fact: Extract<Observation['fact'], { type: 'deposit.credited' }> }

const creditsOf = ({ observations }: Thread, deposit: PaymentRef): readonly Credit[] =>
  observations.filter(
    (observation): observation is Credit =>
      observation.subject === deposit &&
      observation.fact.type === 'deposit.credited' &&
      observation.trust !== 'claimed',
  )

const isKnown = ({ intents, observations }: Thread, deposit: PaymentRef, transactionid: string): boolean =>
  intents.some(({ intent, vendorIds }) => paymentRef(intent) === deposit && vendorIds.includes(transactionid)) ||
  observations.some(
    ({ subject, vendorId, trust }) => subject === deposit && vendorId === transactionid && trust !== 'claimed',
  )
