import { type DerivedRecord, derivationVersion, deriveRecord } from '../derivation/derive-record.ts'
import type { ReportInterpreter } from '../derivation/interpret-record.ts'
import type { Conclusion, Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods } from '../record/report.ts'
import { parsePaymentRef, paymentRef } from '../values/payment-ref.ts'
import { wireReference } from '../values/reference.ts'

/** The rules of the engine that a store applies under a record's lock. The store itself does not interpret reports. */
export interface RecordRules {
  /** Changes with the meaning of stored records: values that are stored for searching are then derived again. */
  readonly version: string
  derive(record: PaymentRecord): DerivedRecord
}

export const createRecordRules = (rails: ReadonlyMap<string, ReportInterpreter>): RecordRules => {
  // Every step of a callback or of `sync` asks for the meaning of the same record.
  const derived = new WeakMap<PaymentRecord, DerivedRecord>()
  return {
    version: derivationVersion,
    derive: (record) => {
      const known = derived.get(record)
      if (known) return known
      const meaning = deriveRecord(record, rails)
      derived.set(record, meaning)
      return meaning
    },
  }
}

/** Whether a record needs a manual review; a store stores it for searching. True while a rail is missing, since it may hide reviews. */
export const needsReview = (rules: RecordRules, record: PaymentRecord): boolean => {
  const { reviews, missingRails } = rules.derive(record)
  return reviews.length > 0 || missingRails.length > 0
}

/** The reference that identifies a payment, as it is sent: the deposit's own, which its refunds share. */
export const rootReference = (intent: Intent): string =>
  (intent.of && parsePaymentRef(intent.of)?.reference) ?? wireReference(intent.reference)

export const sameIdempotencyKey = (a: Intent, b: Intent): boolean => a.attempt === b.attempt && sameReference(a, b)

export const sameReference = (a: Intent, b: Intent): boolean =>
  wireReference(a.reference) === wireReference(b.reference)

/**
 * The intent after its call has ended; null when it is to be deleted. A conclusion other than `unknown` is never replaced, and an
 * intent with reports is never deleted.
 */
export const withConclusion = (
  recorded: RecordedIntent,
  conclusion: Conclusion | 'not_sent',
  { vendorIds, record }: { readonly vendorIds: readonly string[]; readonly record: PaymentRecord },
): RecordedIntent | null => {
  if (conclusion === 'not_sent')
    return recorded.conclusion || recorded.resumed || isReported(recorded, record) ? recorded : null
  const open = recorded.conclusion === null || recorded.conclusion.state === 'unknown'
  const ids = [...new Set([...recorded.vendorIds, ...vendorIds])]
  return { ...recorded, vendorIds: ids, conclusion: open ? conclusion : recorded.conclusion }
}

/** The report of an import itself does not count: it is deleted with a refused import. */
const isReported = ({ intent }: RecordedIntent, { intents, reports }: PaymentRecord): boolean => {
  const others = reports.filter(({ method }) => method !== ownMethods.imported)
  return intents.length === 1 ? others.length > 0 : others.some((report) => report.intent === paymentRef(intent))
}

/** The record without the customer's id, the account's id, and the digest of the request that contained them. */
export const withoutPersonalData = (record: PaymentRecord): PaymentRecord => ({
  ...record,
  intents: record.intents.map((recorded) => {
    const { customerId: _erased, account: _alsoErased, ...settings } = recorded.intent.settings
    return { ...recorded, fingerprint: '', intent: { ...recorded.intent, settings } }
  }),
  reports: record.reports.map((report) => {
    const { accountid: _erased, ...members } = report.members
    return { ...report, members }
  }),
})
