import type { FactOf } from '../record/fact.ts'
import type { Reason } from '../record/reason.ts'
import { groupBy } from '../values/group-by.ts'
import { fromMinorUnits, type Money, sameMoney, toMinorUnits } from '../values/money.ts'

/** `not_credited_yet`: the customer approved, the money was not seen. `credited`: money secured, ship. */
export type DepositState = 'pending' | 'not_credited_yet' | 'credited' | 'not_credited' | 'reversed'

export const depositFacts = [
  'deposit.not_credited_yet',
  'deposit.credited',
  'deposit.not_credited',
  'deposit.reversed',
] as const
export type DepositFact = FactOf<(typeof depositFacts)[number]>

/** One of the vendor's transactions: a dead one never ends a paid one of the same attempt. */
export interface Transaction {
  readonly vendorId: string
  readonly state: DepositState
  /** In minor units of the expected currency. */
  readonly credited: bigint
  readonly reversed: bigint
  /** The credit as expected, of all reports together. */
  readonly credit: CreditOfTransaction | null
  /** It was credited and cancelled, and no person has said which of both holds. */
  readonly isContradicted: boolean
  readonly reversals: readonly FactOf<'deposit.reversed'>[]
  readonly approval: FactOf<'deposit.not_credited_yet'> | null
  readonly ending: FactOf<'deposit.not_credited'> | null
  readonly reasons: readonly ReviewReason[]
}

/** Why a transaction needs review. `cause` tells it from others of the same reason and money. */
export interface ReviewReason {
  readonly reason: Reason
  readonly money: Money
  readonly cause: string
}

export interface CreditOfTransaction {
  readonly amount: Money
  readonly at: string
  readonly evidence: readonly string[]
}

/** What all facts of one transaction make of it. `facts` is not empty. */
export const deriveTransaction = (expect: Money, facts: readonly [DepositFact, ...DepositFact[]]): Transaction => {
  const isExpectedCurrency = ({ amount }: { readonly amount: Money }): boolean => amount.currency === expect.currency
  const credits = ofType(facts, 'deposit.credited')
  const usable = credits.filter(isExpectedCurrency)
  const allReversals = ofType(facts, 'deposit.reversed')
  const reversals = allReversals.filter(isExpectedCurrency)
  const credited = usable.reduce((most, { amount }) => larger(most, toMinorUnits(amount)), 0n)
  const reversed = reversals.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
  const [ending = null] = earliestFirst(ofType(facts, 'deposit.not_credited'))
  const [approval = null] = earliestFirst(ofType(facts, 'deposit.not_credited_yet'))
  const asExpected = usable.filter(({ amount }) => sameMoney(amount, expect))
  // A person decides first whether an order that was cancelled is to be shipped after all.
  const isContradicted = ending !== null && credits.length > 0 && !credits.some(({ source }) => source === 'person')
  const [firstCredit] = earliestFirst(asExpected)
  // What is taken back of it is other money.
  const cause = reversed > 0n ? String(reversed) : ''
  return {
    vendorId: facts[0].vendorId,
    state: stateOf(),
    credited,
    reversed,
    credit: firstCredit ? { amount: expect, at: firstCredit.at, evidence: evidenceOf(asExpected) } : null,
    isContradicted,
    reversals,
    approval,
    ending,
    reasons: [
      ...amountsOf(credits).flatMap((money): readonly ReviewReason[] => [
        ...(money.currency === expect.currency ? [] : [{ reason: 'currency_differs' as const, money, cause }]),
        ...(money.currency !== expect.currency || sameMoney(money, expect)
          ? []
          : [{ reason: 'amount_differs' as const, money, cause }]),
        ...(isContradicted ? [{ reason: 'credited_and_cancelled' as const, money, cause }] : []),
      ]),
      ...allReversals
        .filter((reversal) => !isExpectedCurrency(reversal))
        .map(({ amount: money, key }) => ({ reason: 'currency_differs' as const, money, cause: key })),
      ...(reversed > credited
        ? [
            {
              reason: 'reversed_beyond_credit' as const,
              money: fromMinorUnits(reversed - credited, expect.currency),
              cause,
            },
          ]
        : []),
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
export const refusedTransaction = (_expect: Money, facts: readonly [DepositFact, ...DepositFact[]]): Transaction => ({
  vendorId: facts[0].vendorId,
  state: 'not_credited',
  credited: 0n,
  reversed: 0n,
  credit: null,
  isContradicted: false,
  reversals: [],
  approval: null,
  ending: null,
  reasons: [
    ...amountsOf(ofType(facts, 'deposit.credited')).map((money) => ({
      reason: 'unexpected_credit' as const,
      money,
      cause: '',
    })),
    ...ofType(facts, 'deposit.reversed').map(({ amount: money, key }) => ({
      reason: 'reversed_beyond_credit' as const,
      money,
      cause: key,
    })),
  ],
})

/** Each amount once, however often it was reported. */
const amountsOf = (facts: readonly { readonly amount: Money }[]): readonly Money[] =>
  groupBy(facts, ({ amount }) => `${toMinorUnits(amount)} ${amount.currency}`).map(([{ amount }]) => amount)

const evidenceOf = (facts: readonly DepositFact[]): readonly string[] => [
  ...new Set(facts.flatMap(({ evidence }) => evidence)),
]

const ofType = <T extends DepositFact['type']>(facts: readonly DepositFact[], type: T): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> & DepositFact => fact.type === type)

const earliestFirst = <F extends DepositFact>(facts: readonly F[]): readonly F[] =>
  [...facts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1))

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
