import {
  dayMs,
  type FoundReport,
  givenUpMs,
  hourMs,
  isDeposit,
  isOwnMethod,
  minuteMs,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type Report,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { PartSummary, SyncContext } from './sync-part.ts'

/**
 * What only the vendor can clear up, though the payment may have ended: whose a transaction is that names the payment, and reviews
 * that its own lists can resolve. A vendor that has not said for a day whose a transaction is needs review.
 */
export const lookUpUnclear = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<PartSummary> => {
  const unclear = unclearIn(context, record)
  const [due] = unclear.map((one) => dueAt(record, one)).sort()
  if (due === undefined || due > context.now().toISOString()) return { next: due ?? null }
  for (const rail of new Set(unclear.map((one) => one.rail))) {
    const provider = context.rails.get(rail)
    if (provider?.lookUp) await lookUp(context, rail, provider, record)
  }
  const shown = (await context.store.find(record.intents[0]?.intent.reference ?? '')) ?? record
  for (const report of unidentifiedIn(shown)) await reportSilence(context, shown, report)
  const left = unclearIn(context, shown)
  const since = left.map(({ at }) => at).sort()[0]
  const shortestMs = left.some(({ isUnidentified }) => isUnidentified) ? minuteMs : hourMs
  return { next: since === undefined ? null : waitAgain(context.now(), since, shortestMs) }
}

interface Unclear {
  readonly rail: string
  /** ISO 8601: when it was reported. */
  readonly at: string
  readonly isUnidentified: boolean
}

const unclearIn = <Tx>({ rules, now }: SyncContext<Tx>, record: PaymentRecord): readonly Unclear[] => {
  const { state, reviews } = rules.derive(record)
  // Deposits without an end are looked up anyway.
  const open = new Set(
    state && isDeposit(state) ? state.attempts.flatMap((attempt) => (isOpen(attempt.state) ? [attempt.ref] : [])) : [],
  )
  const settleable = reviews.filter(
    ({ reason, payment }) =>
      reason === 'possible_duplicate' || (reason === 'unsigned_money' && payment !== null && !open.has(payment)),
  )
  return [
    ...unidentifiedIn(record).map(({ rail, at }) => ({ rail, at, isUnidentified: true })),
    ...settleable.map(({ rail, at }) => ({ rail, at, isUnidentified: false })),
  ].filter(({ at }) => after(at, givenUpMs) > now().toISOString())
}

/** A look-up that showed something made the payment due anew. */
const dueAt = ({ reports }: PaymentRecord, { at, isUnidentified }: Unclear): string => {
  const lookedUpAt = reports.flatMap(({ proof, at: shownAt }) => (proof === 'lookup' ? [shownAt] : [])).sort()
  const latest = lookedUpAt.at(-1)
  return isUnidentified || latest === undefined ? at : after(latest, hourMs)
}

const isOpen = (state: string): boolean => state === 'pending' || state === 'not_credited_yet'

/** Reports that name the payment under transactions of which nobody has said so far whose they are. */
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

/** At once where the vendor cannot be asked. */
const reportSilence = async <Tx>(
  context: SyncContext<Tx>,
  { intents }: PaymentRecord,
  report: Report,
): Promise<void> => {
  const { rail, at, vendorId } = report
  const now = context.now().toISOString()
  const intent = intents.find((recorded) => recorded.intent.rail === rail)?.intent
  const canBeAsked = context.rails.get(rail)?.lookUp !== undefined
  if (!intent || (canBeAsked && after(at, dayMs) > now)) return
  await recordFound(context, rail, silence(paymentRef(intent), vendorId, now), 'elapsed')
}

const silence = (intent: PaymentRef, vendorId: string, at: string): FoundReport => ({
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
