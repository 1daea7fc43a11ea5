import type { Outcome } from './outcome.ts'

/** Reasons of reviews that are opened because the vendor's reports are ambiguous. */
const undecided = /^(ambiguous_return|possible_duplicate|ambiguous_mandate) /

/**
 * The differences between two plays of one history. If one of them could not decide (because of a look-up in between), its review has the
 * money, and nothing else may differ. Other money may differ only with a `reinterpreted` review.
 */
export const differencesOf = (expected: Outcome, received: Outcome): readonly string[] => {
  const isDoubt = (review: string): boolean => undecided.test(review)
  const doubts = difference(expected.reviews, received.reviews).filter(isDoubt)
  const money = difference(expected.money, received.money)
  // Of two payments of one order, the first one counts. While neither is reversed, a review has their sum; otherwise the net amounts must be equal.
  // A credit that the vendor cancelled is emitted if it came first, and its review has the credited money.
  const isNamed = ['overpaid ', 'credited_and_cancelled '].some((reason) =>
    [expected, received].every(({ reviews }) => reviews.some((review) => review.startsWith(reason))),
  )
  const isNetEqual =
    (expected.wasOverpaid || received.wasOverpaid) && expected.netOfDeposits === received.netOfDeposits
  const isDoubted = (text: string): boolean => doubts.some((review) => amountOf(review) === amountOf(text))
  const unexplained = money.filter((event) => !isDoubted(event) && !((isNamed || isNetEqual) && event.startsWith('deposit.')))
  const hasReading = expected.reinterpreted.length === 1 || received.reinterpreted.length === 1
  return [
    ...(doubts.length > 0 ? [] : difference(expected.states, received.states)).map((one) => `state: ${one}`),
    ...difference(expected.reviews, received.reviews)
      .filter((review) => !isDoubt(review) && !isDoubted(review))
      .map((one) => `review: ${one}`),
    ...(hasReading ? [] : unexplained.map((one) => `money: ${one}`)),
    ...[expected, received].flatMap(({ reinterpreted }) => (reinterpreted.length > 1 ? [`readings: ${reinterpreted}`] : [])),
  ]
}

const amountOf = (text: string): string => /\d+\.\d\d [A-Z]{3}/.exec(text)?.[0] ?? ''

/** The elements that one list contains more often than the other. */
const difference = (expected: readonly string[], received: readonly string[]): readonly string[] => {
  const left = [...received]
  const missing = expected.filter((one) => {
    const index = left.indexOf(one)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return [...missing.map((one) => `${one} (in order only)`), ...left.map((one) => `${one} (out of order only)`)]
}
