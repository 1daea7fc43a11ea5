import type { EmittedEvent } from '../record/payment-record.ts'
import { sameMoney } from '../values/money.ts'
import { type DerivedEvent, isMoneyEvent } from './derived-event.ts'

/** Compares derived events with emitted ones. `pending`: not emitted yet. `pairs`: the same event in both. */
export interface EventComparison {
  readonly pending: readonly DerivedEvent[]
  readonly pairs: readonly { readonly derived: DerivedEvent; readonly emitted: EmittedEvent }[]
  /** Money that was emitted and is no longer derived, or is derived with another amount or refund. */
  readonly differences: readonly EventDifference[]
}

export interface EventDifference {
  readonly emitted: EmittedEvent | null
  readonly derived: DerivedEvent | null
}

/**
 * Matches events by evidence: an event that shares evidence with an emitted event of its type is never emitted again, even if it is
 * interpreted differently now. If money or refund differ, it is a difference for manual review. Money events with the same id are the same
 * money, even if they are derived from other reports now. Equal refunds can exchange their reports when a further one arrives: each
 * of them is emitted once all the same.
 */
export const compareEmitted = (derived: readonly DerivedEvent[], ledger: readonly EmittedEvent[]): EventComparison => {
  const unmatchedEmitted = new Set(ledger)
  const pairs: { derived: DerivedEvent; emitted: EmittedEvent }[] = []
  for (const isMatch of [isIdentical, agrees, isSameRefund, overlaps, hasSameId, wasUnnamed])
    for (const event of derived) {
      if (pairs.some((pair) => pair.derived === event)) continue
      const emitted = [...unmatchedEmitted].find((entry) => isMatch(event, entry))
      if (!emitted) continue
      unmatchedEmitted.delete(emitted)
      pairs.push({ derived: event, emitted })
    }
  const unmatchedDerived = derived
    .filter((event) => !pairs.some((pair) => pair.derived === event))
    .map((event) => withExchangedEvidence(event, ledger, pairs))
  // An event that shares evidence with an emitted one is the same event interpreted differently, unless it is marked as separate.
  const isReinterpreted = (event: DerivedEvent): boolean =>
    !event.separate &&
    (ledger.some((entry) => overlaps(event, entry)) ||
      [...unmatchedEmitted].some((entry) => hasChangedType(event, entry)))
  return {
    pending: unmatchedDerived.filter((event) => !isReinterpreted(event)),
    pairs,
    differences: [
      ...pairs.filter(({ derived: event, emitted }) => isMoneyEvent(emitted.type) && !hasSameMoney(event, emitted)),
      ...[...unmatchedEmitted].filter(({ type }) => isMoneyEvent(type)).map((emitted) => ({ emitted, derived: null })),
      ...unmatchedDerived
        .filter((event) => isMoneyEvent(event.event.type) && isReinterpreted(event))
        .map((event) => ({ emitted: null, derived: event })),
    ],
  }
}

/** The event with the evidence that is left for it, if every emitted event that used its own is derived from other reports now. */
const withExchangedEvidence = (
  event: DerivedEvent,
  ledger: readonly EmittedEvent[],
  pairs: EventComparison['pairs'],
): DerivedEvent => {
  const users = ledger.filter((entry) => overlaps(event, entry))
  const exchanged = users.flatMap((entry) =>
    pairs.filter(
      (pair) => pair.emitted === entry && isSameRefund(pair.derived, entry) && !overlaps(pair.derived, entry),
    ),
  )
  if (users.length === 0 || exchanged.length < users.length) return event
  return { ...event, evidence: exchanged.flatMap((pair) => pair.derived.evidence) }
}

const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((id) => b.includes(id))

const overlaps = ({ event, evidence }: DerivedEvent, emitted: EmittedEvent): boolean =>
  event.type === emitted.type && shares(evidence, emitted.evidence)

const isIdentical = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  agrees(derived, emitted) && derived.event.id === emitted.id

const agrees = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  overlaps(derived, emitted) && hasSameMoney(derived, emitted)

const isSameRefund = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  (derived.refund ?? null) !== null && hasSameId(derived, emitted) && hasSameMoney(derived, emitted)

const hasSameId = ({ event }: DerivedEvent, { type, id }: EmittedEvent): boolean =>
  isMoneyEvent(type) && event.type === type && event.id === id

/** Nobody could tell which refund it was, and its reports are those of another one, or mean something else now. */
const wasUnnamed = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  emitted.refund === null &&
  hasSameAmount(derived, emitted) &&
  derived.event.type === emitted.type &&
  derived.event.payment === emitted.payment

const hasSameMoney = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  hasSameAmount(derived, emitted) && (derived.refund ?? null) === (emitted.refund ?? null)

const hasSameAmount = ({ money }: DerivedEvent, emitted: EmittedEvent): boolean =>
  money && emitted.money ? sameMoney(money, emitted.money) : money === emitted.money

/** Money that was emitted as one type of event and is derived as another type now. It is not emitted again. */
const hasChangedType = ({ event, evidence }: DerivedEvent, emitted: EmittedEvent): boolean =>
  isMoneyEvent(event.type) &&
  isMoneyEvent(emitted.type) &&
  event.type !== emitted.type &&
  shares(evidence, emitted.evidence)
