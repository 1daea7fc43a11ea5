// What Trustly's notifications mean.
const trustly = (name) => `packages/trustly-direct/src/${name}.ts`

export const trustlyFaults = [
  {
    name: 'pending-counts-as-credit',
    file: trustly('interpret/deposit'),
    from: "          type: 'deposit.not_credited_yet',\n",
    to: "          type: 'deposit.credited',\n",
    what: 'goods are shipped when the customer has approved, before the money is seen',
  },
  {
    name: 'partial-debits-have-one-key',
    file: trustly('interpret/deposit'),
    from: "(report): Fact => ({ ...factOf(order, [report]), type: 'deposit.reversed', amount: report.money }),",
    to: "(report): Fact => ({ ...factOf(order, [report]), key: order.vendorId, type: 'deposit.reversed', amount: report.money }),",
    what: 'the second partial reversal of a deposit is never emitted',
  },
  {
    name: 'credit-of-a-payout-is-ignored',
    file: trustly('interpret/payout'),
    from: "  const groups = byAmount(withMoney(ofMethod(order, 'payoutfailed', 'credit')))\n",
    to: "  const groups = byAmount(withMoney(ofMethod(order, 'payoutfailed')))\n",
    what: 'a payout that comes back as a credit never fails',
  },
  {
    name: 'returned-refund-is-a-second-credit',
    file: trustly('interpret/credits'),
    from: '    returned: rest.filter((credit) => !isUnexpected(credit) && !isAmbiguous(credit)),\n',
    to: '    returned: rest.filter((credit) => isUnexpected(credit) && !isAmbiguous(credit)),\n',
    what: 'a refund that comes back as a credit is ignored',
  },
  {
    name: 'notification-uuid-is-its-id',
    file: trustly('callbacks/report'),
    from: '    id: data.notificationid ?? uuid,\n',
    to: '    id: uuid,\n',
    what: 'a notification that is delivered again with a new UUID counts again',
  },
  {
    name: 'ledger-of-today-only',
    file: trustly('look-up/look-up'),
    from: '  for (let time = Date.parse(since); dayOf(time) <= dayOf(last); time += dayMs) {\n',
    to: '  for (let time = now.getTime(); dayOf(time) <= dayOf(last); time += dayMs) {\n',
    what: 'a credit of an earlier day is not found in the ledger',
  },
  {
    name: 'cancelled-deposit-stays-open',
    file: trustly('interpret/deposit'),
    from: '  if (cancels.length === 0) return []\n',
    to: "  if (cancels.length === 0 || ofMethod(order, 'pending').length > 0) return []\n",
    what: 'a deposit that is approved and then cancelled stays open',
  },
  {
    name: 'odd-members-are-refused',
    file: trustly('callbacks/notification-data'),
    from: '  const missing = needed.find((name) => data[name] === undefined)\n',
    to: '  const missing =\n    needed.find((name) => data[name] === undefined) ??\n    Object.keys(whole).find((name) => whole[name] === null || (name === "timestamp" && data.at === undefined))\n',
    what: 'a notification with a null or odd optional member is refused for ever (row 17)',
  },
  {
    name: 'revoked-mandate-stays-active',
    file: trustly('interpret/mandate'),
    from: "  if (cancel) return { state: 'revoked', evidence: [cancel], isUnclear: false }\n",
    to: "  if (cancel && ones.length === 0) return { state: 'revoked', evidence: [cancel], isUnclear: false }\n",
    what: 'a mandate that the customer has ended stays active (row 16)',
  },
]
