import {
  dayMs,
  type Either,
  type FoundReport,
  factsOf,
  hourMs,
  isDepositState,
  isLeft,
  longestCallMs,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  parsePaymentRef,
  providerFailed,
  right,
  withTimeoutSignal,
} from '@railswitch/core'
import { recordFound } from './look-up.ts'
import { after, retryAt, type StepResult, type SyncContext } from './sync-step.ts'

/** Vendors do not publish how soon their lists show what a callback has reported. */
const visibleMs = hourMs
/** If a vendor shows nothing for this long, it is not looked up again. */
const lastCheckMs = 7 * dayMs

/** Looks up credits that no signature covers, until the vendor shows them. A difference leads to a review; nothing is reversed. */
export const checkCredits = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<StepResult> => {
  const { state, facts } = context.rules.derive(record)
  if (!context.crossCheck || !state || !isDepositState(state)) return { next: null }
  const now = context.now()
  const dueTimes: string[] = []
  const checked = new Set([
    ...factsOf(facts, 'deposit.checked').map(({ intent }) => intent),
    ...factsOf(facts, 'review').flatMap(({ reason, intent }) => (reason === 'lookup_differs' ? [intent] : [])),
  ])
  for (const { ref, state: attemptState, transactions } of state.attempts) {
    const rail = parsePaymentRef(ref)?.rail ?? ''
    const provider = context.rails.get(rail)
    if (attemptState !== 'credited' || !provider?.crossCheck || checked.has(ref)) continue
    const creditedAt = transactions.flatMap(({ credit }) => credit?.at ?? []).sort()[0] ?? now.toISOString()
    const due = after(creditedAt, visibleMs)
    if (due > now.toISOString()) {
      dueTimes.push(due)
      continue
    }
    const found = await checkCredit(context, provider, record, ref)
    let isDone = false
    if (isLeft(found))
      context.logger.warn({ rail, code: found.left.code, reason: found.left.message }, 'cross-check failed')
    else if (found.right) isDone = (await recordFound(context, rail, found.right, 'lookup')) !== 'not_stored'
    if (!isDone && now.toISOString() < after(creditedAt, lastCheckMs))
      dueTimes.push(retryAt(now, creditedAt, visibleMs))
  }
  return { next: dueTimes.sort()[0] ?? null }
}

/** Null: the vendor shows nothing to compare. */
const checkCredit = <Tx>(
  timers: SyncContext<Tx>,
  provider: PaymentProvider,
  record: PaymentRecord,
  deposit: PaymentRef,
): Promise<Either<PaymentError, FoundReport | null>> =>
  withTimeoutSignal(
    timers,
    longestCallMs,
    async (signal) => provider.crossCheck?.(record, deposit, signal)() ?? right(null),
  ).catch((error: unknown) => {
    throw providerFailed(provider.id, error)
  })
