import { type DueRecord, minuteMs } from '@railswitch/core'
import { checkCredits } from './check-credits.ts'
import { closePayouts } from './close-payouts.ts'
import { handlePending } from './handle-pending.ts'
import { chaseDeposits } from './look-up-deposits.ts'
import { lookUpUnclear } from './look-up-unclear.ts'
import { reportMissingRails } from './missing-rails.ts'
import { settleMoneyOut } from './resolve-money-out.ts'
import type { Part, Settled, SettlePart, Settling } from './sync-part.ts'

/** What just happened may still be happening: the call is on its way, the handler at work. */
const underwayMs = minuteMs
/** A run that dies gives its payments back after this. */
const loanMs = 10 * minuteMs

const parts: readonly SettlePart[] = [
  reportMissingRails,
  handlePending,
  settleMoneyOut,
  lookUpUnclear,
  chaseDeposits,
  checkCredits,
  closePayouts,
]

/** Handles events that wait, repeats or looks up what is unknown, chases callbacks that are overdue, checks credits. */
export const createSettle = <Tx>(settling: Settling<Tx>) => {
  const { store, rules, logger, now, telemetry, isClosed } = settling
  return ({ limit = 1000 }: { readonly limit?: number } = {}): Promise<Settled> =>
    telemetry.sync(
      () => settleUpTo(limit),
      ({ forPerson, ...done }) => ({ ...done, for_person: forPerson.length }),
    )

  async function settleUpTo(limit: number): Promise<Settled> {
    let sum: Settled = { payments: 0, handled: 0, failed: 0, resolved: 0, forPerson: [] }
    const before = iso(now().getTime() - underwayMs)
    const seen = new Set<string>()
    for (;;) {
      const until = iso(now().getTime() + loanMs)
      const [work] = sum.payments < limit && !isClosed() ? await store.leaseDue({ before, until, limit: 1 }, rules) : []
      if (!work) return sum
      // What this run has made due again waits for the next one, even where the store's clock is behind.
      if (seen.has(work.record.key)) await store.reschedule(work.loan, iso(now().getTime() + underwayMs))
      else sum = add(sum, await settleOne(work))
      seen.add(work.record.key)
    }
  }

  async function settleOne(work: DueRecord): Promise<readonly Part[]> {
    const done: Part[] = []
    for (const settlePart of parts)
      done.push(await settlePart(settling, work.record).catch((error: unknown) => failedPart(work, error)))
    await store.reschedule(work.loan, soonest(done))
    return done
  }

  /** One payment that cannot be settled now must not keep the others from it. */
  function failedPart({ record }: DueRecord, error: unknown): Part {
    const references = record.intents.map(({ intent }) => intent.reference)
    logger.error({ references, error: error instanceof Error ? error.name : typeof error }, 'not settled')
    return { next: iso(now().getTime() + loanMs) }
  }
}

const soonest = (parts: readonly Part[]): string | null =>
  parts.flatMap(({ next }) => (next === null ? [] : [next])).sort()[0] ?? null

const add = (sum: Settled, parts: readonly Part[]): Settled => ({
  payments: sum.payments + 1,
  handled: parts.reduce((all, { handled = 0 }) => all + handled, sum.handled),
  failed: parts.reduce((all, { failed = 0 }) => all + failed, sum.failed),
  resolved: parts.reduce((all, { resolved = 0 }) => all + resolved, sum.resolved),
  forPerson: [...sum.forPerson, ...parts.flatMap(({ forPerson = [] }) => forPerson)],
})

const iso = (time: number): string => new Date(time).toISOString()
