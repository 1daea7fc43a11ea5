import { type DueRecord, minuteMs } from '@railswitch/core'
import { checkCredits } from './check-credits.ts'
import { closePayouts } from './close-payouts.ts'
import { handlePending } from './handle-pending.ts'
import { lookUpDeposits } from './look-up-deposits.ts'
import { lookUpUnclear } from './look-up-unclear.ts'
import { reportMissingRails } from './missing-rails.ts'
import { resolveMoneyOut } from './resolve-money-out.ts'
import type { PartSummary, SyncContext, SyncPart, SyncSummary } from './sync-part.ts'

/** What just happened may still be happening: the call is on its way, the handler at work. */
const underwayMs = minuteMs
/** A run that dies gives its payments back after this. */
const leaseMs = 10 * minuteMs

const parts: readonly SyncPart[] = [
  reportMissingRails,
  handlePending,
  resolveMoneyOut,
  lookUpUnclear,
  lookUpDeposits,
  checkCredits,
  closePayouts,
]

/** Handles events that wait, repeats or looks up what is unknown, chases callbacks that are overdue, checks credits. */
export const createSync = <Tx>(context: SyncContext<Tx>) => {
  const { store, rules, logger, now, telemetry, isClosed } = context
  return ({ limit = 1000 }: { readonly limit?: number } = {}): Promise<SyncSummary> =>
    telemetry.sync(
      () => syncUpTo(limit),
      ({ manualReview, ...done }) => ({ ...done, manual_review: manualReview.length }),
    )

  async function syncUpTo(limit: number): Promise<SyncSummary> {
    let sum: SyncSummary = { payments: 0, handled: 0, failed: 0, resolved: 0, manualReview: [] }
    const before = iso(now().getTime() - underwayMs)
    const seen = new Set<string>()
    for (;;) {
      const until = iso(now().getTime() + leaseMs)
      const [work] = sum.payments < limit && !isClosed() ? await store.leaseDue({ before, until, limit: 1 }, rules) : []
      if (!work) return sum
      // What this run has made due again waits for the next one, even where the store's clock is behind.
      if (seen.has(work.record.key)) await store.reschedule(work.lease, iso(now().getTime() + underwayMs))
      else sum = add(sum, await syncRecord(work))
      seen.add(work.record.key)
    }
  }

  async function syncRecord(work: DueRecord): Promise<readonly PartSummary[]> {
    const done: PartSummary[] = []
    for (const part of parts)
      done.push(await part(context, work.record).catch((error: unknown) => failedPart(work, error)))
    await store.reschedule(work.lease, soonest(done))
    return done
  }

  /** One payment that cannot be settled now must not keep the others from it. */
  function failedPart({ record }: DueRecord, error: unknown): PartSummary {
    const references = record.intents.map(({ intent }) => intent.reference)
    logger.error({ references, error: error instanceof Error ? error.name : typeof error }, 'not settled')
    return { next: iso(now().getTime() + leaseMs) }
  }
}

const soonest = (parts: readonly PartSummary[]): string | null =>
  parts.flatMap(({ next }) => (next === null ? [] : [next])).sort()[0] ?? null

const add = (sum: SyncSummary, parts: readonly PartSummary[]): SyncSummary => ({
  payments: sum.payments + 1,
  handled: parts.reduce((all, { handled = 0 }) => all + handled, sum.handled),
  failed: parts.reduce((all, { failed = 0 }) => all + failed, sum.failed),
  resolved: parts.reduce((all, { resolved = 0 }) => all + resolved, sum.resolved),
  manualReview: [...sum.manualReview, ...parts.flatMap(({ manualReview = [] }) => manualReview)],
})

const iso = (time: number): string => new Date(time).toISOString()
