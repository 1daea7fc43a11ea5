import {
  type Deposit,
  type DepositAttempt,
  dayMs,
  hourMs,
  intentOf,
  isApproved,
  isDepositState,
  lookUpLimitMs,
  minuteMs,
  type PaymentProvider,
  type PaymentRecord,
  parsePaymentRef,
  type Report,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { overdueReport } from './overdue-report.ts'
import { after, retryAt, type StepResult, type SyncContext } from './sync-step.ts'

/** How long a customer may take before the first look-up. */
const firstLookUpMs = 15 * minuteMs
/** The shortest time between a look-up that showed something and the next one. */
const shortestPauseMs = hourMs
/** How long after a declined transaction a customer may still pay with another one. */
const furtherTransactionMs = 2 * dayMs

/** An attempt that is looked up. */
interface OpenAttempt {
  readonly attempt: DepositAttempt
  readonly rail: string
  readonly provider: PaymentProvider
}

/**
 * Looks up deposits without a final report, at growing intervals. When the vendor's own time limit for a final report has passed, the
 * deposit needs review: an `overdue` report is stored, and the deposit does not fail by itself.
 */
export const lookUpDeposits = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<StepResult> => {
  const now = context.now()
  const { state } = context.rules.derive(record)
  if (!state || !isDepositState(state)) return { next: null }
  const { since, repeatedAt } = reportTimesOf(record, state.at)
  const open = openAttempts(context, state, since)
  if (open.length === 0) return { next: null }
  const due = dueAt({ since, repeatedAt }, now)
  if (due > now.toISOString()) return { next: due }
  const responding = await lookUpAll(context, open, record)
  for (const { attempt, rail, provider } of open)
    if (!isCharge(record, attempt) && isOverdue(attempt, provider, since, now, responding.has(rail)))
      await recordFound(context, rail, overdueReport(attempt.ref, now), 'elapsed')
  return { next: now.toISOString() > after(since, lookUpLimitMs) ? null : retryAt(now, since, firstLookUpMs) }
}

interface ReportTimes {
  /** ISO 8601: the time of the last report with new content, or of the call. */
  readonly since: string
  /** ISO 8601: the time of the latest look-up or repetition; null: there is none. */
  readonly repeatedAt: string | null
}

/** A result of a look-up or a repeated report makes the record due immediately. The next look-up must still wait for its interval. */
const dueAt = ({ since, repeatedAt }: ReportTimes, now: Date): string => {
  if (repeatedAt === null || repeatedAt <= since) return after(since, firstLookUpMs)
  const lookedUpAt = new Date(Math.min(Date.parse(repeatedAt), now.getTime()))
  return retryAt(lookedUpAt, since, shortestPauseMs)
}

const openAttempts = <Tx>({ rails, now }: SyncContext<Tx>, deposit: Deposit, since: string): readonly OpenAttempt[] => {
  const isRecent = now().toISOString() < after(since, furtherTransactionMs)
  return deposit.attempts.flatMap((attempt) => {
    const rail = parsePaymentRef(attempt.ref)?.rail ?? ''
    const provider = rails.get(rail)
    if (!provider) return []
    // If one order can have several transactions, one may be paid after another was declined.
    const mayBePaid =
      provider.transactions === 'many' && isRecent && !attempt.refused && deposit.state === 'not_credited'
    const isDue = provider.lookUp
      ? isAwaited(attempt) || attempt.state === 'pending' || mayBePaid
      : isAwaited(attempt) && provider.finalReportMs !== undefined
    return isDue ? [{ attempt, rail, provider }] : []
  })
}

/** Intervals are measured from the call, or from the last callback with new content about this payment. Nothing else restarts them. */
const reportTimesOf = ({ intents, reports }: PaymentRecord, newest: string): ReportTimes => {
  const first = new Map<string, string>()
  const repeated: string[] = []
  for (const report of [...reports].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    const content = contentOf(report)
    if (content === null || first.has(content)) repeated.push(report.at)
    else first.set(content, report.at)
  }
  const since = [...intents.map(({ begunAt }) => begunAt), ...first.values()].sort().at(-1) ?? newest
  return { since, repeatedAt: repeated.sort().at(-1) ?? null }
}

/** The content of a report without its times: the same content at another time is a repetition. Null: the report has no new content. */
const contentOf = ({ proof, intent, vendorId, method, money, members }: Report): string | null => {
  if (proof === 'lookup' || proof === 'elapsed' || intent === null) return null
  const { timestamp: _, ...content } = members
  return JSON.stringify([vendorId, method, money, content])
}

/** Looks the record up at each rail. Returns the rails whose look-up succeeded. */
const lookUpAll = async <Tx>(
  context: SyncContext<Tx>,
  open: readonly OpenAttempt[],
  record: PaymentRecord,
): Promise<ReadonlySet<string>> => {
  const responding = new Set<string>()
  for (const rail of new Set(open.map((one) => one.rail))) {
    const provider = context.rails.get(rail)
    if (provider && (await lookUp(context, rail, provider, record))) responding.add(rail)
  }
  return responding
}

/** The application chooses when a charge is due, which can be later than any time limit. */
const isCharge = (record: PaymentRecord, { ref }: DepositAttempt): boolean =>
  intentOf(record, ref)?.intent.account !== undefined

/** The customer has approved it, perhaps at the checkout of another call of this attempt than the one that was refused. */
const isAwaited = ({ state, refused, transactions }: DepositAttempt): boolean =>
  state === 'not_credited_yet' || (refused && transactions.some(isApproved))

/** Approved money that never came needs review, and so does a vendor without a response. A checkout that was left does not. */
const isOverdue = (
  { state }: DepositAttempt,
  { finalReportMs }: PaymentProvider,
  since: string,
  now: Date,
  isResponding: boolean,
): boolean =>
  finalReportMs !== undefined &&
  state !== 'not_credited' &&
  (state === 'not_credited_yet' || !isResponding) &&
  after(since, finalReportMs) <= now.toISOString()
