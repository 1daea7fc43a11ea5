import {
  factsOf,
  hourMs,
  type Intent,
  intentOf,
  isDepositState,
  isWithoutMoney,
  type Money,
  ownMethods,
  type PaymentRecord,
  paymentRef,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, retryAt, type StepResult, type SyncContext } from './sync-step.ts'

/** A payout or withdrawal that the vendor has accepted and about which nothing was reported since. */
interface Accepted {
  readonly intent: Intent
  /** The amount that is sent. For a withdrawal, it is the amount that the customer requested. */
  readonly amount: Money
  /** ISO 8601: when the call was begun, or the withdrawal was approved. */
  readonly since: string
}

/**
 * Some vendors report only failed payouts, and the report may name another payment. Accepted payouts are looked up at growing intervals.
 * When the time in which one could fail has elapsed and a look-up shows nothing else, it counts as paid with `by: 'elapsed'`.
 */
export const confirmElapsedPayouts = async <Tx>(
  context: SyncContext<Tx>,
  record: PaymentRecord,
): Promise<StepResult> => {
  const dueTimes: string[] = []
  for (const accepted of acceptedIn(context, record)) {
    const next = await confirmOne(context, record, accepted)
    if (next !== null) dueTimes.push(next)
  }
  return { next: dueTimes.sort()[0] ?? null }
}

/** Returns when this payout is due again; null: never. */
const confirmOne = async <Tx>(
  context: SyncContext<Tx>,
  record: PaymentRecord,
  accepted: Accepted,
): Promise<string | null> => {
  const { intent, since } = accepted
  const now = context.now()
  const provider = context.rails.get(intent.rail)
  if (provider?.payoutFailureWindowMs === undefined) return null
  const due = after(since, provider.payoutFailureWindowMs)
  const hasElapsed = due <= now.toISOString()
  const isEarly = !hasElapsed && after(since, hourMs) > now.toISOString()
  const isLookedUp = !provider.lookUp || isEarly || (await lookUp(context, intent.rail, provider, record))
  const next = retryAt(now, since, hourMs)
  if (!hasElapsed) return [due, next].sort()[0] ?? next
  if (!isLookedUp) return next
  const recordNow = await context.store.find(intent.reference)
  if (!acceptedIn(context, recordNow).some((one) => paymentRef(one.intent) === paymentRef(intent))) return null
  const recorded = await recordFound(context, intent.rail, noFailureReport(accepted, now), 'elapsed')
  return recorded === 'not_stored' ? next : null
}

const acceptedIn = <Tx>({ rules }: SyncContext<Tx>, record: PaymentRecord | null): readonly Accepted[] => {
  if (!record) return []
  const { facts, state } = rules.derive(record)
  if (!state || isDepositState(state) || isWithoutMoney(state)) return []
  const approvals = factsOf(facts, 'withdrawal.approved')
  return state.attempts.flatMap(({ ref, state: attempt, amount }): readonly Accepted[] => {
    const recorded = attempt === 'accepted' ? intentOf(record, ref) : undefined
    if (!recorded) return []
    const approvedAt = approvals.flatMap(({ intent, at }) => (intent === ref ? [at] : []))
    const since = [recorded.begunAt, ...approvedAt].sort().at(-1) ?? recorded.begunAt
    return [{ intent: recorded.intent, amount, since }]
  })
}

const noFailureReport = ({ intent, amount: money }: Accepted, now: Date) => ({
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
