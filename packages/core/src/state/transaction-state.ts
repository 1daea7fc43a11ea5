import { groupBy } from '../group-by.ts'
import { type Money, sameMoney, toMinorUnits } from '../money.ts'
import type { FactOf } from '../record/fact.ts'
import type { Reason } from '../reviews/reason.ts'
import type { DepositFact, DepositState } from './deposit-state.ts'

/** One of the vendor's transactions: a dead one never ends a paid one of the same attempt. */
export interface Transaction {
  readonly vendorId: string
  readonly state: DepositState
  /** In minor units of the expected currency. */
  readonly credited: bigint
  readonly reversed: bigint
  /** The credit as expected, of all reports together; null while a contradiction stands. */
  readonly credit: CreditOfTransaction | null
  readonly reversals: readonly FactOf<'deposit.reversed'>[]
  readonly approval: FactOf<'deposit.not_credited_yet'> | null
  readonly ending: FactOf<'deposit.not_credited'> | null
  readonly reasons: readonly { readonly reason: Reason; readonly evidence: readonly string[]; readonly money?: Money }[]
}

export interface CreditOfTransaction {
  readonly amount: Money
  readonly at: string
  readonly evidence: readonly string[]
}

/** What all facts of one transaction make of it. `facts` is not empty. */
export const deriveTransaction = (expect: Money, facts: readonly [DepositFact, ...DepositFact[]]): Transaction => {
  const credits = ofType(facts, 'deposit.credited')
  const usable = credits.filter(({ amount }) => amount.currency === expect.currency)
  const reversals = ofType(facts, 'deposit.reversed').filter(({ amount }) => amount.currency === expect.currency)
  const credited = usable.reduce((most, { amount }) => larger(most, toMinorUnits(amount)), 0n)
  const reversed = reversals.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
  const [ending = null] = earliestFirst(ofType(facts, 'deposit.not_credited'))
  const [approval = null] = earliestFirst(ofType(facts, 'deposit.not_credited_yet'))
  const asExpected = usable.filter(({ amount }) => sameMoney(amount, expect))
  const others = usable.filter(({ amount }) => !sameMoney(amount, expect))
  const strange = credits.filter((credit) => !usable.includes(credit))
  // A person decides first whether an order that was cancelled is to be shipped after all.
  const isContradicted = ending !== null && credits.length > 0
  const isDecided = credits.some(({ source }) => source === 'person')
  const evidence = (some: readonly DepositFact[]): readonly string[] => [
    ...new Set(some.flatMap((fact) => fact.evidence)),
  ]
  const [firstCredit] = earliestFirst(asExpected)
  return {
    vendorId: facts[0].vendorId,
    state: stateOf(),
    credited,
    reversed,
    credit:
      firstCredit && (!isContradicted || isDecided)
        ? { amount: expect, at: firstCredit.at, evidence: evidence(asExpected) }
        : null,
    reversals,
    approval,
    ending,
    reasons: [
      ...strange.map(({ amount: money, ...fact }) =>
        reasonOf('currency_differs', evidence([{ ...fact, amount: money }]), money),
      ),
      ...groupBy(others, ({ amount }) => String(toMinorUnits(amount))).map((same) =>
        reasonOf('amount_differs', evidence(same), same[0].amount),
      ),
      ...(isContradicted && !isDecided
        ? [reasonOf('credited_and_cancelled', evidence([...credits, ending]), credits[0]?.amount)]
        : []),
      ...(credited > 0n && reversed > credited ? [reasonOf('reversed_beyond_credit', evidence(reversals))] : []),
    ],
  }

  function stateOf(): DepositState {
    if (reversed > 0n) return 'reversed'
    if (asExpected.length > 0) return 'credited'
    if (ending) return 'not_credited'
    return approval || credits.length > 0 ? 'not_credited_yet' : 'pending'
  }
}

/** Of an attempt that was refused: nobody was sent to a checkout of it, and no report opens it again. */
export const refusedTransaction = (_expect: Money, facts: readonly [DepositFact, ...DepositFact[]]): Transaction => {
  const money = [...ofType(facts, 'deposit.credited'), ...ofType(facts, 'deposit.reversed')]
  return {
    vendorId: facts[0].vendorId,
    state: 'not_credited',
    credited: 0n,
    reversed: 0n,
    credit: null,
    reversals: [],
    approval: null,
    ending: null,
    reasons: money.map(({ amount, evidence }) => reasonOf('unexpected_credit', evidence, amount)),
  }
}

const ofType = <T extends DepositFact['type']>(facts: readonly DepositFact[], type: T): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> & DepositFact => fact.type === type)

const earliestFirst = <F extends DepositFact>(facts: readonly F[]): readonly F[] =>
  [...facts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1))

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

const reasonOf = (reason: Reason, evidence: readonly string[], money?: Money) => ({
  reason,
  evidence,
  ...(money && { money }),
})
