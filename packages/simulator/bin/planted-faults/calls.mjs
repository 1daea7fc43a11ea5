// What is sent to a vendor, how often, and to which one.
const core = (name) => `packages/core/src/${name}.ts`
const railswitch = (name) => `packages/railswitch/src/${name}.ts`

export const callFaults = [
  {
    name: 'second-attempt-while-approved',
    file: core('store/intent-rules'),
    from: "if (deposit.state === 'credited' || deposit.state === 'not_credited_yet')",
    to: "if (deposit.state === 'credited')",
    what: 'a further checkout opens while the customer has approved the first one',
  },
  {
    name: 'second-refund-while-open',
    file: core('store/refund-rules'),
    from: 'if (deposit.refunds.some((refund) => isOpenAttempt(refund, intent)))\n',
    to: 'if (deposit.refunds.length < 0)\n',
    what: 'a further attempt of a refund is sent while the first one may still pay',
  },
  {
    name: 'second-payout-while-open',
    file: core('store/intent-rules'),
    from: "new Set(['failed', 'returned', 'pending'])",
    to: "new Set(['failed', 'returned', 'pending', 'unknown'])",
    what: 'a further attempt of a payout is sent while the outcome of the first one is unknown',
  },
  {
    name: 'refunds-beyond-the-credit',
    file: core('store/refund-rules'),
    from: 'return exceeds(intent.expect, attempt.refundable) ?',
    to: 'return exceeds(intent.expect, attempt.credited) ?',
    what: 'earlier refunds do not reduce what can be refunded',
  },
  {
    name: 'unanswered-call-begins-again',
    file: core('store/intent-rules'),
    from: '  if (existing) return checkRepeated(',
    to: '  if (existing?.conclusion) return checkRepeated(',
    what: 'a call that is repeated while the first one is unanswered begins a second time',
  },
  {
    name: 'answered-call-is-sent-again',
    file: railswitch('operations/execute-operation'),
    from: "  if (state === 'done') return right({",
    to: "  if (state === 'done' && begun.right.result === undefined) return right({",
    what: 'a call that has its response is sent again when it is repeated',
  },
  {
    name: 'resent-without-idempotency',
    file: railswitch('operations/execute-operation'),
    from: '  if (resumed && !provider.replays) return',
    to: '  if (resumed && !provider.replays && !provider.lookUp) return',
    what: 'an unanswered call is sent again to a vendor that does not recognise repeated requests',
  },
  {
    name: 'retry-on-the-active-rail',
    file: railswitch('operations/execute-operation'),
    from: 'const provider = readyProvider(context, operation, input, recorded.intent.rail)',
    to: 'const provider = readyProvider(context, operation, input, routed.right.rail)',
    what: 'a retry goes to the rail that is active now, not to the one that was called first',
  },
  {
    name: 'payabl-retries-time-outs',
    file: 'packages/payabl-trustly/src/client/call.ts',
    from: '    const { sent, reason } = response.left\n',
    to: `    const { sent, reason } = response.left
    if (sent && !queries.has(action)) {
      const again = await account.transport({
        url: \`\${account.url}/\${action}\`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.right,
        timeoutMs: account.timeoutMs,
        ...(signal && { signal }),
      })()
      if (!isLeft(again)) return right(again.right)
    }
`,
    what: 'a request without a response is sent to payabl once more',
  },
  {
    name: 'new-uuid-for-a-retry',
    file: 'packages/trustly-direct/src/operations/order-data.ts',
    from: '  uuid: uuidOf(intent),',
    to: "  uuid: resumed ? deriveUuid(paymentRef(intent), 'again') : uuidOf(intent),",
    what: 'a repeated call has another UUID, so Trustly processes it again',
  },
  {
    name: 'lost-request-counts-as-not-sent',
    file: 'packages/trustly-direct/src/client/call.ts',
    from: '      mayHaveHappened ||= response.left.sent\n',
    to: '',
    what: 'a call to Trustly without a response counts as not sent',
  },
  {
    name: 'payabl-time-out-counts-as-not-sent',
    file: 'packages/payabl-trustly/src/client/call.ts',
    from: "    if (!sent) return left(unreachable('payabl', reason))",
    to: "    if (!sent || !queries.has(action)) return left(unreachable('payabl', reason))",
    what: 'a call to payabl without a response counts as not sent',
  },
  {
    name: 'unknown-counts-as-accepted',
    file: 'packages/payabl-trustly/src/operations/outcome.ts',
    from: `            result: toUnknown(payment, now()),`,
    to: `            result: now() ? { status: 'accepted', payment } : toUnknown(payment, now()),`,
    what: 'money out without a response counts as accepted at payabl',
  },
  {
    name: 'older-callback-secrets-forget-calls',
    file: railswitch('operations/record-intent'),
    from: '...older.map((secret) => requestFingerprint(request, secret))]',
    to: '...older.flatMap(() => [])]',
    what: 'after a new callback secret, a repeated call is not recognised',
  },
  {
    name: 'unpublished-error-is-a-refusal',
    file: 'packages/trustly-direct/src/client/map-error.ts',
    from: "  effect: isHarmlessRequest ? 'refused' : 'may_have_happened',",
    to: "  effect: 'refused',",
    what: 'an error that Trustly has never published refuses money out (row 11)',
  },
  {
    name: 'unlisted-code-is-a-refusal',
    file: 'packages/payabl-trustly/src/error-codes.ts',
    from: "...meaning, effect: { in: 'refused', out }, listed: false }",
    to: "...meaning, effect: { in: 'refused', out: out && 'refused' }, listed: false }",
    what: 'a code that payabl has never listed refuses money out',
  },
  {
    name: 'charge-without-a-mandate',
    file: 'packages/trustly-direct/src/operations/reported-account.ts',
    from: "  return account?.mandate === 'active' ? account.account : null",
    to: '  return account ? account.account : null',
    what: 'an account is charged whatever has become of its mandate',
  },
  {
    name: 'missing-rail-counts-as-unpaid',
    file: core('derivation/derive-record'),
    from: '  if (missing.length > 0) return { ...nothing, missingRails: missing }',
    to: '  if (missing.length > 1) return { ...nothing, missingRails: missing }',
    what: 'while a rail is removed, its reports do not count',
  },
  {
    name: 'restored-store-asks-the-active-rail',
    file: railswitch('operations/route'),
    from: '  if (mayBeLost && recorded === null) return left(reconciliationRequired())\n',
    to: '  if (mayBeLost && recorded === null && !config.rails.get(draft.rail)?.replays) return left(reconciliationRequired())\n',
    what: 'after a restored backup, money out that payabl has sent is sent again at Trustly (row 1)',
  },
  {
    name: 'restored-store-holds-nothing',
    file: railswitch('operations/route'),
    from: '  const mayBeLost = movesMoneyOut(draft) && !config.reconciled\n',
    to: "  const mayBeLost = movesMoneyOut(draft) && !config.reconciled && draft.reference === ''\n",
    what: 'after a restored backup, money out that the store does not know is sent again',
  },
  {
    name: 'reference-of-another-payment',
    file: core('store/memory/intents'),
    from: '  return same?.recorded ?? other?.recorded ?? null\n',
    to: '  return (same ?? other)?.record === payment ? (same?.recorded ?? null) : null\n',
    what: 'a reference that another payment uses begins a second time (row 12)',
  },
  {
    name: 'second-charge-while-open',
    file: core('store/intent-rules'),
    from: "  intent.account !== undefined && conclusion?.state !== 'refused' && paymentRef(intent) === ref\n",
    to: "  intent.account !== undefined && conclusion?.state === 'refused' && paymentRef(intent) === ref\n",
    what: 'a further attempt of a charge is sent while the first one may still take the money',
  },
  {
    name: 'imported-order-is-imported-again',
    file: railswitch('commands/import-payment'),
    from: '  if (taken === undefined) return\n',
    to: "  if (taken !== '') return\n",
    what: 'one order of the vendor is imported under two references, and can be refunded twice (row 13)',
  },
]
