import type { EmittedEvent } from '../record/payment-record.ts'
import { sameMoney } from '../values/money.ts'
import { type DerivedEvent, isMoneyEvent } from './derived-event.ts'

/** Which derived events were emitted, which are still to be, and where the two differ. */
export interface Comparison {
  readonly pending: readonly DerivedEvent[]
  readonly pairs: readonly { readonly derived: DerivedEvent; readonly emitted: EmittedEvent }[]
  /** Money that was emitted and is not derived any more, or derived with another amount or refund. */
  readonly differences: readonly Difference[]
}

export interface Difference {
  readonly emitted: EmittedEvent | null
  readonly derived: DerivedEvent | null
}

/**
 * Matches by evidence: an event that shares evidence with an emitted one of its type is never emitted again, however it is
 * read now. Where money or refund differ, that is a difference for a person. Money of the same id is the same money, though it
 * rests on other reports now.
 */
export const compareEmitted = (derived: readonly DerivedEvent[], ledger: readonly EmittedEvent[]): Comparison => {
  const left = new Set(ledger)
  const pairs: { derived: DerivedEvent; emitted: EmittedEvent }[] = []
  for (const isMatch of [isSame, agrees, overlaps, isSameMoney])
    for (const event of derived) {
      if (pairs.some((pair) => pair.derived === event)) continue
      const emitted = [...left].find((entry) => isMatch(event, entry))
      if (!emitted) continue
      left.delete(emitted)
      pairs.push({ derived: event, emitted })
    }
  const unmatched = derived.filter((event) => !pairs.some((pair) => pair.derived === event))
  // What an emitted event already rests on is another reading of it, unless it is known to be a further one.
  const isReading = (event: DerivedEvent): boolean =>
    !event.separate &&
    (ledger.some((entry) => overlaps(event, entry)) || [...left].some((entry) => turnsIntoMoney(event, entry)))
  return {
    pending: unmatched.filter((event) => !isReading(event)),
    pairs,
    differences: [
      ...pairs.filter(({ derived: event, emitted }) => isMoneyEvent(emitted.type) && !hasSameMoney(event, emitted)),
      ...[...left].filter(({ type }) => isMoneyEvent(type)).map((emitted) => ({ emitted, derived: null })),
      ...unmatched
        .filter((event) => isMoneyEvent(event.event.type) && isReading(event))
        .map((event) => ({ emitted: null, derived: event })),
    ],
  }
}

const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((id) => b.includes(id))

const overlaps = ({ event, evidence }: DerivedEvent, emitted: EmittedEvent): boolean =>
  event.type === emitted.type && shares(evidence, emitted.evidence)

const isSame = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  agrees(derived, emitted) && derived.event.id === emitted.id

const agrees = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  overlaps(derived, emitted) && hasSameMoney(derived, emitted)

const isSameMoney = ({ event }: DerivedEvent, { type, id }: EmittedEvent): boolean =>
  isMoneyEvent(type) && event.type === type && event.id === id

const hasSameMoney = (derived: DerivedEvent, emitted: EmittedEvent): boolean =>
  (derived.money && emitted.money ? sameMoney(derived.money, emitted.money) : derived.money === emitted.money) &&
  (derived.refund ?? null) === (emitted.refund ?? null)

/** Money that was emitted as one type, and is no longer of that type, is not emitted again as another. */
const turnsIntoMoney = ({ event, evidence }: DerivedEvent, emitted: EmittedEvent): boolean =>
  isMoneyEvent(event.type) &&
  isMoneyEvent(emitted.type) &&
  event.type !== emitted.type &&
  shares(evidence, emitted.evidence)
