import { foldRefunds, type Refund, type Return, takenByRefunds } from './fold-refunds.ts'
import { groupBy } from './group-by.ts'
import type { RecordedIntent } from './intent.ts'
import { fromMinorUnits, type Money, sameMoney, toMinorUnits } from './money.ts'
import type { Observation, Reason, Thread } from './observation.ts'
import { type PaymentRef, paymentRef } from './payment-ref.ts'

/** `not_credited_yet`: the customer approved, the money was not seen. `credited`: money secured, ship. */
export type DepositState = 'pending' | 'not_credited_yet' | 'credited' | 'not_credited' | 'reversed'

/** One attempt at a deposit, with its own money: a refund draws on one attempt, at the rail that took it. */
export interface Attempt {
  readonly ref: PaymentRef
  readonly state: DepositState
  /** Why it ended without money, once it did. */
  readonly ended: NotCredited['reason'] | null
  /** Whether one transaction was said to be both credited and cancelled. */
  readonly contradicted: boolean
  /** How many of the vendor's transactions were each of these, at some time: one that comes after another is news. */
  readonly transactions: Readonly<Record<'not_credited_yet' | 'credited' | 'not_credited', number>>
  readonly expected: Money
  readonly credited: Money
  readonly reversed: Money
  readonly refundable: Money
}

/** Folded from a thread, never set. `refundable` = credited − reversed − refunds accepted, unknown or confirmed. */
export interface Payment {
  /** Of the attempt that counts: the furthest one, the newest among equals. */
  readonly ref: PaymentRef
  readonly reference: string
  readonly state: DepositState
  readonly credited: Money
  readonly reversed: Money
  /** Refunds accepted, unknown or confirmed, together. */
  readonly refunded: Money
  readonly refundable: Money
  readonly refunds: readonly Refund[]
  /** Refunds that came back, or could not be sent. */
  readonly returns: readonly Return[]
  readonly attempts: readonly Attempt[]
  /** Why a person must look, unless one has. */
  readonly review: readonly Reason[]
  /** Names what is to be looked at, for `resolve`: the money is part of it, because a reason can pass and come again. */
  readonly reviewId: string
  /** ISO 8601: the newest observation, or the first intent. */
  readonly at: string
}

type NotCredited = Extract<Observation['fact'], { readonly type: 'deposit.not_credited' }>

/** Later states win over earlier ones; a dead attempt counts least, because another may still be paid. */
const rank: Record<DepositState, number> = {
  not_credited: 0,
  pending: 1,
  not_credited_yet: 2,
  reversed: 3,
  credited: 4,
}

/**
 * The state of a payment: pure, idempotent, and the same for any order and duplication of the observations.
 * Null for a thread without a deposit, such as news of a payment that is not known here.
 */
