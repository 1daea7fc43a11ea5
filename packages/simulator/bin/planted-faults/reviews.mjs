// What a person must decide, and what becomes of the decision.
const core = (name) => `packages/core/src/${name}.ts`

export const reviewFaults = [
  {
    name: 'decided-money-is-sent-again',
    file: core('store/intent-rules'),
    from: 'const decided = decisionOf(recorded, record, derived)',
    to: 'const decided = null as ReturnType<typeof decisionOf>',
    what: 'money out that a person has decided to have failed is sent when its call is repeated',
  },
  {
    name: 'reviews-are-not-emitted',
    file: core('derivation/derive-record'),
    from: '  const newReviews = reviews.filter(({ id }) => !emitted.has(id)).map(',
    to: '  const newReviews = reviews.filter(({ id, money }) => money === undefined && !emitted.has(id)).map(',
    what: 'no handler hears of a review of money',
  },
  {
    name: 'strangers-are-not-reviewed',
    file: core('reviews/open-reviews'),
    from: '  return count === 0\n',
    to: "  return count === 0 || reason === 'foreign_order'\n",
    what: 'orders that are not known to be ours are never shown to a person',
  },
  {
    name: 'resolved-review-hides-other-money',
    file: core('reviews/open-reviews'),
    from: "cause, ...(money ? [money.value, money.currency] : [])].join(':')",
    to: "cause === '' ? money : ''].join(':')",
    what: 'a review that was resolved hides the next one of its kind (row 5)',
  },
  {
    name: 'resolved-day-hides-later-orders',
    file: core('reviews/open-reviews'),
    from: "(Number(members.count ?? '0') >= count && (members.latest === undefined || members.latest >= latest))",
    to: "(Number(members.count ?? '0') >= 0 && (members.latest === undefined || latest >= members.latest))",
    what: "when a person has resolved the review of others' orders of a day, those that come later stay hidden",
  },
  {
    name: 'wrong-amount-needs-no-review',
    file: core('state/deposit-transaction'),
    from: "          : [{ reason: 'amount_differs' as const, money, cause }]),",
    to: '          : []),',
    what: 'an order that was paid with another amount is never reviewed',
  },
  {
    name: 'overpaid-order-needs-no-review',
    file: core('reviews/deposit-cases'),
    from: '    ...(paid.length > 1\n',
    to: '    ...(paid.length > 2\n',
    what: 'an order that was paid twice is never reviewed',
  },
  {
    name: 'unowned-claims-are-hidden',
    file: core('reviews/unproven-report-cases'),
    from: "  if (foreign.has(vendorId)) return 'foreign_order'\n",
    to: '  if (foreign.has(vendorId)) return null\n',
    what: "another program's transaction with our order id is never reviewed",
  },
  {
    name: 'person-decides-nothing',
    file: core('derivation/interpret-record'),
    from: '    case ownMethods.personFailed:\n',
    to: '      return []\n    case ownMethods.personFailed:\n',
    what: 'a decision that a payout or a refund was paid has no effect',
  },
]
