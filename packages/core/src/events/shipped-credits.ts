import type { EmittedEvent } from '../record/payment-record.ts'
import type { Deposit } from '../state/deposit-state.ts'
import type { DepositTransaction, TransactionCredit } from '../state/deposit-transaction.ts'
import { toMinorUnits } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'

/** A transaction whose credit pays the order, or paid it until it was reversed. */
export interface ShippedCredit {
  readonly payment: PaymentRef
  readonly transaction: DepositTransaction
  readonly credit: TransactionCredit
  /** ISO 8601: the credit's own time or, for a second payment, the time at which the first one was reversed. */
  readonly at: string
}

interface Candidate extends Omit<ShippedCredit, 'at'> {
  /** When all of it was reversed; null: it was not. */
  readonly endedAt: string | null
  readonly isEmitted: boolean
}

/**
 * An order that is paid twice is shipped once. The second payment is a review; it pays the order when the first one is reversed. If
 * neither is reversed, the one that was emitted counts, otherwise the earlier one. One that was reversed before it was emitted is left out
 * if another one that was emitted still pays the order.
 */
export const shippedCredits = (deposit: Deposit, emitted: readonly EmittedEvent[]): readonly ShippedCredit[] => {
  const candidates = candidatesIn(deposit, emitted)
  const shipped: (ShippedCredit & Pick<Candidate, 'endedAt'>)[] = []
  const waiting = [...candidates]
  for (let next = nextOf(waiting, shipped); next; next = nextOf(waiting, shipped)) {
    waiting.splice(waiting.indexOf(next.candidate), 1)
    if (next.at !== null) shipped.push({ ...next.candidate, at: next.at })
  }
  return shipped
}

/** The ids of the reports that the emitted credits are derived from. */
export const emittedCredits = (emitted: readonly EmittedEvent[]): ReadonlySet<string> =>
  new Set(emitted.flatMap(({ type, evidence }) => (type === 'deposit.credited' ? evidence : [])))

const candidatesIn = ({ attempts }: Deposit, emitted: readonly EmittedEvent[]): readonly Candidate[] => {
  const emittedEvidence = emittedCredits(emitted)
  return attempts
    .flatMap(({ ref: payment, transactions }) =>
      transactions.flatMap((transaction): readonly Candidate[] => {
        const { credit, credited, reversed, reversals, isContradicted } = transaction
        if (!credit || isContradicted) return []
        const last =
          reversals
            .map(({ at }) => at)
            .sort()
            .at(-1) ?? null
        const isEmitted = credit.evidence.some((id) => emittedEvidence.has(id))
        return [
          {
            payment,
            transaction,
            credit,
            endedAt: toMinorUnits(reversed) >= toMinorUnits(credited) ? last : null,
            isEmitted,
          },
        ]
      }),
    )
    .sort(
      (a, b) =>
        compare(a.credit.at, b.credit.at) ||
        compare(a.payment, b.payment) ||
        compare(a.transaction.vendorId, b.transaction.vendorId),
    )
}

/** The next candidate to decide about. `at` null: it never paid the order. */
const nextOf = (
  [first, ...others]: readonly Candidate[],
  shipped: readonly Pick<Candidate, 'endedAt'>[],
): { readonly candidate: Candidate; readonly at: string | null } | null => {
  if (!first) return null
  // A credit that was emitted was shipped, whatever was reported since.
  const rival = first.isEmitted ? undefined : others.find((one) => one.isEmitted && overlaps(first, one))
  if (rival) return { candidate: rival, at: rival.credit.at }
  if (first.isEmitted) return { candidate: first, at: first.credit.at }
  // Nobody heard of it in time: now the application would ship the order again.
  if (first.endedAt !== null && others.some(({ isEmitted, endedAt }) => isEmitted && endedAt === null))
    return { candidate: first, at: null }
  const current = shipped.filter(({ endedAt }) => endedAt === null || endedAt > first.credit.at)
  const freeAt = current.map(({ endedAt }) => endedAt).reduce(later, first.credit.at)
  return {
    candidate: first,
    at: freeAt !== null && (first.endedAt === null || first.endedAt > freeAt || current.length === 0) ? freeAt : null,
  }
}

const later = (a: string | null, b: string | null): string | null => (a === null || b === null ? null : a > b ? a : b)

const overlaps = (a: Candidate, b: Candidate): boolean => a.endedAt === null || a.endedAt > b.credit.at
