import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'

/**
 * What makes a report believed.
 * - `signature`: the vendor's signature covers all of it
 * - `token`: the vendor's signature covers its identity, and a genuine token of ours the rest
 * - `lookup`, `response`: the vendor's answer to our own query or decision
 * - `elapsed`: nobody said it; a time limit has passed
 * - `person`: somebody decided, by name and reason
 * - `unproven`: the signature does not cover the money, and no token came with it
 */
export type Proof = 'signature' | 'token' | 'lookup' | 'response' | 'elapsed' | 'person' | 'unproven'

/** What a vendor, a look-up or a person said, as said; what it means is a `Fact`, derived. Never personal data. */
export interface Report {
  /** Unique per rail: a redelivery is the same report. */
  readonly id: string
  /** ISO 8601, by the vendor's clock where it tells one. */
  readonly at: string
  readonly rail: string
  /** The vendor's own id of the order or transaction. */
  readonly vendorId: string
  /** The vendor's own word, such as `credit`; of our own reports one of `ownMethods`. */
  readonly method: string
  readonly money?: Money
  /** What else `interpret` needs, in the vendor's spelling. */
  readonly members: Readonly<Record<string, string>>
  readonly proof: Proof
  /** The intent that it is about. Null: not known to be about a payment of ours. */
  readonly intent: PaymentRef | null
}

/** The methods of reports that no vendor made; `interpret` of a provider ignores them. */
export const ownMethods = {
  /** A person: the payment had come to `members.state` before it was imported. */
  imported: 'imported',
  /** A person: the vendor did not confirm the import, and why (`members.reason`). */
  unconfirmed: 'imported:unconfirmed',
  /** A person: a review, `members.review`, is dealt with. */
  resolved: 'resolved',
  /** A person: what the vendor would not say. */
  personCredited: 'person:credited',
  personConfirmed: 'person:confirmed',
  personFailed: 'person:failed',
  /** Time: no final word, no outcome, no failure within the time in which it could come. */
  overdue: 'elapsed:overdue',
  outcomeUnknown: 'elapsed:outcome_unknown',
  noFailure: 'elapsed:no_failure',
  /** Time: the vendor was asked for a day, and has not said whose the unknown transaction is that names this payment. */
  unidentified: 'elapsed:unidentified',
  /** The vendor took our decision on a withdrawal, or (`undecided`, `members.decision`) refused it. */
  approved: 'decided:approve',
  denied: 'decided:deny',
  undecided: 'decided:undecided',
  /** A look-up of an unknown transaction that names a payment of ours: it is not that payment's. */
  foreign: 'lookup:foreign',
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
  [ownMethods.foreign]: 'lookup',
}

/** A vendor's message that has the name of one of ours means nothing. */
const isImposter = ({ method, proof }: Report): boolean =>
  isOwnMethod(method) && proofs[method as keyof typeof proofs] !== proof

export const isOwnMethod = (method: string): boolean => own.has(method)

/** The id of the report that a payment was imported. */
export const importId = (payment: PaymentRef): string => `imported|${payment}`

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
 * The stored report after the same one came again: a token that came with it raises its proof, and what it proves is what came
 * with it. Its id says nothing of the money.
 */
export const withRaisedProof = (stored: Report, again: Report): Report => {
  if (stored.intent !== null && again.intent !== stored.intent) return stored
  const intent = again.intent ?? stored.intent
  return strength[again.proof] > strength[stored.proof] ? { ...again, intent } : { ...stored, intent }
}

/** What can mean anything, oldest first, whatever order they were stored in. */
export const inOrder = (reports: readonly Report[]): readonly Report[] =>
  reports
    .filter((report) => !isImposter(report))
    .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id) || compare(a.rail, b.rail))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
