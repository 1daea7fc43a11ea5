import type { Review } from '@railswitch/core'
import { toMinor, toText } from '../world/money.ts'
import type { World } from '../world/world.ts'

type Reason = Review['reason']

const ofView = [
  'amount_differs',
  'unsigned_money',
  'reversed_beyond_credit',
  'unexpected_credit',
  'overdue',
] as const satisfies readonly Reason[]
const ofRows = ['reinterpreted', 'overpaid', ...ofView] as const satisfies readonly Reason[]

/** How the books of the vendor and those of the shop can differ, and the reviews that explain it. */
const explanations = {
  /** The rows of the shop have another sum than the vendor's books. `reinterpreted` names both sums. */
  rows: ofRows,
  /** The same before a reconciliation: equal notifications of payabl may repeat each other, and only its list tells how many they are. */
  reported: [...ofRows, 'possible_duplicate'],
  /** The library shows another sum than the vendor's books. */
  view: ofView,
  /** The same, if the order of another payment that was lost may have been reported at this one's address. */
  claimed: [...ofView, 'overpaid'],
  /** The library shows other refunds than the vendor's books. */
  refunds: ['unexpected_payout', 'possible_duplicate', 'ambiguous_return', 'unsigned_money', 'outcome_unknown'],
  /** The library shows a state that the vendor's books exclude. */
  state: ['amount_differs', 'unsigned_money', 'overdue', 'outcome_unknown', 'unexpected_credit'],
  /** The library shows a deposit as open whose end the shop has acknowledged. That it takes long is no explanation. */
  end: ['amount_differs', 'unsigned_money', 'outcome_unknown', 'unexpected_credit'],
  /** The shop has recorded other failures than the vendor's books have. */
  failures: ['outcome_unknown', 'ambiguous_return', 'possible_duplicate', 'unexpected_credit', 'person_overruled'],
  /** The library does not know an order of ours. */
  missing: [],
} as const satisfies Readonly<Record<string, readonly Reason[]>>

export type Difference = keyof typeof explanations

/** Reasons whose reviews contain the money that they explain. */
const withMoney: ReadonlySet<Reason> = new Set([
  'unexpected_payout',
  'possible_duplicate',
  'ambiguous_return',
  'unsigned_money',
])

/** Collects what differs about one payment. Whatever no review explains is a violation. */
export const createDifferences = ({ reviews, journal }: World, reference: string) => {
  const explaining = (difference: Difference) =>
    reviews.of(reference).filter(({ reason }) => (explanations[difference] as readonly Reason[]).includes(reason))

  const because = (difference: Difference, what: string): void => {
    if (explaining(difference).length === 0)
      journal.violated('a difference from the vendor is in review', `${reference}: ${what}`)
  }

  /** For refunds, the money of the reviews must be enough to explain the difference. */
  const compare = (difference: Difference, what: string, ours: number, theirs: number): void => {
    if (ours === theirs) return
    const text = `${what} ${toText(ours)}, at the vendor ${toText(theirs)}`
    because(difference, text)
    const explained = explaining(difference)
    if (explained.length > 0 && explained.every(({ reason }) => reason === 'overpaid')) {
      const most = Math.max(...explained.map(({ money }) => toMinor(money?.value ?? '0')))
      if (most < theirs)
        journal.violated('a review names all money that differs', `${reference}: ${text}, in review ${toText(most)}`)
    }
    const isExact = difference === 'refunds' && explained.every(({ reason }) => withMoney.has(reason))
    const sum = explained.reduce((total, { money }) => total + toMinor(money?.value ?? '0'), 0)
    if (isExact && sum > 0 && sum < Math.abs(ours - theirs))
      journal.violated('a review names all money that differs', `${reference}: ${text}, in review ${toText(sum)}`)
  }

  return { because, compare }
}
