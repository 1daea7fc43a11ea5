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
    for (;;) {
      const until = iso(now().getTime() + leaseMs)
      const lease = (): Promise<readonly DueRecord[]> => store.leaseDue({ before, until, limit: 1 }, rules)
      const [due] = sum.payments < limit && !isClosed() ? await orInterrupted(lease, sum) : []
      if (!due) return sum
      // A record that this run has made due again waits for the next run, even if the store's clock is slow.
      if (processed.has(due.record.key))
        await orInterrupted(() => store.reschedule(due.lease, iso(now().getTime() + recentMs)), sum)
      else sum = add(sum, await syncRecord(due))
      processed.add(due.record.key)
    }
  }

  async function syncRecord(due: DueRecord): Promise<readonly StepResult[]> {
    const results: StepResult[] = []
    for (const step of steps)
      results.push(await step(context, due.record).catch((error: unknown) => stepFailed(due, error)))
    // Without it, the payment is due again when its lease ends.
    await store.reschedule(due.lease, soonest(results)).catch((error: unknown) => stepFailed(due, error))
    return results
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

const orInterrupted = async <A>(run: () => Promise<A>, { payments }: SyncSummary): Promise<A> => {
  try {
    return await run()
  } catch (error) {
    throw payments === 0 || !(error instanceof PaymentError) ? error : interrupted(error, payments)
  }
}

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
