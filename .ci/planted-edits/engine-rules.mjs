// The rules that protect money: whose a report is, what may begin, what is repeated, what is matched twice.
const kit = (name) => ({ file: 'packages/conformance/src/store/store-kit.test.ts', name: `the memory store ${name}` })
const core = (name) => `packages/core/src/${name}.ts`

export const engineRules = [
  {
    name: 'a stronger proof proves what the weaker one said',
    file: core('record/report'),
    from: '? { ...received, intent } : { ...stored, intent }',
    to: '? { ...stored, proof: received.proof, intent } : { ...stored, intent }',
    test: kit(
      'PROOF-002 keeps the content of a report with the stronger proof, whatever a weaker one contains before or afterwards',
    ),
  },
  {
    name: 'what came last counts',
    file: core('record/report'),
    from: 'strength[received.proof] > strength[stored.proof]',
    to: 'strength[received.proof] >= strength[stored.proof]',
    test: kit(
      'PROOF-002 keeps the content of a report with the stronger proof, whatever a weaker one contains before or afterwards',
    ),
  },
  {
    name: 'not_sent forgets what was reported',
    file: core('store/record-rules'),
    from: 'recorded.conclusion || recorded.resumed || isReported(recorded, record) ? recorded : null',
    to: 'recorded.conclusion || recorded.resumed ? recorded : null',
    test: kit('END-002 never deletes an intent to which a report was applied, because the vendor knows it'),
  },
  {
    name: 'not_sent forgets what another call may have sent',
    file: core('store/record-rules'),
    from: 'recorded.conclusion || recorded.resumed || isReported(recorded, record) ? recorded : null',
    to: 'recorded.conclusion || isReported(recorded, record) ? recorded : null',
    test: kit('END-001 never deletes an intent that a second call has resumed, because that call may have sent it'),
  },
  {
    name: 'a worse response replaces a better one',
    file: core('store/record-rules'),
    from: 'conclusion: open ? conclusion : recorded.conclusion',
    to: 'conclusion',
    test: kit('END-006 never replaces a result by a less certain one'),
  },
  {
    name: 'a new attempt while not_credited_yet',
    file: core('store/intent-rules'),
    from: "deposit.state === 'credited' || deposit.attempts.some(({ transactions }) => transactions.some(isApproved))",
    to: "deposit.state === 'credited'",
    test: kit('RULE-005 refuses a further attempt at a deposit that is approved and not credited yet'),
  },
  {
    name: 'a new attempt at a refund that may still pay',
    file: core('store/refund-rules'),
    from: 'if (!intent.imported && deposit.refunds.some((refund) => isOpenAttempt(refund, intent)))\n',
    to: 'if (deposit.refunds.length < 0)\n',
    test: kit('RULE-003 refuses a second attempt at a refund while the first may still pay'),
  },
  {
    name: 'the token of an answered call teaches',
    file: core('store/ownership'),
    from: "  conclusion === null ||\n  conclusion.state === 'unknown' ||\n",
    to: "  conclusion?.state !== 'refused' ||\n",
    test: kit('TOKEN-003 learns nothing from the token of a call that was answered'),
  },
  {
    name: 'the token of a refused call teaches',
    file: core('store/ownership'),
    from: "  conclusion === null ||\n  conclusion.state === 'unknown' ||\n",
    to: "  conclusion === null ||\n  conclusion.state !== 'started' ||\n",
    test: kit('TOKEN-004 learns nothing from the token of a call that was refused'),
  },
  {
    name: 'the token of any attempt is good for all',
    file: core('store/ownership'),
    from: '  intent.attempt === token.attempt &&\n',
    to: '',
    test: kit('TOKEN-005 accepts a token for its own rail and attempt only, and reports any other as lost data'),
  },
  {
    name: 'a token is believed more than the vendor id',
    file: core('store/ownership'),
    from: 'if (byVendorId && !(named && drawsOn(named, byVendorId.intent, transactions)))',
    to: 'if (byVendorId && !named)',
    test: kit('OWN-005 prefers the vendor id to the token of another payment'),
  },
  {
    name: 'a token proves what names another payment',
    file: core('store/ownership'),
    from: '    : !namesIntent(token, echoed) && echoed.intent.of !== paymentRef(token.intent)\n',
    to: '    : false\n',
    test: kit(
      'ADDR-001 credits neither payment with a report at the address of another one than it names, where the secret is ours',
    ),
  },
  {
    name: 'a token proves what names the deposit of a refund only with its own reference',
    file: core('store/ownership'),
    from: '  [paymentRef(intent), intent.of, intent.account].includes(paymentRef(other.intent))\n',
    to: '  paymentRef(intent) === paymentRef(other.intent)\n',
    test: kit('ADDR-006 applies a report of a refund or a payout that echoes the deposit'),
  },
  {
    name: 'any token of a payment covers all its money',
    file: core('store/ownership'),
    from: '  paymentRef(intent) === ref ||\n',
    to: '  record.intents.some((other) => paymentRef(other.intent) === paymentRef(intent)) ||\n',
    test: kit('PROOF-004 does not accept the token of another call of the payment as proof of the money'),
  },
  {
    name: 'messageid is optional',
    file: 'packages/trustly-direct/src/callbacks/notification-data.ts',
    from: "const identity = ['orderid', 'notificationid', 'messageid'] as const",
    to: "const identity = ['orderid', 'notificationid'] as const",
    test: {
      file: 'packages/trustly-direct/src/callbacks/notification-data.test.ts',
      name: 'row 17: a credit is refused when its messageid, which it needs, is missing, null, empty or odd',
    },
  },
  {
    name: 'sync repeats or looks up running calls',
    file: 'packages/railswitch/src/sync/resolve-money-out.ts',
    from: 'const runningCallMs = 60_000',
    to: 'const runningCallMs = 0',
    test: {
      file: 'packages/railswitch/src/sync/resolve-money-out.test.ts',
      name: 'a running call is neither looked up nor repeated, even if its payment is due',
    },
  },
  {
    name: 'a refund reported again is matched again',
    file: core('state/match-refunds'),
    from: 'Math.max(0, ...group.methods.map((reportsOfMethod) => certainOf(group, reportsOfMethod)))',
    to: 'group.methods.map((reports) => certainOf(group, reports)).reduce((sum, one) => sum + one, 0)',
    test: {
      file: 'packages/core/src/state/match-refunds.test.ts',
      name: 'a refund that failed, was retried and is reported again by another method failed once; a credit that could belong to the retry is a review',
    },
  },
  {
    name: 'what was emitted with another amount is emitted again',
    file: core('events/compare-emitted'),
    from: 'pending: unmatchedDerived.filter((event) => !isReinterpreted(event)),',
    to: 'pending: unmatchedDerived,',
    test: {
      file: 'packages/core/src/events/compare-emitted.test.ts',
      name: 'a second event from the evidence of an emitted one is a difference and is not emitted',
    },
  },
  {
    name: 'a booking belongs to the payment that it names, whatever its vendor id',
    file: core('store/memory/place-report'),
    from: 'return owner ? records.get(owner.key) : reference === null ? undefined : named(records, rail, reference)',
    to: 'return reference === null ? owner && records.get(owner.key) : named(records, rail, reference)',
    test: kit(
      'FIND-002 finds a payment by its merchant reference on the rail if the vendor id belongs to none, each attempt by its own',
    ),
  },
  {
    name: 'of equal refunds, one is emitted twice and another never when a further report arrives',
    file: core('events/compare-emitted'),
    from: 'of [isIdentical, agrees, isSameRefund, overlaps, hasSameId, wasUnnamed])',
    to: 'of [isIdentical, agrees, overlaps, hasSameId, wasUnnamed])',
    test: {
      file: 'packages/core/src/events/compare-emitted.test.ts',
      name: 'equal refunds whose reports change places are each emitted once, without a difference',
    },
  },
  {
    name: 'a refund whose report another one has used is never emitted',
    file: core('events/compare-emitted'),
    from: '    .map((event) => withExchangedEvidence(event, ledger, pairs))\n',
    to: '',
    test: {
      file: 'packages/core/src/events/compare-emitted.test.ts',
      name: 'equal refunds whose reports change places are each emitted once, without a difference',
    },
  },
  {
    name: 'a credit that was emitted is not known as emitted when an earlier one is reported',
    file: core('events/shipped-credits'),
    from: '  if (first.isEmitted) return { candidate: first, at: first.credit.at }\n',
    to: '',
    test: {
      file: 'packages/core/src/events/shipped-credits.test.ts',
      name: 'a payment counts as emitted if one of its reports is evidence of an emitted event',
    },
  },
  {
    name: 'what was reported of an order before the response to its call is never applied',
    file: core('store/memory/vendor-ids'),
    from: '      if (waiting.length === 0) continue\n',
    to: '      if (waiting.length >= 0) continue\n',
    test: {
      file: 'packages/core/src/store/memory/vendor-ids.test.ts',
      name: 'a vendor id applies the reports that were stored under it before, in any record',
    },
  },
  {
    name: 'a question gets the acknowledgement of a statement in the same report',
    file: core('derivation/derive-record'),
    from: "  const answer = answers.find((one) => one !== 'ok')\n  if (answer !== undefined) return",
    to: '  const [answer] = answers\n  if (answer !== undefined) return',
    test: {
      file: 'packages/core/src/derivation/derive-record.test.ts',
      name: 'the answer to a report is the answer to the question if the report belongs to several events',
    },
  },
  {
    name: 'a withdrawal is approved although the application could not reserve its money',
    file: 'packages/railswitch/src/commands/decide-withdrawal.ts',
    from: "  if (decision === 'approve' && attempt.reserved === false)\n",
    to: "  if (decision === 'approve' && attempt.reserved === null)\n",
    test: {
      file: 'packages/railswitch/src/commands/decide-withdrawal.test.ts',
      name: 'a withdrawal whose money was not reserved can be denied, but not approved',
    },
  },
  {
    name: 'an equal refund is confirmed instead of the one that was begun in the second of the report',
    file: core('state/match-refunds'),
    from: 'candidates.filter(({ begunAt }) => begunAt <= late).length',
    to: 'candidates.filter(({ begunAt }) => begunAt <= at).length || candidates.slice(0, 1).filter(({ begunAt }) => begunAt <= late).length',
    test: {
      file: 'packages/core/src/state/match-refunds.test.ts',
      name: 'an equal refund that was begun within a minute after the report can be the one that was reported: vendors report whole seconds, and clocks differ',
    },
  },
]
