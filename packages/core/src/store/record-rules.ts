import { type DerivedRecord, derivationVersion, deriveRecord } from '../record/derive-record.ts'
import type { Interpreter } from '../record/interpret-record.ts'
import type { PaymentRecord } from '../record/payment-record.ts'

/** What the engine says of a record. A store knows no meaning: it asks these, under the record's lock, and writes the result. */
export interface RecordRules {
  /** Changes when the same record means something else: what was stored for searching is then derived again. */
  readonly version: string
  derive(record: PaymentRecord): DerivedRecord
}

export const createRecordRules = (rails: ReadonlyMap<string, Interpreter>): RecordRules => ({
  version: derivationVersion,
  derive: (record) => deriveRecord(record, rails),
})

/** What a store keeps beside a record, so that it finds records that somebody must look at; a missing rail may hide reviews. */
export const needsReview = (rules: RecordRules, record: PaymentRecord): boolean => {
  const { reviews, missingRails } = rules.derive(record)
  return reviews.length > 0 || missingRails.length > 0
}
