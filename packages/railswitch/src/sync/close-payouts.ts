import {
  factsOf,
  hourMs,
  type Intent,
  intentOf,
  isDeposit,
  type Money,
  ownMethods,
  type PaymentRecord,
  paymentRef,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { PartSummary, SyncContext } from './sync-part.ts'

/** A payout or withdrawal that the vendor has taken, and of which nothing was reported since. */
interface Accepted {
  readonly intent: Intent
  /** What is sent: a withdrawal's customer may have asked for something else than was expected. */
  readonly amount: Money
  /** ISO 8601: when the call was begun, or the withdrawal was approved. */
  readonly since: string
}

/**
 * Some vendors report only payouts that failed, and may name another payment: accepted ones are looked up, ever more rarely.
 * Once the time is over in which one could fail, and a look-up shows nothing else, it counts as paid: `by: 'elapsed'`.
 */
export const closePayouts = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<PartSummary> => {
  const waits: string[] = []
  for (const accepted of acceptedIn(context, record)) {
    const next = await closeOne(context, record, accepted)
    if (next !== null) waits.push(next)
  }
  return { next: waits.sort()[0] ?? null }
}

/** When to look again. */
const closeOne = async <Tx>(
  context: SyncContext<Tx>,
  record: PaymentRecord,
  accepted: Accepted,
): Promise<string | null> => {
  const { intent, since } = accepted
  const now = context.now()
  const provider = context.rails.get(intent.rail)
  if (provider?.payoutFailureMs === undefined) return null
  const due = after(since, provider.payoutFailureMs)
  const isOver = due <= now.toISOString()
  const isEarly = !isOver && after(since, hourMs) > now.toISOString()
  const isLookedUp = !provider.lookUp || isEarly || (await lookUp(context, intent.rail, provider, record))
  const again = waitAgain(now, since, hourMs)
  if (!isOver) return [due, again].sort()[0] ?? again
  if (!isLookedUp) return again
  const shown = await context.store.find(intent.reference)
  if (!acceptedIn(context, shown).some((one) => paymentRef(one.intent) === paymentRef(intent))) return null
  const recorded = await recordFound(context, intent.rail, elapsed(accepted, now), 'elapsed')
  return recorded === 'not_stored' ? again : null
}

const acceptedIn = <Tx>({ rules }: SyncContext<Tx>, record: PaymentRecord | null): readonly Accepted[] => {
  if (!record) return []
  const { facts, state } = rules.derive(record)
  if (!state || isDeposit(state) || state.kind === 'account') return []
  const approvals = factsOf(facts, 'withdrawal.approved')
  return state.attempts.flatMap(({ ref, state: attempt, amount }): readonly Accepted[] => {
    const recorded = attempt === 'accepted' ? intentOf(record, ref) : undefined
    if (!recorded) return []
    const approvedAt = approvals.flatMap(({ intent, at }) => (intent === ref ? [at] : []))
    const since = [recorded.begunAt, ...approvedAt].sort().at(-1) ?? recorded.begunAt
    return [{ intent: recorded.intent, amount, since }]
  })
}

const elapsed = ({ intent, amount: money }: Accepted, now: Date) => ({
  report: {
    id: `${ownMethods.noFailure}|${paymentRef(intent)}`,
    at: now.toISOString(),
    vendorId: '',
    method: ownMethods.noFailure,
    money,
    members: {},
  },
  intent: paymentRef(intent),
  learns: false,
})
