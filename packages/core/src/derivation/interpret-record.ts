import { PaymentError, providerFailed } from '../errors/payment-error.ts'
import type { Fact } from '../record/fact.ts'
import { intentOf, type PaymentRecord, recordOfRail } from '../record/payment-record.ts'
import { inOrder, ownMethods, type Report } from '../record/report.ts'
import { type PaymentRef, parsePaymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'

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
    ...[...railsOf(record)].flatMap((rail) => interpretRail(record, rail, rails.get(rail))),
    ...ownFacts(record),
  ]
  return facts.sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key) || compare(a.type, b.type))
}

/** Throws a PaymentError if the provider throws: nothing can be derived from the record then. */
const interpretRail = (
  record: PaymentRecord,
  rail: string,
  interpreter: ReportInterpreter | undefined,
): readonly Fact[] => {
  try {
    return interpreter?.interpret(recordOfRail(record, rail)) ?? []
  } catch (error) {
    if (error instanceof PaymentError) throw error
    throw providerFailed(`of rail ${rail}`, error, { effect: 'not_sent', retry: 'never' })
  }
}

const railsOf = ({ intents }: PaymentRecord): ReadonlySet<string> => new Set(intents.map(({ intent }) => intent.rail))

/** Rails that a record's intents name and that are not configured. Nothing can be decided about the record until they are restored. */
export const missingRails = (record: PaymentRecord, rails: ReadonlyMap<string, unknown>): readonly string[] =>
  [...railsOf(record)].filter((rail) => !rails.has(rail))

/** The facts of reports that do not come from a vendor: of persons, elapsed time and our own decisions. Providers interpret the others. */
export const ownFacts = (record: PaymentRecord): readonly Fact[] =>
  record.reports.flatMap((report) => (report.intent === null ? [] : factsFor(record, report, report.intent)))

const factsFor = (record: PaymentRecord, report: Report, intent: PaymentRef): readonly Fact[] => {
  const { id, at, vendorId, method, members } = report
  const base = { intent, vendorId, at, evidence: [id], key: id, source: sourceOf(report) } as const
  switch (method) {
    case ownMethods.imported:
      return isImported(record, intent) ? importedFacts(report, base) : []
    case ownMethods.personCredited:
      return moneyFact(report, (amount) => ({ ...base, type: 'deposit.credited', amount }))
    case ownMethods.personConfirmed:
    case ownMethods.personFailed:
      return personMoneyOut(record, report, base)
    case ownMethods.noFailure:
      return moneyFact(report, (amount) => ({ ...base, type: 'payout.confirmed', amount }))
    case ownMethods.overdue:
      return [{ ...base, type: 'review', reason: 'overdue' }]
    case ownMethods.outcomeUnknown:
      return [{ ...base, type: 'review', reason: 'outcome_unknown' }]
    case ownMethods.booksDiffer:
      return booksReview(record, report, base)
    case ownMethods.approved:
      return [{ ...base, type: 'withdrawal.approved' }]
    case ownMethods.denied:
      return [{ ...base, type: 'withdrawal.denied' }]
    case ownMethods.mandateCancelled:
      return [{ ...base, type: 'mandate.revoked', reason: 'cancelled' }]
    case ownMethods.undecided:
      return [{ ...base, type: 'withdrawal.undecided', decision: members.decision ?? '' }]
    default:
      return []
  }
}

/** Whether the import was completed. One that was interrupted before its vendor ids were known to be free means nothing yet. */
export const isImported = (record: PaymentRecord, intent: PaymentRef): boolean =>
  (intentOf(record, intent)?.conclusion ?? null) !== null

type Base = Pick<Fact, 'intent' | 'vendorId' | 'at' | 'evidence' | 'key' | 'source'>

const sourceOf = ({ proof }: Report): Fact['source'] =>
  proof === 'person' || proof === 'elapsed' || proof === 'lookup' ? proof : 'vendor'

const moneyFact = ({ money }: Report, toFact: (amount: NonNullable<Report['money']>) => Fact): readonly Fact[] =>
  money ? [toFact(money)] : []

const importedFacts = (report: Report, base: Base): readonly Fact[] =>
  moneyFact(report, (amount) =>
    report.members.state === 'credited'
      ? { ...base, type: 'deposit.credited', amount }
      : { ...base, type: 'deposit.not_credited_yet', amount },
  )

/** A difference from the vendor's books, until a later comparison explains it. */
const booksReview = ({ reports }: PaymentRecord, { members, money }: Report, base: Base): readonly Fact[] => {
  const isExplained = reports.some(
    ({ method, members: other }) => method === ownMethods.booksAgree && other.difference === members.difference,
  )
  const reason = booksReasons.find((one) => one === members.reason) ?? 'lookup_differs'
  return isExplained ? [] : [{ ...base, type: 'review', reason, ...(money && { money }) }]
}

const booksReasons = ['lookup_differs', 'unexpected_credit', 'unexpected_payout'] as const

/** The report of a refund has the refund's intent, but the facts have its deposit's. */
const personMoneyOut = (record: PaymentRecord, report: Report, base: Base): readonly Fact[] => {
  const outcome = report.method === ownMethods.personConfirmed ? 'confirmed' : 'failed'
  const deposit = intentOf(record, base.intent)?.intent.of
  return moneyFact(report, (amount) =>
    deposit && parsePaymentRef(base.intent)?.kind === 'refund'
      ? {
          ...base,
          intent: deposit,
          type: `refund.${outcome}`,
          amount,
          refund: base.intent,
          candidates: [base.intent],
        }
      : { ...base, type: `payout.${outcome}`, amount },
  )
}
