import type { Attempt, Payment } from './fold.ts'
import type { Refund, Return } from './fold-refunds.ts'
import { fromMinorUnits, type Money, toMinorUnits } from './money.ts'
import type { EventType, PaymentEvent } from './payment-event.ts'
import type { PaymentRef } from './payment-ref.ts'
import { reviewEvent } from './review-event.ts'

/** The events by which two folds of one deposit differ. */
export const changes = (before: Payment | null, after: Payment | null): readonly PaymentEvent[] => {
  if (!after) return []
  const known = new Set(before ? implied(before).map(({ slot }) => slot) : [])
  const happened = implied(after).flatMap(({ slot, event }) => (known.has(slot) ? [] : [sinceBefore(before, event)]))
  return [...happened, ...reviewEvent(before, after)]
}

/** A reversal's amount is what was taken back now: takings-back that follow each other add up to the whole. */
const sinceBefore = (before: Payment | null, event: PaymentEvent): PaymentEvent => {
  if (event.type !== 'deposit.reversed') return event
  const earlier = before?.attempts.find(({ ref }) => ref === event.payment)?.reversed
  const taken = toMinorUnits(event.amount) - (earlier ? toMinorUnits(earlier) : 0n)
  return { ...event, amount: fromMinorUnits(taken > 0n ? taken : 0n, event.amount.currency) }
}

/** `slot`: two folds with the same slot do not differ in it, though the event's id may name another attempt. */
interface Implied {
  readonly slot: string
  readonly event: PaymentEvent
}

/** Every event that a state stands for; its difference to an earlier state's is what happened. */
const implied = (payment: Payment): readonly Implied[] => [
  ...impliedByState(payment),
  ...payment.attempts.flatMap((attempt) => impliedByReversal(payment, attempt)),
  ...payment.refunds.flatMap((refund) => impliedByConfirmation(payment, refund)),
  ...payment.returns.map((returned) => impliedByReturn(payment, returned)),
]

const base = <T extends EventType>({ reference, at }: Payment, type: T, payment: PaymentRef, detail = '') => ({
  type,
  id: `${payment}:${type}${detail}`,
  payment,
  reference,
  at,
})

const impliedByState = (payment: Payment): readonly Implied[] => {
  const { ref, state } = payment
  const attempt = payment.attempts.find((candidate) => candidate.ref === ref)
  if (!attempt) return []
  if (state === 'pending' || state === 'reversed') return []
  const times = attempt.transactions[state]
  const nth = times > 1 ? `:${times}` : ''
  switch (state) {
    case 'not_credited_yet':
      return [
        { slot: state, event: { ...base(payment, 'deposit.not_credited_yet', ref, nth), amount: attempt.expected } },
      ]
    case 'not_credited':
      return [
        {
          slot: state,
          event: { ...base(payment, 'deposit.not_credited', ref, nth), reason: attempt.ended ?? 'failed' },
        },
      ]
    case 'credited':
      // A person decides first whether an order that was cancelled is to be shipped after all.
      return attempt.contradicted
        ? []
        : [{ slot: state, event: { ...base(payment, 'deposit.credited', ref, nth), amount: attempt.credited } }]
  }
}

const impliedByReversal = (payment: Payment, { ref, reversed }: Attempt): readonly Implied[] =>
  toMinorUnits(reversed) > 0n
    ? [
        {
          slot: `reversed ${ref} ${reversed.value}`,
          event: {
            ...base(payment, 'deposit.reversed', ref, `:${reversed.value}`),
            amount: reversed,
            exposure: exposureOf(payment),
          },
        },
      ]
    : []

const exposureOf = ({ credited, reversed, refunded }: Payment): Money => {
  const left = toMinorUnits(credited) - toMinorUnits(reversed)
  const beyond = toMinorUnits(refunded) - (left > 0n ? left : 0n)
  return fromMinorUnits(beyond > 0n ? beyond : 0n, credited.currency)
}

const impliedByConfirmation = (payment: Payment, { ref, of, state, amount, reference }: Refund): readonly Implied[] =>
  state === 'confirmed' || state === 'returned'
    ? [
        {
          slot: `confirmed ${ref}`,
          event: { ...base(payment, 'refund.confirmed', of, `:${reference}`), amount, refund: reference },
        },
      ]
    : []

const impliedByReturn = (payment: Payment, { amount, refund, candidates, nth, of }: Return): Implied => {
  const which = refund ?? `${[...candidates].sort().join(',')}:${nth}`
  return {
    slot: `returned ${which}`,
    event: {
      ...base(payment, 'refund.failed', of, `:${which}`),
      amount,
      refund: refund && referenceOf(payment, refund),
      candidates: candidates.map((candidate) => referenceOf(payment, candidate)),
    },
  }
}

const referenceOf = (payment: Payment, refund: PaymentRef): string =>
  payment.refunds.find(({ ref }) => ref === refund)?.reference ?? refund
