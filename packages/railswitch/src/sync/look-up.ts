import type { Recorded } from '@railswitch/callbacks'
import {
  type FoundReport,
  isLeft,
  longestCallMs,
  type PaymentProvider,
  type PaymentRecord,
  type Proof,
  providerFailed,
  withTimeoutSignal,
} from '@railswitch/core'
import type { SyncContext } from './sync-step.ts'

/**
 * Looks up one rail's part of a payment. Its reports are recorded and handled like callbacks. False: nothing can be concluded, because a
 * part of the look-up failed or the store did not record a report.
 */
export const lookUp = async <Tx>(
  context: SyncContext<Tx>,
  rail: string,
  provider: PaymentProvider,
  record: PaymentRecord,
): Promise<boolean> => {
  const own = ofRail(record, rail)
  const result = await withTimeoutSignal(context, longestCallMs, async (signal) =>
    provider.lookUp?.(own, signal)(),
  ).catch((error: unknown) => {
    throw providerFailed(provider.id, error)
  })
  if (!result) return false
  const failed = isLeft(result) ? result.left : result.right.failed
  if (failed) context.logger.warn({ rail, code: failed.code, reason: failed.message }, 'look-up failed')
  let isStored = true
  for (const found of isLeft(result) ? [] : result.right.found)
    if ((await recordFound(context, rail, found, 'lookup')) === 'not_stored') isStored = false
  return isStored && !failed
}

/** The part of a record that a provider looks up, with the reports that are not applied. */
export const ofRail = (record: PaymentRecord, rail: string): PaymentRecord => ({
  ...record,
  intents: record.intents.filter(({ intent }) => intent.rail === rail),
  reports: record.reports.filter((report) => report.rail === rail),
})

/** Records a report of our own and handles it like a vendor's report. */
export const recordFound = <Tx>(
  { pipeline }: Pick<SyncContext<Tx>, 'pipeline'>,
  rail: string,
  { report, intent, learns }: FoundReport,
  proof: Proof,
): Promise<Recorded> => pipeline.record({ report: { ...report, rail }, from: { type: 'own', intent, proof, learns } })
