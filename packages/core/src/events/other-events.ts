import { type Fact, factsOf } from '../record/fact.ts'
import type { Account } from '../state/account-state.ts'
import { groupBy } from '../values/sort-and-group.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'

/** Events that move no money, but inform the application or ask it a question. */
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
 * The event of an account is emitted again when its mandate has changed. Its id does not contain the account, so it stays the same when
 * the account is erased. One report can be about several accounts: a `cancel` revokes all of them.
 */
const accountEvents = (facts: readonly Fact[], context: EventContext): readonly DerivedEvent[] =>
  groupBy(factsOf(facts, 'account.received'), ({ intent, account }) => `${intent} ${account}`).map((group) => {
    const [{ intent: payment, at, account, mandate, key }] = group
    const chargeable = mandate === 'active'
    const id = `${payment}:account.received:${key}:${mandate ?? 'none'}`
    return {
      event: { type: 'account.received', id, payment, ...context, at, account, mandate: chargeable },
      evidence: [...new Set(group.flatMap(({ evidence }) => evidence))],
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
