import { type DerivedRecord, derivationVersion, deriveRecord } from '../derivation/derive-record.ts'
import type { ReportInterpreter } from '../derivation/interpret-record.ts'
import type { PaymentRecord } from '../record/payment-record.ts'

/** The rules of the engine that a store applies under a record's lock. The store itself does not interpret reports. */
export interface RecordRules {
  /** Changes with the meaning of stored records: values that are stored for searching are then derived again. */
  readonly version: string
  derive(record: PaymentRecord): DerivedRecord
}

export const createRecordRules = (rails: ReadonlyMap<string, ReportInterpreter>): RecordRules => ({
  version: derivationVersion,
  derive: (record) => deriveRecord(record, rails),
})

/** Whether a record needs a manual review; a store stores it for searching. True while a rail is missing, since it may hide reviews. */
export const needsReview = (rules: RecordRules, record: PaymentRecord): boolean => {
  const { reviews, missingRails } = rules.derive(record)
  return reviews.length > 0 || missingRails.length > 0
}
