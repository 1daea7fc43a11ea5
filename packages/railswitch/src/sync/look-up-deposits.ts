import {
  type Attempt,
  type Deposit,
  dayMs,
  givenUpMs,
  hourMs,
  isDeposit,
  minuteMs,
  ownMethods,
  type PaymentProvider,
  type PaymentRecord,
  parsePaymentRef,
  type Report,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { PartSummary, SyncContext } from './sync-part.ts'

/** How long a customer may take before the vendor is asked. */
const overdueMs = 15 * minuteMs
/** How long after a look-up that showed something the vendor is asked again, at least. */
const shownMs = hourMs
/** How long after a declined transaction a customer may pay by a further one. */
const retriedMs = 2 * dayMs

interface Asked {
  readonly attempt: Attempt
  readonly rail: string
  readonly provider: PaymentProvider
}

/**
 * Deposits without an end are looked up, ever more rarely. When the vendor's own time for a final word has passed, they need
 * review: the silence is stored as a report, never turned into a verdict of ours.
 */
export const lookUpDeposits = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<PartSummary> => {
  const now = context.now()
  const { state } = context.rules.derive(record)
  if (!state || !isDeposit(state)) return { next: null }
  const { since, repeatedAt } = saidOf(record, state.at)
  const asked = askedAttempts(context, state, since)
  if (asked.length === 0) return { next: null }
  const due = dueAt({ since, repeatedAt }, now)
  if (due > now.toISOString()) return { next: due }
  const answered = await lookUpAll(context, asked, record)
  for (const { attempt, rail, provider } of asked)
    if (isSilent(attempt, provider, since, now, answered.has(rail)))
      await recordFound(context, rail, silence(attempt, now), 'elapsed')
  return { next: now.toISOString() > after(since, givenUpMs) ? null : waitAgain(now, since, overdueMs) }
}

interface Said {
  /** ISO 8601: since when nothing new was said. */
  readonly since: string
  /** ISO 8601: when the latest look-up or repetition came; null: none has. */
  readonly repeatedAt: string | null
}

/** What a look-up shows, and what the vendor then repeats, makes the payment due anew: the wait goes on from there. */
const dueAt = ({ since, repeatedAt }: Said, now: Date): string => {
  if (repeatedAt === null || repeatedAt <= since) return after(since, overdueMs)
  const asked = new Date(Math.min(Date.parse(repeatedAt), now.getTime()))
  return waitAgain(asked, since, shownMs)
}

const askedAttempts = <Tx>({ rails, now }: SyncContext<Tx>, deposit: Deposit, since: string): readonly Asked[] => {
  const isRecent = now().toISOString() < after(since, retriedMs)
  return deposit.attempts.flatMap((attempt) => {
    const rail = parsePaymentRef(attempt.ref)?.rail ?? ''
    const provider = rails.get(rail)
    if (!provider) return []
    const isApproved = attempt.state === 'not_credited_yet'
    // Where one order can have several transactions, one may be paid after another was declined.
    const mayBePaid =
      provider.transactions === 'many' && isRecent && !attempt.refused && deposit.state === 'not_credited'
    const isDue = provider.lookUp
      ? isApproved || attempt.state === 'pending' || mayBePaid
      : isApproved && provider.finalWordMs !== undefined
    return isDue ? [{ attempt, rail, provider }] : []
  })
}

/** The wait goes on from the call, or the last callback that says something new about this payment; nothing else renews it. */
const saidOf = ({ intents, reports }: PaymentRecord, newest: string): Said => {
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

/** A vendor that repeats itself at another time, as when asked to, says nothing new; null: nor does this, whatever it is. */
const contentOf = ({ proof, intent, vendorId, method, money, members }: Report): string | null => {
  if (proof === 'lookup' || proof === 'elapsed' || intent === null) return null
  const { timestamp: _, ...said } = members
  return JSON.stringify([vendorId, method, money, said])
}

/** The rails that answered. */
const lookUpAll = async <Tx>(
  context: SyncContext<Tx>,
  asked: readonly Asked[],
  record: PaymentRecord,
): Promise<ReadonlySet<string>> => {
  const answered = new Set<string>()
  for (const rail of new Set(asked.map((one) => one.rail))) {
    const provider = context.rails.get(rail)
    if (provider && (await lookUp(context, rail, provider, record))) answered.add(rail)
  }
  return answered
}

/** A customer who never finished needs nobody; approved money that never came does, and a vendor that will not say. */
const isSilent = (
  { state }: Attempt,
  { finalWordMs }: PaymentProvider,
  since: string,
  now: Date,
  hasAnswered: boolean,
): boolean =>
  finalWordMs !== undefined &&
  state !== 'not_credited' &&
  (state === 'not_credited_yet' || !hasAnswered) &&
  after(since, finalWordMs) <= now.toISOString()

const silence = ({ ref }: Attempt, now: Date) => ({
  report: {
    id: `${ownMethods.overdue}|${ref}`,
    at: now.toISOString(),
    vendorId: '',
    method: ownMethods.overdue,
    members: {},
  },
  intent: ref,
  learns: false,
})
