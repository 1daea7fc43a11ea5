// What only one simulated world in a thousand shows: each edit brings back a mistake that cost money there.
const core = (name) => `packages/core/src/${name}.ts`
const payabl = (name) => `packages/payabl-trustly/src/interpret/${name}.ts`
const coreTest = (file, name) => ({ file: `packages/core/src/${file}.test.ts`, name })
const refundTest = (name) => ({ file: 'packages/payabl-trustly/src/interpret/refunds.test.ts', name })

export const rareOrders = [
  {
    name: 'an end that a look-up has shown is another one when it is notified',
    file: core('state/deposit-transaction'),
    from: 'return first ? { ...first, evidence: evidenceOf(facts) } : null',
    to: 'return first ?? null',
    test: coreTest(
      'derivation/derive-record',
      'what a look-up has shown before its notification arrives deposit.not_credited is handled once',
    ),
  },
  {
    name: 'a return that named no refund is emitted again under its name',
    file: core('events/compare-emitted'),
    from: 'overlaps, hasSameId, wasUnnamed]',
    to: 'overlaps, hasSameId]',
    test: coreTest(
      'events/compare-emitted',
      'an emitted return that named no refund is one of the refunds that are known now: none is emitted twice',
    ),
  },
  {
    name: 'a chargeback before its credit opens a checkout',
    file: core('store/intent-rules'),
    from: 'if (deposit.attempts.some(mayHoldMoney))',
    to: 'if (deposit.attempts.length < 0)',
    test: coreTest(
      'store/intent-rules',
      'a deposit does not begin after a chargeback that came before its credit: the rest of the money is there',
    ),
  },
  {
    name: 'a payment that was taken back hides another one that may come',
    file: core('store/intent-rules'),
    from: 'deposit.attempts.some(({ transactions }) => transactions.some(isApproved))',
    to: "deposit.state === 'not_credited_yet'",
    test: coreTest(
      'store/intent-rules',
      'a deposit does not begin while one of two payments may come, though the other was taken back',
    ),
  },
  {
    name: 'what a customer has approved is forgotten if its call was refused',
    file: core('state/deposit-transaction'),
    from: "(state === 'not_credited' && approval !== null && ending === null && reasons.length === 0)",
    to: 'false',
    test: coreTest(
      'store/intent-rules',
      'a deposit does not begin while the customer has approved one whose call was refused',
    ),
  },
  {
    name: 'a credit that was taken back before it was reported is shipped beside another one',
    file: core('events/shipped-credits'),
    from: 'if (first.endedAt !== null && others.some(',
    to: "if (first.endedAt === '' && others.some(",
    test: coreTest(
      'events/shipped-credits',
      'an earlier payment that was reversed before anybody heard of it is not shipped beside the emitted one',
    ),
  },
  {
    name: 'the report of a payout belongs to the deposit at whose address it arrives',
    file: core('store/ownership'),
    from: '&& echoed.intent.of !== paymentRef(token.intent)',
    to: '&& !namesIntent(echoed, token)',
    test: coreTest(
      'store/ownership',
      'a token at whose address a report arrives that echoes another reference proves nothing if the report echoes a payout to the account of the token',
    ),
  },
  {
    name: 'a further checkout opens while a refund is unknown',
    file: core('store/intent-rules'),
    from: ' && deposit.refunds.some(isUnknown))',
    to: ' && deposit.refunds.every(isUnknown) && deposit.refunds.length > 9)',
    test: coreTest(
      'store/intent-rules',
      'a deposit does not begin while a part was taken back and it is not known whether the rest was refunded',
    ),
  },
  {
    name: 'a refund that was sent cannot be imported after a chargeback',
    file: core('store/refund-rules'),
    from: 'const left = toMinorUnits(credited) - takenByRefunds(ref, deposit)',
    to: 'const left = toMinorUnits(credited) - takenByRefunds(ref, deposit) - toMinorUnits(deposit.reversed)',
    test: coreTest(
      'store/refund-rules',
      'an imported attempt of a refund is recorded while an earlier one is open, within what is credited',
    ),
  },
  {
    name: 'a return is emitted again when another report of it is left',
    file: core('events/compare-emitted'),
    from: '  emitted.refund === null &&\n  hasSameAmount(derived, emitted) &&\n',
    to: '  emitted.refund === null &&\n  derived.refund !== null &&\n  hasSameAmount(derived, emitted) &&\n',
    test: coreTest(
      'events/compare-emitted',
      'an unnamed return is not emitted again when another report of it is left',
    ),
  },
  {
    name: 'a further attempt of another amount begins',
    file: core('store/intent-rules'),
    from: 'mayBePaid(recorded) && !sameMoney(recorded.intent.expect, intent.expect)',
    to: 'mayBePaid(recorded) && !recorded.intent.expect',
    test: coreTest('store/intent-rules', 'a deposit has one amount for all attempts whose checkout may be paid'),
  },
  {
    name: 'a refund is imported only if the store knows the credit',
    file: core('store/refund-rules'),
    from: 'const isCreditUnknown = toMinorUnits(credited) === 0n',
    to: 'const isCreditUnknown = false',
    test: coreTest(
      'store/refund-rules',
      'an imported attempt of a refund is recorded while an earlier one is open, within what is credited',
    ),
  },
  {
    name: 'a reference that the vendor signs is ignored if it is not stored',
    file: core('store/ownership'),
    from: "? signs === 'everything' && echo !== null && echo !== merchantReference(token.intent)",
    to: '? false && signs !== echo',
    test: coreTest(
      'store/ownership',
      'a token at whose address a report arrives that echoes another reference proves nothing if the vendor signs a reference that is not stored',
    ),
  },
  {
    name: 'a chargeback at the address of a payout belongs to the payout',
    file: core('store/ownership'),
    from: 'if (kinds && !kinds.includes(token.intent.kind)) return true',
    to: 'if (kinds?.length === 0) return true',
    test: coreTest(
      'store/ownership',
      'a token at whose address a report arrives that echoes another reference proves nothing if such a report cannot be about the kind of payment',
    ),
  },
  {
    name: 'money of a refused call is a foreign order',
    file: core('store/ownership'),
    from: "(conclusion.state === 'refused' && signs === 'everything' && echo === merchantReference(intent))",
    to: "(conclusion.state === 'refused' && signs === echo && echo === merchantReference(intent))",
    test: coreTest(
      'store/ownership',
      'a genuine token of a refused call assigns it if the vendor signs our reference: it has made an order all the same',
    ),
  },
  {
    name: 'a refund of the back office is one that the list shows under the deposit`s id',
    file: payabl('unnamed-refunds'),
    from: 'const left = withoutListed(inQuestion, facts, ofDeposit)',
    to: 'const left = facts.length < 0 ? withoutListed(inQuestion, facts, ofDeposit) : inQuestion',
    test: refundTest(
      'a refund of the back office that payabl`s list shows under an id of its own is another one than those of ours that the list shows under the deposit`s id',
    ),
  },
  {
    name: 'a payment that payabl only lists has no refunds',
    file: payabl('refunds'),
    from: 'method === listedCapture && intent ===',
    to: 'method === listedCapture && intent !==',
    test: refundTest(
      'two equal refunds of the back office under a second payment that payabl only lists are two reviews',
    ),
  },
]
