// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are source text
// Which events the application gets, and in which order.
const core = (name) => `packages/core/src/${name}.ts`

export const eventFaults = [
  {
    name: 'second-payment-ships-again',
    file: core('events/shipped-credits'),
    from: '  const freeAt = current.map(({ endedAt }) => endedAt).reduce(later, first.credit.at)\n',
    to: '  const freeAt = current.length >= 0 ? first.credit.at : current.map(({ endedAt }) => endedAt).reduce(later, first.credit.at)\n',
    what: 'an order that is paid twice is credited twice',
  },
  {
    name: 'equal-reversals-have-one-event-id',
    file: core('events/deposit-events'),
    from: '      id: `${payment}:deposit.reversed:${key}`,',
    to: '      id: `${payment}:deposit.reversed:${separate ? key : amount.value}`,',
    what: 'two equal reversals have the same event id',
  },
  {
    name: 'not-reserved-money-is-given-back',
    file: core('events/payout-events'),
    from: 'confirmedBy !== null : reserved === true)',
    to: 'confirmedBy !== null : reserved !== null)',
    what: 'a cancelled withdrawal returns money that was never reserved (row 2)',
  },
  {
    name: 'reserved-money-is-never-given-back',
    file: core('events/payout-events'),
    from: "failures.length > 0 && (kind === 'payout' ? ",
    to: "failures.length > 0 && kind === 'payout' && (kind === 'payout' ? ",
    what: 'a failed withdrawal does not return the money that was reserved',
  },
  {
    name: 'failed-payout-after-confirmation-is-silent',
    file: core('events/payout-events'),
    from: '    if (returnsMoney(attempt))\n',
    to: '    if (returnsMoney(attempt) && !confirmedBy)\n',
    what: 'a payout that comes back after its confirmation makes no event',
  },
  {
    name: 'ending-is-never-emitted',
    file: core('events/deposit-events'),
    from: "  return state === 'not_credited' ? endingEvent(attempt, context) : []",
    to: "  return state === 'not_credited' && attempt.transactions.length > 1 ? endingEvent(attempt, context) : []",
    what: 'the application never hears that a deposit has ended',
  },
  {
    name: 'refund-failure-is-never-emitted',
    file: core('events/deposit-events'),
    from: "    ...deposit.returns.map((outcome) => refundEvent('refund.failed', deposit, outcome, context)),\n",
    to: '',
    what: 'the application never hears that a refund has failed',
  },
  {
    name: 'reversal-before-its-credit',
    file: core('events/derive-events'),
    from: "  const rank = order.indexOf(type === 'deposit.reversed' ? 'deposit.credited' : type)\n",
    to: "  const rank = type === 'deposit.reversed' ? -1 : order.indexOf(type)\n  if (type === 'deposit.reversed') return -1\n",
    what: 'of a credit and its reversal at one time, the reversal comes first',
  },
  {
    name: 'second-credit-before-the-first-reversal',
    file: core('events/derive-events'),
    from: "order.indexOf(type === 'deposit.reversed' ? 'deposit.credited' : type)",
    to: "order.indexOf(type === 'account.not_received' ? 'deposit.credited' : type)",
    what: 'of an order that was paid twice, the second payment is credited before the first one is taken back',
  },
  {
    name: 'one-end-is-emitted-twice',
    file: core('events/deposit-events'),
    from: '(ends.length > 0 ? ends : [ending])',
    to: '(ends.length < 0 ? ends : [ending])',
    what: 'an attempt that the vendor ends under two ids ends twice for the application',
  },
  {
    name: 'second-payment-brings-all',
    file: core('events/deposit-events'),
    from: '  const shipped = shippedCredits(deposit, emitted)\n',
    to: `  const shipped = shippedCredits(deposit, emitted).map((one, index) =>
    index === 0 ? one : { ...one, credit: { ...one.credit, amount: deposit.credited } },
  )
`,
    what: 'a second payment after a chargeback of the first one brings the money of both (row 8)',
  },
  {
    name: 'reversal-without-a-credit',
    file: core('events/deposit-events'),
    from: '      transaction.credit?.evidence.some((id) => emittedEvidence.has(id)) &&\n',
    to: '      transaction.credit?.evidence.some((id) => emittedEvidence.size >= 0 || id) &&\n',
    what: 'the reversal of a payment that was never emitted takes back other money',
  },
  {
    name: 'imported-credit-is-emitted-again',
    file: core('derivation/derive-record'),
    from: '  const ledger = [...record.emitted, ...importedEvents(record)]\n',
    to: '  const ledger = [...record.emitted, ...importedEvents(record).slice(0, 0)]\n',
    what: 'the state in which a payment was imported is emitted like a new one (row 14)',
  },
]
