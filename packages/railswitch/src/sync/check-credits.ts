import { dayMs, factsOf, hourMs, isDeposit, isLeft, type PaymentRecord, parsePaymentRef } from '@railswitch/core'
import { recordFound, signalOfLookUp } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { PartSummary, SyncContext } from './sync-part.ts'

/** How soon a vendor's listing shows what its callback has reported is not published. */
const visibleMs = hourMs
/** A vendor that shows nothing for this long will show nothing. */
const giveUpCheckMs = 7 * dayMs

/** Credits that no signature covers are looked up once; a difference needs review, and takes nothing back. */
export const checkCredits = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<PartSummary> => {
  const { state, facts } = context.rules.derive(record)
  if (!context.crossCheck || !state || !isDeposit(state)) return { next: null }
  const now = context.now()
  const waits: string[] = []
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
      waits.push(due)
      continue
    }
    const found = await provider.crossCheck(record, ref, signalOfLookUp())()
    let isDone = false
    if (isLeft(found)) context.logger.warn({ rail, code: found.left.code }, 'cross-check failed')
    else if (found.right) isDone = (await recordFound(context, rail, found.right, 'lookup')) !== 'not_stored'
    if (!isDone && now.toISOString() < after(creditedAt, giveUpCheckMs))
      waits.push(waitAgain(now, creditedAt, visibleMs))
  }
  return { next: waits.sort()[0] ?? null }
}
