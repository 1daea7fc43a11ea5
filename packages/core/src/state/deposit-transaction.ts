import type { FactOf } from '../record/fact.ts'
import type { ReviewReason } from '../record/review-reason.ts'
import { fromMinorUnits, type Money, sameMoney, toMinorUnits } from '../values/money.ts'
import { compare, groupBy } from '../values/sort-and-group.ts'

/** `not_credited_yet`: the customer has approved, the money has not arrived. `credited`: the money is secured: ship,
 *  unless a review of the deposit is open. */
export type DepositState = 'pending' | 'not_credited_yet' | 'credited' | 'not_credited' | 'reversed'

export const depositFacts = [
  'deposit.not_credited_yet',
  'deposit.credited',
  'deposit.not_credited',
  'deposit.reversed',
] as const
export type DepositFact = FactOf<(typeof depositFacts)[number]>

/** One of the vendor's transactions. A failed transaction does not end a paid one of the same attempt. */
export interface DepositTransaction {
  readonly vendorId: string
  readonly state: DepositState
  /** In the expected currency. */
  readonly credited: Money
  readonly reversed: Money
  /** The credit of the expected amount, or of one that a person has accepted, with all its reports. */
  readonly credit: TransactionCredit | null
  /** It was credited and cancelled, and no person has decided which of both is true. */
  readonly isContradicted: boolean
  readonly reversals: readonly FactOf<'deposit.reversed'>[]
  readonly approval: FactOf<'deposit.not_credited_yet'> | null
  readonly ending: FactOf<'deposit.not_credited'> | null
  readonly reasons: readonly ReviewTrigger[]
}

/** Why a transaction needs review. `cause` distinguishes it from others of the same reason and money. */
export interface ReviewTrigger {
  readonly reason: ReviewReason
  readonly money: Money
  readonly cause: string
}

export interface TransactionCredit {
  readonly amount: Money
  readonly at: string
  readonly evidence: readonly string[]
}

/** The state of one transaction from all its facts. */
export const deriveTransaction = (
  expect: Money,
  facts: readonly [DepositFact, ...DepositFact[]],
): DepositTransaction => {
  const isExpectedCurrency = ({ amount }: { readonly amount: Money }): boolean => amount.currency === expect.currency
  const credits = ofType(facts, 'deposit.credited')
  const usable = credits.filter(isExpectedCurrency)
  const allReversals = ofType(facts, 'deposit.reversed')
  const reversals = allReversals.filter(isExpectedCurrency)
  const credited = usable.reduce((most, { amount }) => larger(most, toMinorUnits(amount)), 0n)
  const reversed = reversals.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
  const ending = firstOf(ofType(facts, 'deposit.not_credited'))
  const approval = firstOf(ofType(facts, 'deposit.not_credited_yet'))
  const asExpected = usable.filter(({ amount }) => sameMoney(amount, expect))
  const decided = usable.filter(({ source }) => source === 'person')
  const isAccepted = (money: Money): boolean => decided.some(({ amount }) => sameMoney(amount, money))
  const counting = asExpected.length > 0 ? asExpected : usable.filter(({ amount }) => isAccepted(amount))
  // If an order was credited and cancelled, a person must decide whether to ship it.
  const isContradicted = ending !== null && credits.length > 0 && !credits.some(({ source }) => source === 'person')
  const [firstCredit] = earliestFirst(counting)
  // After a reversal it is another case, because other money is concerned.
  const cause = reversed > 0n ? String(reversed) : ''
  return {
    vendorId: facts[0].vendorId,
    state: stateOf(),
    credited: fromMinorUnits(credited, expect.currency),
    reversed: fromMinorUnits(reversed, expect.currency),
    credit: firstCredit ? { amount: firstCredit.amount, at: firstCredit.at, evidence: evidenceOf(counting) } : null,
    isContradicted,
    reversals,
    approval,
    ending,
    reasons: [
      ...amountsOf(credits).flatMap((money): readonly ReviewTrigger[] => [
        ...(money.currency === expect.currency ? [] : [{ reason: 'currency_differs' as const, money, cause }]),
        ...(money.currency !== expect.currency || sameMoney(money, expect) || isAccepted(money)
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
    if (counting.length > 0) return 'credited'
    if (ending) return 'not_credited'
    return approval || credits.length > 0 ? 'not_credited_yet' : 'pending'
  }
}

/** The customer has approved it, whatever the response to its call was, and neither its money nor its end was reported. */
export const isApproved = ({ state, approval, ending, reasons }: DepositTransaction): boolean =>
  state === 'not_credited_yet' ||
  (state === 'not_credited' && approval !== null && ending === null && reasons.length === 0)

/** A transaction of a refused attempt. No report opens it again. */
export const refusedTransaction = (
  { currency }: Money,
  facts: readonly [DepositFact, ...DepositFact[]],
): DepositTransaction => ({
  vendorId: facts[0].vendorId,
  state: 'not_credited',
  credited: fromMinorUnits(0n, currency),
  reversed: fromMinorUnits(0n, currency),
  credit: null,
  isContradicted: false,
  reversals: [],
  approval: firstOf(ofType(facts, 'deposit.not_credited_yet')),
  ending: firstOf(ofType(facts, 'deposit.not_credited')),
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

/** Each amount once, even if it was reported several times. */
const amountsOf = (facts: readonly { readonly amount: Money }[]): readonly Money[] =>
  groupBy(facts, ({ amount }) => `${toMinorUnits(amount)} ${amount.currency}`).map(([{ amount }]) => amount)

const evidenceOf = (facts: readonly DepositFact[]): readonly string[] => [
  ...new Set(facts.flatMap(({ evidence }) => evidence)),
]

/** The earliest one, with the reports of all: what a look-up has shown may be notified afterwards, with an earlier time. */
const firstOf = <F extends DepositFact>(facts: readonly F[]): F | null => {
  const [first] = earliestFirst(facts)
  return first ? { ...first, evidence: evidenceOf(facts) } : null
}

const ofType = <T extends DepositFact['type']>(facts: readonly DepositFact[], type: T): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> & DepositFact => fact.type === type)

const earliestFirst = <F extends DepositFact>(facts: readonly F[]): readonly F[] =>
  [...facts].sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key))

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
