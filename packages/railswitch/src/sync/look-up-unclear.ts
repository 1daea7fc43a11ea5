import {
  dayMs,
  type FoundReport,
  hourMs,
  isDepositState,
  isOwnMethod,
  lookUpLimitMs,
  minuteMs,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type Report,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, retryAt, type StepResult, type SyncContext } from './sync-step.ts'

/**
 * Looks up what only the vendor can clarify, even after the payment has ended: unknown transactions that name the payment, and reviews
 * that the vendor's own lists can close. If look-ups do not identify a transaction for a day, it needs review.
 */
export const lookUpUnclear = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<StepResult> => {
  const unclear = unclearIn(context, record)
  const [due] = unclear.map((one) => dueAt(record, one)).sort()
  if (due === undefined || due > context.now().toISOString()) return { next: due ?? null }
  for (const rail of new Set(unclear.map((one) => one.rail))) {
    const provider = context.rails.get(rail)
    if (provider?.lookUp) await lookUp(context, rail, provider, record)
  }
  const recordNow = (await context.store.find(record.intents[0]?.intent.reference ?? '')) ?? record
  for (const report of unidentifiedIn(recordNow)) await reportUnidentified(context, recordNow, report)
  const stillUnclear = unclearIn(context, recordNow)
  const since = stillUnclear.map(({ at }) => at).sort()[0]
  const shortestMs = stillUnclear.some(({ isUnidentified }) => isUnidentified) ? minuteMs : hourMs
  return { next: since === undefined ? null : retryAt(context.now(), since, shortestMs) }
}

interface Unclear {
  readonly rail: string
  /** ISO 8601: when it was reported. */
  readonly at: string
  readonly isUnidentified: boolean
}

const unclearIn = <Tx>({ rules, now }: SyncContext<Tx>, record: PaymentRecord): readonly Unclear[] => {
  const { state, reviews } = rules.derive(record)
  // Open deposits are looked up anyway.
  const open = new Set(
    state && isDepositState(state)
      ? state.attempts.flatMap((attempt) => (isOpen(attempt.state) ? [attempt.ref] : []))
      : [],
  )
  const closable = reviews.filter(
    ({ reason, payment }) =>
      reason === 'possible_duplicate' || (reason === 'unsigned_money' && payment !== null && !open.has(payment)),
  )
  return [
    ...unidentifiedIn(record).map(({ rail, at }) => ({ rail, at, isUnidentified: true })),
    ...closable.map(({ rail, at }) => ({ rail, at, isUnidentified: false })),
  ].filter(({ at }) => after(at, lookUpLimitMs) > now().toISOString())
}

/** The result of a look-up makes the record due immediately. The next look-up must still wait. */
const dueAt = ({ reports }: PaymentRecord, { at, isUnidentified }: Unclear): string => {
  const lookedUpAt = reports.flatMap(({ proof, at: shownAt }) => (proof === 'lookup' ? [shownAt] : [])).sort()
  const latest = lookedUpAt.at(-1)
  return isUnidentified || latest === undefined ? at : after(latest, hourMs)
}

const isOpen = (state: string): boolean => state === 'pending' || state === 'not_credited_yet'

/** Reports that name the payment and whose transactions are not identified yet. */
const unidentifiedIn = ({ intents, reports }: PaymentRecord): readonly Report[] => {
  const foreign = new Set(reports.flatMap((one) => (one.method === ownMethods.foreign ? [transactionOf(one)] : [])))
  return intents.length === 0
    ? []
    : reports.filter(
        (report) =>
          report.intent === null &&
          report.proof === 'unproven' &&
          !isOwnMethod(report.method) &&
          !foreign.has(transactionOf(report)),
      )
}

const transactionOf = ({ rail, vendorId }: Report): string => `${rail} ${vendorId}`

/** Stores a report that the transaction was not identified: after a day, or immediately if the vendor has no look-up. */
const reportUnidentified = async <Tx>(
  context: SyncContext<Tx>,
  { intents }: PaymentRecord,
  report: Report,
): Promise<void> => {
  const { rail, at, vendorId } = report
  const now = context.now().toISOString()
  const intent = intents.find((recorded) => recorded.intent.rail === rail)?.intent
  const hasLookUp = context.rails.get(rail)?.lookUp !== undefined
  if (!intent || (hasLookUp && after(at, dayMs) > now)) return
  await recordFound(context, rail, unidentifiedReport(paymentRef(intent), vendorId, now), 'elapsed')
}

const unidentifiedReport = (intent: PaymentRef, vendorId: string, at: string): FoundReport => ({
  report: {
    id: `${ownMethods.unidentified}|${intent}|${vendorId}`,
    at,
    vendorId,
    method: ownMethods.unidentified,
    members: {},
  },
  intent,
  learns: false,
})
