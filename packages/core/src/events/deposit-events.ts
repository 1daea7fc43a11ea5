import type { EmittedEvent } from '../record/payment-record.ts'
import type { Deposit, DepositAttempt } from '../state/deposit-state.ts'
import type { DepositTransaction, TransactionCredit } from '../state/deposit-transaction.ts'
import type { RefundOutcome } from '../state/refund-state.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'
import { emittedCredits, type ShippedCredit, shippedCredits } from './shipped-credits.ts'

/** All events that follow from a deposit's reports; for each transaction, the credit comes before its reversals. */
export const depositEvents = (
  deposit: Deposit,
  emitted: readonly EmittedEvent[],
  context: EventContext,
): readonly DerivedEvent[] => {
  const shipped = shippedCredits(deposit, emitted)
  return [
    ...shipped.flatMap((one) => [
      creditEvent(one, context),
      ...reversalEvents(deposit, one.payment, one.transaction, one.at, context),
    ]),
    ...reversalsOfEmitted(deposit, shipped, emitted, context),
    ...deposit.confirmations.map((outcome) => refundEvent('refund.confirmed', deposit, outcome, context)),
    ...deposit.returns.map((outcome) => refundEvent('refund.failed', deposit, outcome, context)),
    ...stateEvent(deposit, context),
  ]
}

const creditEvent = ({ payment, transaction, credit, at }: ShippedCredit, context: EventContext): DerivedEvent => ({
  event: {
    type: 'deposit.credited',
    id: `${payment}:deposit.credited:${transaction.vendorId}`,
    payment,
    ...context,
    at,
    amount: credit.amount,
  },
  evidence: credit.evidence,
  money: credit.amount,
})

/**
 * Reversals of credits that were emitted and would not be emitted now. The credit itself is derived again together with its reversals,
 * so that it is not reported as a difference. Credits that were never emitted get no reversals.
 */
const reversalsOfEmitted = (
  deposit: Deposit,
  shipped: readonly ShippedCredit[],
  emitted: readonly EmittedEvent[],
  context: EventContext,
): readonly DerivedEvent[] => {
  const emittedEvidence = emittedCredits(emitted)
  return deposit.attempts.flatMap(({ ref, transactions }) =>
    transactions.flatMap((transaction) =>
      transaction.credit?.evidence.some((id) => emittedEvidence.has(id)) &&
      !shipped.some((one) => one.transaction === transaction)
        ? creditWithReversals(deposit, ref, transaction, transaction.credit, context)
        : [],
    ),
  )
}

const creditWithReversals = (
  deposit: Deposit,
  payment: PaymentRef,
  transaction: DepositTransaction,
  credit: TransactionCredit,
  context: EventContext,
): readonly DerivedEvent[] =>
  transaction.reversals.length === 0
    ? []
    : [
        creditEvent({ payment, transaction, credit, at: credit.at }, context),
        ...reversalEvents(deposit, payment, transaction, credit.at, context),
      ]

/** A reversal never comes before its credit, whatever times the vendor reports. */
const reversalEvents = (
  deposit: Deposit,
  payment: PaymentRef,
  { reversals }: DepositTransaction,
  creditedAt: string,
  context: EventContext,
): readonly DerivedEvent[] =>
  reversals.map(({ amount, at, evidence, key, separate }) => ({
    event: {
      type: 'deposit.reversed',
      id: `${payment}:deposit.reversed:${key}`,
      payment,
      ...context,
      at: creditedAt > at ? creditedAt : at,
      amount,
      exposure: exposureOf(deposit),
    },
    evidence,
    money: amount,
    ...(separate && { separate }),
  }))

const exposureOf = ({ credited, reversed, refunded }: Deposit): Money => {
  const left = toMinorUnits(credited) - toMinorUnits(reversed)
  const beyond = toMinorUnits(refunded) - (left > 0n ? left : 0n)
  return fromMinorUnits(beyond > 0n ? beyond : 0n, credited.currency)
}

const refundEvent = (
  type: 'refund.confirmed' | 'refund.failed',
  { refunds }: Deposit,
  { of, vendorId, at, key, amount, refund, candidates, evidence, separate }: RefundOutcome,
  context: EventContext,
): DerivedEvent => {
  const referenceOf = (ref: PaymentRef): string => refunds.find((one) => one.ref === ref)?.reference ?? ref
  const named = refund && referenceOf(refund)
  return {
    event: {
      type,
      // Separate outcomes have the same reports; others are counted in another order when a further report arrives.
      id: `${of}:${type}:${refund ?? `${vendorId}:${separate ? `${candidates.join(',')}:${key}` : evidence[0]}`}`,
      payment: of,
      ...context,
      at,
      amount,
      refund: named,
      candidates: candidates.map(referenceOf),
    },
    evidence,
    money: amount,
    refund: named,
    ...(separate && { separate }),
  }
}

/** The event of the deposit's current state. Events of earlier states are not emitted late. */
const stateEvent = ({ ref, state, attempts }: Deposit, context: EventContext): readonly DerivedEvent[] => {
  const attempt = attempts.find((one) => one.ref === ref)
  if (!attempt || attempt.refused) return []
  if (state === 'not_credited_yet') return approvalEvent(attempt, context)
  return state === 'not_credited' ? endingEvent(attempt, context) : []
}

const approvalEvent = (
  { ref, expected, transactions }: DepositAttempt,
  context: EventContext,
): readonly DerivedEvent[] => {
  const approval = latest(transactions.map((transaction) => transaction.approval))
  if (!approval) return []
  const { at, evidence, vendorId } = approval
  const id = `${ref}:deposit.not_credited_yet:${vendorId}`
  return [
    {
      event: { type: 'deposit.not_credited_yet', id, payment: ref, ...context, at, amount: expected },
      evidence,
    },
  ]
}

/** One event for all ends since the customer's last approval: a vendor can report one end under two ids. */
const endingEvent = ({ ref, transactions }: DepositAttempt, context: EventContext): readonly DerivedEvent[] => {
  const ending = latest(transactions.map((transaction) => transaction.ending))
  if (!ending) return []
  const { at, vendorId, reason } = ending
  const approvedAt = latest(transactions.map(({ approval }) => approval))?.at ?? ''
  const ends = transactions.flatMap((one) => (one.ending && one.ending.at >= approvedAt ? [one.ending] : []))
  const evidence = [...new Set((ends.length > 0 ? ends : [ending]).flatMap((end) => end.evidence))]
  const id = `${ref}:deposit.not_credited:${vendorId}`
  return [{ event: { type: 'deposit.not_credited', id, payment: ref, ...context, at, reason }, evidence }]
}

const latest = <F extends { readonly at: string; readonly key: string }>(facts: readonly (F | null)[]): F | undefined =>
  facts
    .filter((fact): fact is NonNullable<typeof fact> => fact !== null)
    .sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key))
    .at(-1)
