import { type DueRecord, invalid, minuteMs, PaymentError, providerFailed, reportError } from '@railswitch/core'
import { confirmElapsedPayouts } from './confirm-elapsed-payouts.ts'
import { checkCredits } from './cross-check-credits.ts'
import { handlePending } from './handle-pending.ts'
import { lookUpDeposits } from './look-up-deposits.ts'
import { lookUpRefunds } from './look-up-refunds.ts'
import { lookUpUnclear } from './look-up-unclear.ts'
import { reportMissingRails } from './missing-rails.ts'
import { resolveMoneyOut } from './resolve-money-out.ts'
import type { StepResult, SyncContext, SyncStep, SyncSummary } from './sync-step.ts'

/** Payments that changed within this time are left alone: their call or handler may still be running. */
const recentMs = minuteMs
/** After this time, another run can take over the payments of a run that crashed. */
const leaseMs = 10 * minuteMs
/** Fewer than the connections of a usual pool, so that callbacks find one as well. */
const paymentsAtOnce = 8

const steps: readonly SyncStep[] = [
  reportMissingRails,
  handlePending,
  resolveMoneyOut,
  lookUpUnclear,
  lookUpDeposits,
  lookUpRefunds,
  checkCredits,
  confirmElapsedPayouts,
]

/** Handles pending events, repeats or looks up calls whose outcome is unknown, looks up deposits, refunds and payouts, and checks credits. */
export const createSync = <Tx>(context: SyncContext<Tx>) => {
  const { store, rules, now, telemetry, isClosed } = context
  return async (options: { readonly limit?: number } = {}): Promise<SyncSummary> => {
    const { limit = 1000 } = Object(options) as typeof options
    if (!Number.isInteger(limit) || limit < 1) throw invalid('invalid_input', [invalidLimit])
    return telemetry.sync(
      () => syncUpTo(limit),
      ({ manualReview, ...done }) => ({ ...done, manual_review: manualReview.length }),
    )
  }

  async function syncUpTo(limit: number): Promise<SyncSummary> {
    let sum: SyncSummary = { payments: 0, handled: 0, failed: 0, resolved: 0, manualReview: [] }
    const before = iso(now().getTime() - recentMs)
    const processed = new Set<string>()
    const running = new Set<Promise<void>>()

    /** Leases due payments as far as there is room, and begins with them. Returns whether more may be due. */
    async function beginDue(): Promise<boolean> {
      const room = Math.min(paymentsAtOnce - running.size, limit - processed.size)
      if (room < 1 || isClosed()) return false
      const until = iso(now().getTime() + leaseMs)
      const due = await store.leaseDue({ before, until, limit: room }, rules)
      for (const one of due) {
        const run: Promise<void> = process(one).finally(() => running.delete(run))
        running.add(run)
      }
      return due.length === room
    }

    async function process(due: DueRecord): Promise<void> {
      // A record that this run has made due again waits for the next run, even if the store's clock is slow.
      if (processed.has(due.record.key)) return reschedule(due, iso(now().getTime() + recentMs))
      processed.add(due.record.key)
      const results = await syncRecord(due)
      sum = add(sum, results)
    }

    try {
      for (;;) {
        const mayBeMore = await beginDue()
        if (running.size === 0) return sum
        await (mayBeMore ? Promise.race(running) : Promise.all(running))
      }
    } catch (error) {
      await Promise.all(running)
      throw sum.payments === 0 || !(error instanceof PaymentError) ? error : interrupted(error, sum.payments)
    }
  }

  async function syncRecord(due: DueRecord): Promise<readonly StepResult[]> {
    const results: StepResult[] = []
    for (const step of steps)
      results.push(await step(context, due.record).catch((error: unknown) => stepFailed(due, error)))
    await reschedule(due, soonest(results))
    return results
  }

  /** Without it, the payment is due again when its lease ends. */
  async function reschedule(due: DueRecord, next: string | null): Promise<void> {
    await store.reschedule(due.lease, next).catch((error: unknown) => stepFailed(due, error))
  }

  /** A payment whose step fails must not stop the sync of the others. */
  function stepFailed({ record }: DueRecord, error: unknown): StepResult {
    const references = record.intents.map(({ intent }) => intent.reference)
    const failure = error instanceof PaymentError ? error : providerFailed('of one of its rails', error)
    reportError(context, failure, { during: 'sync', message: 'sync of a payment failed', references })
    return { next: iso(now().getTime() + leaseMs) }
  }
}

const invalidLimit = { field: 'limit', rule: 'must be a whole number from 1', fix: 'leave it out for 1000' }

/** What was processed is stored, so the next run continues. */
const interrupted = (error: PaymentError, payments: number): PaymentError =>
  new PaymentError(
    {
      ...error.toJSON(),
      effect: 'may_have_happened',
      message: `${error.message} ${payments} payments were processed before.`,
      hint: 'Repair the store (its error is the cause), then call sync() again: it continues.',
    },
    error.cause === undefined ? undefined : { cause: error.cause },
  )

const soonest = (results: readonly StepResult[]): string | null =>
  results.flatMap(({ next }) => (next === null ? [] : [next])).sort()[0] ?? null

const add = (sum: SyncSummary, results: readonly StepResult[]): SyncSummary => ({
  payments: sum.payments + 1,
  handled: results.reduce((all, { handled = 0 }) => all + handled, sum.handled),
  failed: results.reduce((all, { failed = 0 }) => all + failed, sum.failed),
  resolved: results.reduce((all, { resolved = 0 }) => all + resolved, sum.resolved),
  manualReview: [...sum.manualReview, ...results.flatMap(({ manualReview = [] }) => manualReview)],
})

const iso = (time: number): string => new Date(time).toISOString()
