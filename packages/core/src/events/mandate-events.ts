import { type Fact, factsOf } from '../record/fact.ts'
import { type MandateFact, mandateFacts } from '../state/mandate-state.ts'
import { groupBy } from '../values/sort-and-group.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'

/**
 * The events of each attempt of a mandate. Only what is true now: nothing is said of a revoked mandate but that it is revoked, and a
 * mandate that was registered or moved is no longer reported as `pending`.
 */
export const mandateEvents = (facts: readonly Fact[], context: EventContext): readonly DerivedEvent[] =>
  groupBy(factsOf(facts, ...mandateFacts), ({ intent }) => intent).flatMap((own) => {
    const [ending] = factsOf(own, 'mandate.revoked')
    if (ending) return [toEvent({ ...ending, evidence: evidenceOf(factsOf(own, 'mandate.revoked')) }, context)]
    const current = own.filter(({ type }) => type !== 'mandate.pending')
    return (current.length > 0 ? current : own.slice(0, 1)).map((fact) => toEvent(fact, context))
  })

/** The vendor's report and our own cancellation are one ending. */
const evidenceOf = (facts: readonly MandateFact[]): readonly string[] => [
  ...new Set(facts.flatMap(({ evidence }) => evidence)),
]

/** Ids contain no account. A mandate can be active, moved and active again, so these events are separate even if they share reports. */
const toEvent = (fact: MandateFact, context: EventContext): DerivedEvent => {
  const { intent: payment, at, key, evidence } = fact
  const shared = { payment, ...context, at }
  switch (fact.type) {
    case 'mandate.revoked':
      return { event: { ...shared, type: fact.type, id: `${payment}:${fact.type}`, reason: fact.reason }, evidence }
    case 'mandate.moved': {
      const { type, account, to } = fact
      return { event: { ...shared, type, id: `${payment}:${type}:${key}`, account, to }, evidence, separate: true }
    }
    case 'mandate.pending':
    case 'mandate.active': {
      const { type, account } = fact
      return { event: { ...shared, type, id: `${payment}:${type}:${key}`, account }, evidence, separate: true }
    }
    default:
      return fact satisfies never
  }
}
