import {
  factsOf,
  intentOf,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  type RecordedIntent,
} from '@railswitch/core'
import { interpret } from '../interpret/interpret.ts'
import { depositTransactionsOf, isTransactionId } from './look-up-query.ts'

/**
 * The id of the captured deposit, which the credited callback reports; the first response's need not be it. Of several, the
 * first whose money was not taken back. What a person said may stand under no transaction: then the only one that is known.
 */
export const creditedTransaction = (record: PaymentRecord, deposit: PaymentRef | undefined): string | null => {
  const recorded = intentOf(record, deposit)
  if (!recorded) return null
  const facts = interpret(record).filter(({ intent }) => intent === deposit)
  const reversed = new Set(factsOf(facts, 'deposit.reversed').map(({ vendorId }) => vendorId))
  const said = record.reports.filter(
    ({ intent, method, members }) =>
      intent === deposit &&
      (method === ownMethods.personCredited || (method === ownMethods.imported && members.state === 'credited')),
  )
  const credits = [...factsOf(facts, 'deposit.credited'), ...said].sort(
    (a, b) => compare(a.at, b.at) || compare(a.vendorId, b.vendorId),
  )
  const credited = credits.map(({ vendorId }) => spokenOf(record, recorded, vendorId)).filter(isTransactionId)
  const known = credits.length > 0 ? depositTransactionsOf(record, recorded) : []
  const [only = null] = known.length === 1 ? known : []
  return credited.find((vendorId) => !reversed.has(vendorId)) ?? credited[0] ?? only
}

/** Of the ids that an import names, the one that payabl has called credited. */
const spokenOf = ({ reports }: PaymentRecord, { intent, vendorIds }: RecordedIntent, vendorId: string): string => {
  if (!intent.adopted || !vendorIds.includes(vendorId)) return vendorId
  const reported = reports.filter(
    (report) =>
      report.method === 'capture' &&
      report.members.payment_state === 'credited' &&
      report.proof !== 'unproven' &&
      vendorIds.includes(report.vendorId),
  )
  return reported.map((report) => report.vendorId).sort()[0] ?? vendorId
}

/** All that a request which names a deposit's transaction can be answered with and that is not new: the deposit's transactions. */
export const namedBy = (record: PaymentRecord, deposit: PaymentRef | undefined, id: string): readonly string[] => {
  const recorded = intentOf(record, deposit)
  return [id, ...(recorded ? depositTransactionsOf(record, recorded) : [])]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
