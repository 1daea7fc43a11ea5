import { type Fact, factsOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { groupBy } from '../values/sort-and-group.ts'
import {
  type DepositFact,
  type DepositState,
  type DepositTransaction,
  depositFacts,
  deriveTransaction,
  refusedTransaction,
} from './deposit-transaction.ts'
import { type DerivedRefunds, deriveRefunds, type Refund, type RefundOutcome, takenByRefunds } from './refund-state.ts'

/** One attempt of a deposit, with its own money. A refund uses the money of one attempt, at its rail. */
export interface DepositAttempt {
  readonly ref: PaymentRef
  readonly state: DepositState
  /** Whether the response to its call was a refusal. */
  readonly refused: boolean
  readonly transactions: readonly DepositTransaction[]
  readonly expected: Money
  readonly credited: Money
  readonly reversed: Money
  readonly refundable: Money
}

/** Derived from a record, never set. `refundable` = credited − reversed − refunds accepted, unknown or confirmed. */
export interface Deposit {
  /** The ref of the attempt that counts: the furthest one, the newest among equals. */
  readonly ref: PaymentRef
  readonly reference: string
  readonly state: DepositState
  readonly credited: Money
  readonly reversed: Money
  /** The sum of refunds accepted, unknown or confirmed. */
  readonly refunded: Money
  readonly refundable: Money
  readonly refunds: readonly Refund[]
  /** Refunds whose money came back or could not be sent. */
  readonly returns: readonly RefundOutcome[]
  readonly confirmations: readonly RefundOutcome[]
  readonly overruled: DerivedRefunds['overruled']
  readonly attempts: readonly DepositAttempt[]
  /** ISO 8601: the newest report, or the first intent. */
  readonly at: string
}

/** Later states take precedence. A failed attempt counts least, because another attempt may still be paid. */
const rank: Record<DepositState, number> = {
  not_credited: 0,
  pending: 1,
  not_credited_yet: 2,
  reversed: 3,
  credited: 4,
}

/** Pure, and independent of the order and duplication of the reports. Null for a record without a deposit. */
export const deriveDeposit = ({ intents, reports }: PaymentRecord, facts: readonly Fact[]): Deposit | null => {
  const deposits = intents.filter(({ intent }) => intent.kind === 'deposit')
  const [first] = deposits
  if (!first) return null
  const derived = deriveRefunds(intents, facts)
  const attempts = deposits.map((recorded) => deriveAttempt(recorded, facts, derived))
  const counting = attempts.reduce((a, b) => (rank[b.state] >= rank[a.state] ? b : a))
  const { currency } = first.intent.expect
  const total = (pick: (attempt: DepositAttempt) => Money): Money =>
    fromMinorUnits(
      attempts.reduce((sum, attempt) => sum + toMinorUnits(pick(attempt)), 0n),
      currency,
    )
  return {
    ref: counting.ref,
    reference: first.intent.reference,
    state: counting.state,
    credited: total(({ credited }) => credited),
    reversed: total(({ reversed }) => reversed),
    refunded: fromMinorUnits(
      attempts.reduce((sum, { ref }) => sum + takenByRefunds(ref, derived), 0n),
      currency,
    ),
    refundable: total(({ refundable }) => refundable),
    refunds: derived.refunds,
    returns: derived.returns,
    confirmations: derived.confirmations,
    overruled: derived.overruled,
    attempts,
    at: [first.begunAt, ...reports.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

const deriveAttempt = (
  { intent, conclusion }: RecordedIntent,
  facts: readonly Fact[],
  refunds: DerivedRefunds,
): DepositAttempt => {
  const ref = paymentRef(intent)
  const { expect } = intent
  const own = withTransactions(
    ref,
    factsOf(facts, ...depositFacts).filter((fact) => fact.intent === ref),
  )
  const refused = conclusion?.state === 'refused'
  const derive = refused ? refusedTransaction : deriveTransaction
  const transactions = groupBy(own, ({ vendorId }) => vendorId).map((reported) => derive(expect, reported))
  const sum = (pick: (transaction: DepositTransaction) => Money): bigint =>
    transactions.reduce((total, transaction) => total + toMinorUnits(pick(transaction)), 0n)
  const credited = sum((transaction) => transaction.credited)
  const reversed = sum((transaction) => transaction.reversed)
  const rest = credited - reversed - takenByRefunds(ref, refunds)
  return {
    ref,
    refused,
    transactions,
    state: refused ? 'not_credited' : furthest(transactions.map(({ state }) => state)),
    expected: expect,
    credited: fromMinorUnits(credited, expect.currency),
    reversed: fromMinorUnits(reversed, expect.currency),
    refundable: fromMinorUnits(rest > 0n ? rest : 0n, expect.currency),
  }
}

/**
 * A person can decide that a deposit is credited when no transaction is known. The fact then has the payment's ref as its vendor id, and
 * applies to the first transaction that is reported.
 */
const withTransactions = (ref: PaymentRef, facts: readonly DepositFact[]): readonly DepositFact[] => {
  const reported = facts.filter(({ vendorId }) => vendorId !== ref)
  const first = reported.find(({ type }) => type === 'deposit.credited') ?? reported[0]
  return first ? facts.map((fact) => (fact.vendorId === ref ? { ...fact, vendorId: first.vendorId } : fact)) : facts
}

const furthest = (states: readonly DepositState[]): DepositState =>
  states.length === 0 ? 'pending' : states.reduce((a, b) => (rank[b] > rank[a] ? b : a))

/** The money of the deposit before refunds: credited − reversed. */
export const netOf = ({ credited, reversed }: Pick<Deposit, 'credited' | 'reversed'>): Money => {
  const left = toMinorUnits(credited) - toMinorUnits(reversed)
  return fromMinorUnits(left > 0n ? left : 0n, credited.currency)
}
