// Which payment a report belongs to, and what proves it.
const core = (name) => `packages/core/src/${name}.ts`
const payabl = (name) => `packages/payabl-trustly/src/${name}.ts`

export const ownershipFaults = [
  {
    name: 'echoed-reference-proves-ownership',
    file: core('store/memory/place-report'),
    from: '  const owner = vendorIds.ownerOf(rail, vendorId)\n  const byVendorId',
    to: `  const owner =
    vendorIds.ownerOf(rail, vendorId) ??
    records
      .all()
      .flatMap(({ key, intents }) => intents.map(({ intent }) => ({ key, intent })))
      .filter(({ intent }) => intent.rail === rail && merchantReference(intent) === echo)
      .map(({ key, intent }) => ({ key, intent: paymentRef(intent) }))[0]
  const byVendorId`,
    what: 'whoever orders with our reference pays, cancels or reverses our payment',
  },
  {
    name: 'token-of-any-attempt',
    file: core('store/ownership'),
    from: '  intent.attempt === token.attempt &&\n',
    to: '',
    what: 'the token of one attempt is accepted for every other attempt',
  },
  {
    name: 'echo-is-as-good-as-a-token',
    file: core('store/ownership'),
    from: "    ? { type: 'named', key: byEcho.key, proof: unproven }",
    to: `    ? {
        type: 'owned',
        key: byEcho.key,
        intent: paymentRef((byEcho.intents[0] as RecordedIntent).intent),
        proof: 'token',
        learns: true,
      }`,
    what: 'an unknown transaction of payabl that names our order is believed without a look-up',
  },
  {
    name: 'callback-at-another-address-is-believed',
    file: core('store/ownership'),
    from: '  const named = isProven ? tokenIntent : null\n',
    to: '  const named = isProven || token ? (tokenIntent ?? null) : null\n',
    what: "a callback that arrives at another payment's address credits that payment",
  },
  {
    name: 'unproven-money-is-believed',
    file: payabl('interpret/reading'),
    from: "  const proven = proof !== 'unproven'\n",
    to: '  const proven = proof.length > 0\n',
    what: "what payabl's signature does not cover is believed without a token",
  },
  {
    name: 'payabl-signature-not-checked',
    file: payabl('wire/notification-security'),
    from: "  return genuine ? right(fields) : left({ kind: 'security', reason: 'mismatch' })",
    to: "  return genuine || given.length > 0 ? right(fields) : left({ kind: 'security', reason: 'mismatch' })",
    what: "payabl's signature is not compared",
  },
  {
    name: 'trustly-signature-not-checked',
    file: 'packages/trustly-direct/src/callbacks/notification.ts',
    from: '  if (!verify(part.right, part.right.signature))\n',
    to: '  if (!verify(part.right, part.right.signature) && part.right.signature === null)\n',
    what: "the signature of Trustly's notifications is not compared",
  },
  {
    name: 'ledger-line-of-another-order',
    file: 'packages/trustly-direct/src/look-up/look-up.ts',
    from: 'lines.find((candidate) => candidate.orderId === orderId)',
    to: 'lines.find((candidate) => candidate.orderId.length === orderId.length)',
    what: "the ledger's line of another order credits the deposit",
  },
  {
    name: 'listed-refund-of-another-deposit',
    file: payabl('look-up/listed-transactions'),
    from: ' || !drawsOn(record, deposit, id, order_id)) continue',
    to: ' || (!id && !drawsOn(record, deposit, id, order_id))) continue',
    what: "an equal refund of another deposit in payabl's list counts as ours",
  },
]
