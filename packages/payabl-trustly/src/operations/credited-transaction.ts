import {
  compare,
  factsOf,
  intentOf,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { interpret } from '../interpret/interpret.ts'
import { depositTransactionsOf, isTransactionId } from './transaction-ids.ts'

/**
 * The id of a deposit's credited transaction. The callback with `credited` reports it; the first response can contain another id. If
 * there are several, it is the first one that was not reversed. A person's decision may name no transaction: then it is the
 * deposit's only known transaction.
 */
export const creditedTransaction = (record: PaymentRecord, deposit: PaymentRef | undefined): string | null => {
  const recorded = intentOf(record, deposit)
  if (!recorded) return null
  const facts = interpret(record).filter(({ intent }) => intent === deposit)
  const reversed = new Set(factsOf(facts, 'deposit.reversed').map(({ vendorId }) => vendorId))
  const decided = record.reports.filter(
    ({ intent, method, members }) =>
      intent === deposit &&
      (method === ownMethods.personCredited || (method === ownMethods.imported && members.state === 'credited')),
  )
  const credits = [...factsOf(facts, 'deposit.credited'), ...decided].sort(
    (a, b) => compare(a.at, b.at) || compare(a.vendorId, b.vendorId),
  )
  const credited = credits.map(({ vendorId }) => reportedIdOf(record, recorded, vendorId)).filter(isTransactionId)
  const known = credits.length > 0 ? depositTransactionsOf(record, recorded) : []
  const [only = null] = known.length === 1 ? known : []
  return credited.find((vendorId) => !reversed.has(vendorId)) ?? credited[0] ?? only
}

/** Of the ids of an import, the one that payabl has reported as credited. */
const reportedIdOf = ({ reports }: PaymentRecord, { intent, vendorIds }: RecordedIntent, vendorId: string): string => {
  if (!intent.imported || !vendorIds.includes(vendorId)) return vendorId
  const reported = reports.filter(
    (report) =>
      report.method === 'capture' &&
      report.members.payment_state === 'credited' &&
      report.proof !== 'unproven' &&
      vendorIds.includes(report.vendorId),
  )
  return reported.map((report) => report.vendorId).sort()[0] ?? vendorId
}

/** The deposit's transactions, which a response to a request that names one of them can repeat. They are not new ids. */
export const namedBy = (record: PaymentRecord, deposit: PaymentRef | undefined, id: string): readonly string[] => {
  const recorded = intentOf(record, deposit)
  return [id, ...(recorded ? depositTransactionsOf(record, recorded) : [])]
}
