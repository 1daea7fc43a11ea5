// Rules that are kept twice, so that no simulated world shows when one of them is broken: the vendor's list, a look-up or a repetition
// then says the same. Each must be found by a unit test.
export const secondDefences = [
  {
    name: 'after a further attempt, a lost payment of an earlier one is never found',
    file: 'packages/railswitch/src/sync/look-up-deposits.ts',
    from: '  return deposit.attempts.flatMap((attempt) => {\n',
    to: '  return deposit.attempts.slice(-1).flatMap((attempt) => {\n',
    test: {
      file: 'packages/railswitch/src/sync/look-up-deposits.test.ts',
      name: 'a rail looks up only its own part of the payment',
    },
  },
  {
    name: 'a repeated call counts as resolved although the store could not record its result',
    file: 'packages/railswitch/src/sync/resolve-money-out.ts',
    from: "(await isStillUnknown(context, recorded)) ? 'later' : 'resolved'",
    to: "'resolved'",
    test: {
      file: 'packages/railswitch/src/sync/resolve-money-out.test.ts',
      name: 'money out at a vendor that recognises repeated requests is repeated again if the store could not record the result',
    },
  },
  {
    name: 'money out whose look-up failed is not looked up again',
    file: 'packages/railswitch/src/sync/resolve-money-out.ts',
    from: '  if (!(await lookUp(context, intent.rail, provider, record)))\n',
    to: '  if (!(await lookUp(context, intent.rail, provider, record)) && provider.replays)\n',
    test: {
      file: 'packages/railswitch/src/sync/resolve-money-out.test.ts',
      name: 'money out that is looked up waits for an unreachable vendor for a day at most',
    },
  },
  {
    name: 'a refund that comes back counts as the credit of a deposit that the ledger has credited (row 4)',
    file: 'packages/trustly-direct/src/interpret/credits.ts',
    from: "      ? [at('before'), at('unclear').filter(isNoRefunds)]\n",
    to: "      ? [at('before'), at('unclear'), credits]\n",
    test: {
      file: 'packages/trustly-direct/src/interpret/credits.test.ts',
      name: 'one near a refund of another amount is the deposit’s, also where the ledger shows it',
    },
  },
  {
    name: "a refund's response moves the deposit's order to the refund",
    file: 'packages/trustly-direct/src/operations/refund.ts',
    from: '      taskEither.map(({ result }) => ({ result, vendorIds: [] })),\n',
    to: '',
    test: {
      file: 'packages/trustly-direct/src/operations/refund.test.ts',
      name: 'the deposit’s order is refunded, and its id is none of the refund (java-response-refund)',
    },
  },
  {
    name: 'the second of two equal chargebacks is neither emitted nor reviewed (row 10)',
    file: 'packages/payabl-trustly/src/interpret/chargeback.ts',
    from: '  if (!first || count < 2) return []\n',
    to: '  if (!first || count > 0) return []\n',
    test: {
      file: 'packages/payabl-trustly/src/interpret/chargeback.test.ts',
      name: 'row 10: the same chargeback at another time counts once, and is a review',
    },
  },
  {
    name: 'two equal chargebacks or refunds are one report (row 10)',
    file: 'packages/payabl-trustly/src/callbacks/report.ts',
    from: "payment_state ?? '', sum, timestamp].join('|')",
    to: "payment_state ?? '', sum].join('|')",
    test: {
      file: 'packages/payabl-trustly/src/interpret/deposit.test.ts',
      name: 'reports of one content at several times are one fact, at the earliest time, resting on all of them',
    },
  },
  {
    name: 'the transaction of a refund or a payout is not recorded',
    file: 'packages/payabl-trustly/src/operations/outcome.ts',
    from: '      vendorIds: transactionid === undefined || named.includes(transactionid) ? [] : [transactionid],\n',
    to: "      vendorIds: named.includes(transactionid ?? '') || now() ? [] : [transactionid ?? ''],\n",
    test: {
      file: 'packages/payabl-trustly/src/operations/refund.test.ts',
      name: 'is accepted, never paid, by res-refund-new-docs-authentic.txt',
    },
  },
  {
    name: "equal refunds that are reported under the deposit's id are one",
    file: 'packages/payabl-trustly/src/interpret/unnamed-refunds.ts',
    from: '      ({ vendorId: id, at, errorcode }) => `${id} ${at} ${errorcode}`,\n',
    to: '      ({ vendorId: id, errorcode }) => `${id} ${errorcode}`,\n',
    test: {
      file: 'packages/payabl-trustly/src/interpret/refunds.test.ts',
      name: 'equal refunds of the back office that payabl`s list shows under the deposit`s id one that is notified after the list is a further review',
    },
  },
  {
    name: 'two equal refunds of the back office are one review, with the money of one',
    file: 'packages/payabl-trustly/src/interpret/unnamed-refunds.ts',
    from: 'const cases = first ? Math.max(1, listed + (hasLater ? 1 : 0)) : 0',
    to: 'const cases = first ? 1 : 0',
    test: {
      file: 'packages/payabl-trustly/src/interpret/refunds.test.ts',
      name: 'equal refunds of the back office that payabl`s list shows under the deposit`s id are a review each, and further ones leave the first as it is',
    },
  },
]