export const fold = ({ intents, observations }: Thread): Payment | null => {
  const deposits = intents.filter(({ intent }) => intent.kind === 'deposit')
  const first = deposits[0]
  if (!first) return null
  const distinct = [...new Map(observations.map((observation) => [observation.id, observation])).values()]
  const { refunds, returns, overruled } = foldRefunds(intents, distinct)
  const attempts = deposits.map((recorded) => foldAttempt(recorded, distinct, refunds, returns))
  const counting = attempts.reduce((a, b) => (rank[b.attempt.state] >= rank[a.attempt.state] ? b : a))
  const { currency } = first.intent.expect
  const total = (pick: (attempt: Attempt) => Money): Money =>
    fromMinorUnits(
      attempts.reduce((sum, { attempt }) => sum + toMinorUnits(pick(attempt)), 0n),
      currency,
    )
  const [credited, reversed] = [total((attempt) => attempt.credited), total((attempt) => attempt.reversed)]
  const reasons = reasonsOf(attempts, refunds, distinct, overruled)
  const reviewId = `${counting.attempt.ref}:review.needed:${reasons.join('+')}:${credited.value}:${reversed.value}`
  return {
    ref: counting.attempt.ref,
    reference: first.intent.reference,
    state: counting.attempt.state,
    credited,
    reversed,
    refunded: fromMinorUnits(
      attempts.reduce((sum, { refunded }) => sum + refunded, 0n),
      currency,
    ),
    refundable: total(({ refundable }) => refundable),
    refunds,
    returns,
    attempts: attempts.map(({ attempt }) => attempt),
    review: isResolved(reviewId, distinct) ? [] : reasons,
    reviewId,
    at: [first.begunAt, ...distinct.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

interface FoldedAttempt {
  readonly attempt: Attempt
  readonly refunded: bigint
  readonly reasons: readonly Reason[]
  readonly paidTransactions: number
}

/** Whether a person has dealt with the review of this name. */
export const isResolved = (review: string, observations: readonly Observation[]): boolean =>
  observations.some(({ fact }) => fact.type === 'resolved' && fact.review === review)

const foldAttempt = (
  { intent, conclusion }: RecordedIntent,
  observations: readonly Observation[],
  refunds: readonly Refund[],
  returns: readonly Return[],
): FoldedAttempt => {
  const ref = paymentRef(intent)
  const { expect } = intent
  const mine = observations.filter(({ subject, fact }) => subject === ref && fact.type.startsWith('deposit.'))
  const transactions = groupBy(mine, ({ vendorId }) => vendorId).map((told) => foldTransaction(expect, told))
  const count = (state: DepositState): number => transactions.filter(({ been }) => been.includes(state)).length
  const sum = (pick: (transaction: Transaction) => bigint): bigint =>
    transactions.reduce((total, transaction) => total + pick(transaction), 0n)
  const credited = sum((transaction) => transaction.credited)
  const reversed = sum((transaction) => transaction.reversed)
  const refunded = takenByRefunds(ref, refunds, returns)
  const rest = credited - reversed - refunded
  return {
    attempt: {
      ref,
      state: furthest(
        transactions.flatMap(({ state, isBelieved }) => (isBelieved ? [state] : [])),
        // Nobody was sent to a checkout of an attempt that was refused.
        conclusion?.state === 'refused' ? 'not_credited' : 'pending',
      ),
      ended:
        mine
          .flatMap(({ fact, trust }) =>
            fact.type === 'deposit.not_credited' && trust !== 'claimed' ? [fact.reason] : [],
          )
          .sort()[0] ?? null,
      contradicted: transactions.some(({ reasons }) => reasons.includes('credited_and_cancelled')),
      transactions: {
        not_credited_yet: count('not_credited_yet'),
        credited: count('credited'),
        not_credited: count('not_credited'),
      },
      expected: expect,
      credited: fromMinorUnits(credited, expect.currency),
      reversed: fromMinorUnits(reversed, expect.currency),
      refundable: fromMinorUnits(rest > 0n ? rest : 0n, expect.currency),
    },
    refunded,
    reasons: transactions.flatMap(({ reasons }) => reasons),
    paidTransactions: transactions.filter((transaction) => transaction.credited > transaction.reversed).length,
  }
}

const furthest = (states: readonly DepositState[], untold: DepositState): DepositState =>
  states.length === 0 ? untold : states.reduce((a, b) => (rank[b] > rank[a] ? b : a))

interface Transaction {
  readonly state: DepositState
  /** The states that something was said of, in whatever order. */
  readonly been: readonly DepositState[]
  /** False where all that was said of it is claimed. */
  readonly isBelieved: boolean
  readonly credited: bigint
  readonly reversed: bigint
  readonly reasons: readonly Reason[]
}

const foldTransaction = (expect: Money, told: readonly Observation[]): Transaction => {
  const believed = told.filter(({ trust }) => trust !== 'claimed')
  const credits = moneyOf(believed, 'deposit.credited')
  const usable = credits.filter(({ amount }) => amount.currency === expect.currency)
  const reversals = moneyOf(believed, 'deposit.reversed').filter(({ amount }) => amount.currency === expect.currency)
  const credited = usable.reduce((most, { amount }) => larger(most, toMinorUnits(amount)), 0n)
  const reversed = largestSum(reversals)
  const cancelled = believed.some(({ fact }) => fact.type === 'deposit.not_credited')
  const asExpected = usable.some(({ amount }) => sameMoney(amount, expect))
  const reasons: Reason[] = []
  if (credits.length > usable.length) reasons.push('currency_differs')
  if (usable.some(({ amount }) => !sameMoney(amount, expect))) reasons.push('amount_differs')
  if (isOnlyClaimed('deposit.credited') || isOnlyClaimed('deposit.reversed')) reasons.push('unsigned_money')
  if (cancelled && credits.length > 0) reasons.push('credited_and_cancelled')
  if (credited > 0n && reversed > credited) reasons.push('reversed_beyond_credit')
  const approved = credits.length > 0 || believed.some(({ fact }) => fact.type === 'deposit.not_credited_yet')
  const been: DepositState[] = []
  if (approved) been.push('not_credited_yet')
  if (asExpected) been.push('credited')
  if (cancelled) been.push('not_credited')
  return { state: stateOf(), been, isBelieved: believed.length > 0, credited, reversed, reasons }

  function isOnlyClaimed(type: 'deposit.credited' | 'deposit.reversed'): boolean {
    return moneyOf(believed, type).length === 0 && moneyOf(told, type).length > 0
  }

  function stateOf(): DepositState {
    if (reversed > 0n) return 'reversed'
    if (asExpected) return 'credited'
    if (cancelled) return 'not_credited'
    return approved ? 'not_credited_yet' : 'pending'
  }
}

interface ObservedMoney {
  readonly amount: Money
  readonly told: string
}

const moneyOf = (
  observations: readonly Observation[],
  type: 'deposit.credited' | 'deposit.reversed',
): readonly ObservedMoney[] =>
  observations.flatMap(({ fact, source, word }) =>
    fact.type === type ? [{ amount: fact.amount, told: `${source} ${word.method}` }] : [],
  )

/** Several takings-back add up, but the same one told by a callback and by a look-up is one. */
const largestSum = (told: readonly ObservedMoney[]): bigint =>
  groupBy(told, (observed) => observed.told)
    .map((group) => group.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n))
    .reduce(larger, 0n)

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** These end with the wait that they complain of. */
const passing: ReadonlySet<Reason> = new Set(['overdue', 'outcome_unknown'])

const reasonsOf = (
  attempts: readonly FoldedAttempt[],
  refunds: readonly Refund[],
  observations: readonly Observation[],
  overruled: boolean,
): readonly Reason[] => {
  const open = new Set<PaymentRef | null>([
    ...attempts.flatMap(({ attempt: { ref, state } }) =>
      state === 'pending' || state === 'not_credited_yet' ? [ref] : [],
    ),
    ...refunds.flatMap(({ ref, state }) => (state === 'unknown' ? [ref] : [])),
  ])
  const paid = attempts.reduce((count, { paidTransactions }) => count + paidTransactions, 0)
  const unexplained = observations.flatMap(({ fact, subject }) =>
    fact.type === 'unexplained' && (!passing.has(fact.reason) || open.has(subject)) ? [fact.reason] : [],
  )
  const reasons = [
    ...attempts.flatMap(({ reasons }) => reasons),
    ...unexplained,
    ...(paid > 1 ? ['overpaid' as const] : []),
    ...(overruled ? ['person_overruled' as const] : []),
  ]
  return [...new Set(reasons)].sort()
}
