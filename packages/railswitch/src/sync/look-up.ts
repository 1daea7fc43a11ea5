import type { Recorded } from '@railswitch/callbacks'
import {
  type FoundReport,
  isLeft,
  longestCallMs,
  type PaymentProvider,
  type PaymentRecord,
  type Proof,
} from '@railswitch/core'
import type { SyncContext } from './sync-part.ts'

/**
 * Asks one rail about its part of a payment; what it shows takes the way of a callback. False: nothing can be concluded, because
 * it did not answer all of it or the store did not record what it shows.
 */
export const lookUp = async <Tx>(
  context: SyncContext<Tx>,
  rail: string,
  provider: PaymentProvider,
  record: PaymentRecord,
): Promise<boolean> => {
  const own = {
    ...record,
    intents: record.intents.filter(({ intent }) => intent.rail === rail),
    reports: record.reports.filter((report) => report.rail === rail),
  }
  const answer = await provider.lookUp?.(own, signalOfLookUp())()
  if (!answer) return false
  const failed = isLeft(answer) ? answer.left : answer.right.failed
  if (failed) context.logger.warn({ rail, code: failed.code }, 'look-up failed')
  let isStored = true
  for (const found of isLeft(answer) ? [] : answer.right.found)
    if ((await recordFound(context, rail, found, 'lookup')) === 'not_stored') isStored = false
  return isStored && !failed
}

/** What we found out ourselves is handled like what a vendor reported. */
export const recordFound = <Tx>(
  { pipeline }: SyncContext<Tx>,
  rail: string,
  { report, intent, learns }: FoundReport,
  proof: Proof,
): Promise<Recorded> => pipeline.record({ report: { ...report, rail }, from: { type: 'own', intent, proof, learns } })

export const signalOfLookUp = (): AbortSignal => AbortSignal.timeout(longestCallMs)
