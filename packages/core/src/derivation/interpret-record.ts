import type { Fact } from '../record/fact.ts'
import { type PaymentRecord, recordOfRail } from '../record/payment-record.ts'
import { inOrder } from '../record/report.ts'
import { compare } from '../values/compare.ts'
import { ownFacts } from './non-vendor-facts.ts'

/** The part of a provider that interprets its reports. */
export interface ReportInterpreter {
  interpret(own: PaymentRecord): readonly Fact[]
}

/** All facts of a record, oldest first. Reports of a rail that is not configured are not interpreted: see `missingRails`. */
export const interpretRecord = (
  stored: PaymentRecord,
  rails: ReadonlyMap<string, ReportInterpreter>,
): readonly Fact[] => {
  const record = { ...stored, reports: inOrder(stored.reports) }
  const facts = [
    ...[...railsOf(record)].flatMap((rail) => rails.get(rail)?.interpret(recordOfRail(record, rail)) ?? []),
    ...ownFacts(record),
  ]
  return facts.sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key) || compare(a.type, b.type))
}

const railsOf = ({ intents }: PaymentRecord): ReadonlySet<string> => new Set(intents.map(({ intent }) => intent.rail))

/** Rails that a record's intents name and that are not configured. Nothing can be decided about the record until they are restored. */
export const missingRails = (record: PaymentRecord, rails: ReadonlyMap<string, unknown>): readonly string[] =>
  [...railsOf(record)].filter((rail) => !rails.has(rail))
