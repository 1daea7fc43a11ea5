import {
  dayMs,
  intentOf,
  isDepositState,
  lookUpLimitMs,
  minuteMs,
  type PaymentProvider,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { overdueReport } from './overdue-report.ts'
import { after, retryAt, type StepResult, type SyncContext } from './sync-step.ts'

/** No bank sends a refund sooner. */
const firstLookUpMs = 15 * minuteMs

/** A refund that only a look-up shows. */
interface PolledRefund {
  readonly recorded: RecordedIntent
  readonly provider: PaymentProvider
  readonly isConfirmed: boolean
  /** ISO 8601: when its state cannot change any more. */
  readonly end: string
}

/**
 * Looks up the refunds of vendors that do not report them, at growing intervals while their state can change. At the end, a refund
 * without an outcome needs review, and is looked up once a day.
 */
export const lookUpRefunds = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<StepResult> => {
  const refunds = polledIn(context, record)
  const due = refunds.filter((refund) => dueAt(refund) <= context.now().toISOString())
  const later = refunds.filter((refund) => !due.includes(refund)).map(dueAt)
  const providers = new Map(due.map(({ recorded, provider }) => [recorded.intent.rail, provider]))
  for (const [rail, provider] of providers) await lookUp(context, rail, provider, record)
  if (due.length > 0) await reportOverdue(context, record)
  const next = due.flatMap((refund) => nextAt(refund, context.now()) ?? [])
  return { next: [...later, ...next].sort()[0] ?? null }
}

const polledIn = <Tx>({ rules, rails, now }: SyncContext<Tx>, record: PaymentRecord): readonly PolledRefund[] => {
  const { state } = rules.derive(record)
  if (!state || !isDepositState(state)) return []
  return state.refunds.flatMap(({ ref, state: refund }): readonly PolledRefund[] => {
    const recorded = intentOf(record, ref)
    if (!recorded || (refund !== 'accepted' && refund !== 'confirmed')) return []
    const provider = rails.get(recorded.intent.rail)
    if (!provider?.lookUp || provider.refundWindowMs === undefined) return []
    const isConfirmed = refund === 'confirmed'
    const end = after(recorded.begunAt, provider.refundWindowMs)
    const last = isConfirmed ? after(end, dayMs) : after(end, lookUpLimitMs)
    return last < now().toISOString() ? [] : [{ recorded, provider, isConfirmed, end }]
  })
}

const dueAt = ({ recorded }: PolledRefund): string => after(recorded.begunAt, firstLookUpMs)

/** When it is looked up again. Null: never. */
const nextAt = ({ recorded, isConfirmed, end }: PolledRefund, now: Date): string | null => {
  const isOver = end <= now.toISOString()
  if (isOver) return isConfirmed ? null : after(now, dayMs)
  return [retryAt(now, recorded.begunAt, firstLookUpMs), end].sort()[0] ?? end
}

/** Reports the refunds of which the look-up has shown no outcome in time. */
const reportOverdue = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<void> => {
  const now = context.now()
  const recordNow = (await context.store.find(record.intents[0]?.intent.reference ?? '')) ?? record
  for (const { recorded, isConfirmed, end } of polledIn(context, recordNow)) {
    const overdue = overdueReport(paymentRef(recorded.intent), now)
    const isReported = recordNow.reports.some(({ id }) => id === overdue.report.id)
    if (isConfirmed || isReported || end > now.toISOString()) continue
    await recordFound(context, recorded.intent.rail, overdue, 'elapsed')
  }
}
