// What `sync` finds out, and when.
const sync = (name) => `packages/railswitch/src/sync/${name}.ts`

export const syncFaults = [
  {
    name: 'reconcile-records-nothing-new',
    file: 'packages/railswitch/src/reconcile/reconcile-rail.ts',
    from: 'found.right.filter(({ report }) => !stored.has(report.id)),',
    to: 'found.right.filter(({ report }) => stored.has(report.id)),',
    what: 'a chargeback or a refund of the back office whose only notification was lost stays unknown for ever',
  },
  {
    name: 'sync-handles-nothing',
    file: sync('sync'),
    from: '  handlePending,\n  resolveMoneyOut,',
    to: '  resolveMoneyOut,',
    what: 'an event whose handler failed is never handled again',
  },
  {
    name: 'sync-resolves-no-money-out',
    file: sync('sync'),
    from: '  resolveMoneyOut,\n  lookUpUnclear,',
    to: '  lookUpUnclear,',
    what: 'refunds and payouts without a response stay unknown',
  },
  {
    name: 'sync-looks-up-no-deposits',
    file: sync('sync'),
    from: '  lookUpDeposits,\n  lookUpRefunds,',
    to: '  lookUpRefunds,',
    what: 'a deposit whose callbacks were lost stays pending for ever (row 6)',
  },
  {
    name: 'sync-looks-up-nothing-unclear',
    file: sync('sync'),
    from: '  lookUpUnclear,\n  lookUpDeposits,',
    to: '  lookUpDeposits,',
    what: 'a transaction that names our order is never looked up',
  },
  {
    name: 'sync-asks-for-no-accepted-payout',
    file: sync('sync'),
    from: '  checkCredits,\n  confirmElapsedPayouts,',
    to: '  checkCredits,',
    what: 'a payout whose failure was not reported stays accepted for ever',
  },
  {
    name: 'failed-event-is-tried-once',
    file: sync('handle-pending'),
    from: 'next: retryAt(now(), first.event.at) }',
    to: "next: retryAt(now(), first.event.at) > '9' ? '' : null }",
    what: 'if a handler fails in sync too, its event is given up',
  },
  {
    name: 'failed-step-is-given-up',
    file: sync('sync'),
    from: '    return { next: iso(now().getTime() + leaseMs) }\n',
    to: '    return { next: now().getTime() > 0 ? null : iso(now().getTime() + leaseMs) }\n',
    what: 'a payment whose sync failed once is not looked at again',
  },
  {
    name: 'absent-counts-as-accepted',
    file: sync('resolve-money-out'),
    from: '  if (await isStillUnknown(context, recorded))\n',
    to: '  if (!(await store.find(intent.reference)))\n',
    what: 'money out that the vendor does not show counts as accepted',
  },
  {
    name: 'unknown-outcome-needs-no-review',
    file: sync('resolve-money-out'),
    from: "      await recordFound(context, recorded.intent.rail, unknownOutcome, 'elapsed')\n",
    to: '',
    what: 'money out that nobody can find out is never reviewed',
  },
  {
    name: 'elapsed-too-early',
    file: sync('confirm-elapsed-payouts'),
    from: '  const hasElapsed = due <= now.toISOString()\n',
    to: '  const hasElapsed = after(since, hourMs) <= now.toISOString() && due > since\n',
    what: 'a payout counts as paid after an hour',
  },
]
