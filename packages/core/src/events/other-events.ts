import { type Fact, factsOf } from '../record/fact.ts'
import type { Account } from '../state/account-state.ts'
import { groupBy } from '../values/group-by.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'

/** What moves no money, but is for the application to know or to answer. */
export const otherEvents = (facts: readonly Fact[], context: EventContext): readonly DerivedEvent[] => [
  ...accountEvents(facts, context),
  ...factsOf(facts, 'kyc.received').map(
    ({ intent: payment, at, evidence, key, abort }): DerivedEvent => ({
      event: { type: 'kyc.received', id: `${payment}:kyc.received:${key}`, payment, ...context, at, abort },
      evidence,
    }),
  ),
  ...factsOf(facts, 'unrecognised').map(
    ({ intent: payment, at, evidence, key, method }): DerivedEvent => ({
      event: { type: 'unrecognised', id: `${payment}:unrecognised:${key}`, payment, ...context, at, method },
      evidence,
    }),
  ),
]

/**
 * An account's event is given again when whether it may be charged has changed. Its id does not say which account it is, so that
 * it stays when that is erased. One report can concern several accounts, as a `cancel` that revokes them all.
 */
const accountEvents = (facts: readonly Fact[], context: EventContext): readonly DerivedEvent[] =>
  groupBy(factsOf(facts, 'account.received'), ({ intent, account }) => `${intent} ${account}`).map((same) => {
    const [{ intent: payment, at, account, mandate, key }] = same
    const chargeable = mandate === 'active'
    const id = `${payment}:account.received:${key}:${mandate ?? 'none'}`
    return {
      event: { type: 'account.received', id, payment, ...context, at, account, mandate: chargeable },
      evidence: [...new Set(same.flatMap(({ evidence }) => evidence))],
      separate: true,
    }
  })

/** The customer left without choosing an account. */
export const accountEnding = ({ state, attempts }: Account, context: EventContext): readonly DerivedEvent[] => {
  const ending = attempts.flatMap((attempt) => attempt.ending ?? []).at(-1)
  if (state !== 'not_received' || !ending) return []
  const { intent: payment, at, evidence, reason } = ending
  const id = `${payment}:account.not_received`
  return [{ event: { type: 'account.not_received', id, payment, ...context, at, reason }, evidence }]
}
