import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'

/**
 * What proves a report.
 * - `signature`: the vendor's signature covers all of it
 * - `token`: the vendor's signature covers its identity, and a genuine token of ours covers the rest
 * - `lookup`, `response`: the vendor's response to our own query or decision
 * - `elapsed`: no message; a time limit has passed
 * - `person`: a person decided, with name and reason
 * - `unproven`: the signature does not cover the money, and no token came with it
 */
export type Proof = 'signature' | 'token' | 'lookup' | 'response' | 'elapsed' | 'person' | 'unproven'

/** What a vendor, a look-up or a person reported, unchanged. Its meaning is a derived `Fact`. Contains no personal data. */
export interface Report {
  /** Unique per rail. A redelivery is the same report. */
  readonly id: string
  /** ISO 8601. The vendor's time if it reports one, otherwise the time of receipt. */
  readonly at: string
  readonly rail: string
  /** The vendor's own id of the order or transaction. */
  readonly vendorId: string
  /** The vendor's own name of it, such as `credit`; for our own reports, one of `ownMethods`. */
  readonly method: string
  readonly money?: Money
  /** Other members that `interpret` needs, with the vendor's names. */
  readonly members: Readonly<Record<string, string>>
  readonly proof: Proof
  /** The intent that the report is about. Null: not known to be about a payment of ours. */
  readonly intent: PaymentRef | null
}

/** The methods of reports that do not come from a vendor. `interpret` of a provider ignores them. */
export const ownMethods = {
  /** A person: the payment was in `members.state` before it was imported. */
  imported: 'imported',
  /** A person: the vendor did not confirm the import, for `members.reason`. */
  unconfirmed: 'imported:unconfirmed',
  /** A person: the review `members.review` is resolved. */
  resolved: 'resolved',
  /** A person: the outcome that the vendor does not report. */
  personCredited: 'person:credited',
  personConfirmed: 'person:confirmed',
  personFailed: 'person:failed',
  /** Time: no final report, no outcome, or no failure within the time limit for it. */
  overdue: 'elapsed:overdue',
  outcomeUnknown: 'elapsed:outcome_unknown',
  noFailure: 'elapsed:no_failure',
  /** Time: an unknown transaction names this payment, and look-ups for a day did not show which payment it belongs to. */
  unidentified: 'elapsed:unidentified',
  /** The vendor accepted our decision on a withdrawal, or (`undecided`, `members.decision`) refused it. */
  approved: 'decided:approve',
  denied: 'decided:deny',
  undecided: 'decided:undecided',
  /** The vendor accepted our cancellation of a mandate. */
  mandateCancelled: 'decided:cancel_mandate',
  /** A look-up of an unknown transaction that names a payment of ours: it does not belong to this payment. */
  foreign: 'lookup:foreign',
  /** The vendor's books differ from this payment (`members.difference`, `reason`), or no longer do. */
  booksDiffer: 'lookup:books_differ',
  booksAgree: 'lookup:books_agree',
} as const

const own: ReadonlySet<string> = new Set(Object.values(ownMethods))

const proofs: Readonly<Record<(typeof ownMethods)[keyof typeof ownMethods], Proof>> = {
  [ownMethods.imported]: 'person',
  [ownMethods.unconfirmed]: 'person',
  [ownMethods.resolved]: 'person',
  [ownMethods.personCredited]: 'person',
  [ownMethods.personConfirmed]: 'person',
  [ownMethods.personFailed]: 'person',
  [ownMethods.overdue]: 'elapsed',
  [ownMethods.outcomeUnknown]: 'elapsed',
  [ownMethods.noFailure]: 'elapsed',
  [ownMethods.unidentified]: 'elapsed',
  [ownMethods.approved]: 'response',
  [ownMethods.denied]: 'response',
  [ownMethods.undecided]: 'response',
  [ownMethods.mandateCancelled]: 'response',
  [ownMethods.foreign]: 'lookup',
  [ownMethods.booksDiffer]: 'lookup',
  [ownMethods.booksAgree]: 'lookup',
}

/** A vendor's report whose method has the name of one of ours. It is ignored. */
const isFalseOwnReport = ({ method, proof }: Report): boolean =>
  isOwnMethod(method) && proofs[method as keyof typeof proofs] !== proof

export const isOwnMethod = (method: string): boolean => own.has(method)

/** The id of the report that a payment was imported. */
export const importReportId = (payment: PaymentRef): string => `imported|${payment}`

const strength: Readonly<Record<Proof, number>> = {
  unproven: 0,
  elapsed: 1,
  person: 1,
  token: 2,
  lookup: 2,
  response: 2,
  signature: 3,
}

/**
 * The stored report after the same report was received again. If the new one has a stronger proof, it replaces the stored one with its
 * content, because the id does not cover the money.
 */
export const withRaisedProof = (stored: Report, received: Report): Report => {
  if (stored.intent !== null && received.intent !== stored.intent) return stored
  const intent = received.intent ?? stored.intent
  return strength[received.proof] > strength[stored.proof] ? { ...received, intent } : { ...stored, intent }
}

/** The reports that can be interpreted, oldest first, whatever the order in which they were stored. */
export const inOrder = (reports: readonly Report[]): readonly Report[] =>
  reports
    .filter((report) => !isFalseOwnReport(report))
    .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id) || compare(a.rail, b.rail))
