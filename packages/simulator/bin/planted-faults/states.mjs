// What the reports of a payment mean together: amounts, states and what can be refunded.
const core = (name) => `packages/core/src/${name}.ts`

export const stateFaults = [
  {
    name: 'any-amount-pays-the-order',
    file: core('state/deposit-transaction'),
    from: '  const asExpected = usable.filter(({ amount }) => sameMoney(amount, expect))\n',
    to: '  const asExpected = usable.filter(({ amount }) => amount.currency === expect.currency)\n',
    what: 'the order is credited in full, whatever amount the customer has paid',
  },
  {
    name: 'credit-beyond-cents',
    file: core('values/money'),
    from: "  const text = minor.toString().padStart(digits + 1, '0')\n",
    to: "  const text = String(Math.floor(Number(minor) / 10) * 10).padStart(digits + 1, '0')\n",
    what: 'the last decimal of a sum is lost',
  },
  {
    name: 'reports-of-one-credit-add-up',
    file: core('state/deposit-transaction'),
    from: 'usable.reduce((most, { amount }) => larger(most, toMinorUnits(amount)), 0n)',
    to: 'usable.reduce((most, { amount }) => most + toMinorUnits(amount), larger(0n, 0n))',
    what: 'a credit that is reported in two ways counts twice',
  },
  {
    name: 'partial-reversal-takes-all',
    file: core('state/deposit-transaction'),
    from: '  const reversed = reversals.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)\n',
    to: '  const reversed = reversals.reduce((most, { amount }) => larger(most, toMinorUnits(amount)), 0n)\n',
    what: 'of several partial reversals only the largest one counts',
  },
  {
    name: 'unknown-refunds-are-refundable-again',
    file: core('state/refund-state'),
    from: '!isBack(refund.ref) && !isMaybeSent(refund)',
    to: "!isBack(refund.ref) && !isMaybeSent(refund) && refund.state !== 'unknown'",
    what: 'a refund whose outcome is unknown does not reduce what can be refunded',
  },
  {
    name: 'refused-refunds-count-each',
    file: core('state/refund-state'),
    from: "refused && state === 'accepted'",
    to: "refused && state === 'failed'",
    what: 'of several equal refused refunds each counts as sent when the vendor confirms one',
  },
  {
    name: 'returned-refund-stays-taken',
    file: core('state/refund-state'),
    from: "(refund.state === 'failed' || refund.state === 'returned'))",
    to: "refund.state === 'failed')",
    what: 'a refund that was confirmed and came back still counts as refunded',
  },
  {
    name: 'one-failed-refund-counts-twice',
    file: core('state/match-refunds'),
    from: 'methods: groupBy(reports, ({ method }) => method),',
    to: 'methods: [reports],',
    what: 'a refund that failed is reported by two methods, and counts as two (row 3)',
  },
  {
    name: 'failed-payout-stays-accepted',
    file: core('state/payout-state'),
    from: "    if (failures.length > 0) return confirmedBy ? 'returned' : 'failed'\n",
    to: "    if (failures.length > 0 && !has('payout.accepted')) return confirmedBy ? 'returned' : 'failed'\n",
    what: 'a payout that was accepted never fails',
  },
  {
    name: 'customer-reported-elsewhere',
    file: core('state/deposit-state'),
    from: '    factsOf(facts, ...depositFacts).filter((fact) => fact.intent === ref),',
    to: '    factsOf(facts, ...depositFacts).filter((fact) => fact.intent.length === ref.length),',
    what: 'the money of one attempt counts for every attempt',
  },
  {
    name: 'withdrawal-of-the-suggested-amount',
    file: core('state/payout-state'),
    from: '  const amount = request?.amount ?? intent.expect\n',
    to: '  const amount = request ? intent.expect : intent.expect\n',
    what: 'a withdrawal counts with the suggested amount, whatever the customer has chosen',
  },
]
