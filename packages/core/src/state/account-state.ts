import { type Fact, type FactOf, factsOf, type MandateState } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'

/** An account that a customer was asked to choose. Derived from a record, never set. */
export interface Account {
  readonly kind: 'account'
  /** The ref of the attempt that counts: the furthest one, the newest among equals. */
  readonly ref: PaymentRef
  readonly reference: string
  readonly state: 'pending' | 'received' | 'not_received'
  /** The vendor's id of the account. */
  readonly account: string | null
  /** Charges are allowed only while it is `active`. Null if no mandate was reported. */
  readonly mandate: MandateState | null
  readonly attempts: readonly AccountAttempt[]
  /** ISO 8601: the newest report, or the first intent. */
  readonly at: string
}

export interface AccountAttempt extends Pick<Account, 'ref' | 'state' | 'account' | 'mandate'> {
  readonly ending: FactOf<'account.not_received'> | null
}

const rank = { not_received: 0, pending: 1, received: 2 }

/** Null for a record without an account intent. Pure, and independent of the order of the reports. */
export const deriveAccount = ({ intents, reports }: PaymentRecord, facts: readonly Fact[]): Account | null => {
  const roots = intents.filter(({ intent }) => intent.kind === 'account')
  const [first] = roots
  if (!first) return null
  const attempts = roots.map((recorded) => deriveAttempt(recorded, facts))
  const { ref, state, account, mandate } = attempts.reduce((a, b) => (rank[b.state] >= rank[a.state] ? b : a))
  return {
    kind: 'account',
    ref,
    reference: first.intent.reference,
    state,
    account,
    mandate,
    attempts,
    at: [first.begunAt, ...reports.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

const deriveAttempt = ({ intent, conclusion }: RecordedIntent, facts: readonly Fact[]): AccountAttempt => {
  const ref = paymentRef(intent)
  const received = receivedAccountOf(facts, ref)
  const [ending = null] = factsOf(facts, 'account.not_received').filter((fact) => fact.intent === ref)
  const ended = conclusion?.state === 'refused' || ending !== null
  return {
    ref,
    ending,
    state: received ? 'received' : ended ? 'not_received' : 'pending',
    account: received?.account ?? null,
    mandate: received?.mandate ?? null,
  }
}

/** The account that counts: one that may be charged, otherwise one whose mandate is pending, otherwise the last by its key. */
export const receivedAccountOf = (facts: readonly Fact[], intent: PaymentRef): FactOf<'account.received'> | null =>
  [...factsOf(facts, 'account.received')]
    .filter((fact) => fact.intent === intent)
    .sort((a, b) => mandateRank(a) - mandateRank(b) || compare(a.key, b.key))
    .at(-1) ?? null

const order: readonly (MandateState | null)[] = ['moved', 'revoked', null, 'pending', 'active']

const mandateRank = ({ mandate }: FactOf<'account.received'>): number => order.indexOf(mandate)
