// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are source text
// What payabl's notifications, diagnoses and lists mean.
const payabl = (name) => `packages/payabl-trustly/src/${name}.ts`

export const payablFaults = [
  {
    name: 'errorcode-0-counts-as-credit',
    file: payabl('interpret/capture-facts'),
    from: "return money ? [{ ...base, type: 'deposit.not_credited_yet', amount: money }] :",
    to: "return money ? [{ ...base, type: 'deposit.credited', amount: money }] :",
    what: 'goods are shipped on errorcode 0, before the money is seen',
  },
  {
    name: 'failure-after-the-credit-is-ignored',
    file: payabl('interpret/capture-facts'),
    from: "    ...(first && amount\n      ? [{ ...toBase(deposit, [first, ...others], 'not_credited')",
    to: "    ...(first && !amount\n      ? [{ ...toBase(deposit, [first, ...others], 'not_credited')",
    what: 'money that is lost again after the credit is not reversed',
  },
  {
    name: 'equal-chargebacks-count-once',
    file: payabl('interpret/chargeback'),
    from: '  if (!first || count < 2) return []\n',
    to: '  if (!first || count > 0) return []\n',
    what: 'the second of two equal chargebacks is neither emitted nor reviewed (row 10)',
  },
  {
    name: 'notification-id-without-its-time',
    file: payabl('callbacks/report'),
    from: "payment_state ?? '', sum, timestamp].join('|')",
    to: "payment_state ?? '', sum].join('|')",
    what: 'two equal chargebacks or refunds are one report (row 10)',
  },
  {
    name: 'look-up-asks-for-no-notification',
    file: payabl('look-up/deposits'),
    from: '  if (isResendDue(record, transactionid, now())) await client.sendNotification({ transactionid }, signal)()\n',
    to: '  if (isResendDue(record, transactionid, now()) && signal.aborted) await client.sendNotification({ transactionid })()\n',
    what: 'payabl is not asked to send a lost notification again, so the deposit is never credited',
  },
  {
    name: 'diagnosis-counts-as-credit',
    file: payabl('look-up/deposits'),
    from: "    method: shownMethod('diagnose', typeOf(step)),\n    members: { errorcode },\n",
    to: "    method: errorcode === '0' ? 'capture' : shownMethod('diagnose', typeOf(step)),\n    members: { errorcode, ...(errorcode === '0' && { payment_state: 'credited' }) },\n",
    what: 'a diagnosis, which does not say whether the money has come, credits the deposit',
  },
  {
    name: 'refund-response-id-is-not-recorded',
    file: payabl('operations/outcome'),
    from: '      vendorIds: transactionid === undefined || named.includes(transactionid) ? [] : [transactionid],\n',
    to: "      vendorIds: named.includes(transactionid ?? '') || now() ? [] : [transactionid ?? ''],\n",
    what: 'the transaction of a refund or a payout is not recorded',
  },
  {
    name: 'payout-success-is-final',
    file: payabl('interpret/payout'),
    from: "  channel === 'diagnose' && errorcode === '0' && Date.parse(at) >= Date.parse(begunAt) + payoutFailureMs\n",
    to: "  channel === 'diagnose' && errorcode === '0' && Date.parse(at) >= Date.parse(begunAt)\n",
    what: 'a diagnosed success confirms a payout that the bank can still return',
  },
  {
    name: 'failed-payout-is-not-read',
    file: payabl('interpret/payout'),
    from: '  const failures = readings.filter(({ errorcode }) => isError(errorcode))\n',
    to: "  const failures = readings.filter(({ errorcode, channel }) => isError(errorcode) && channel === 'callback')\n",
    what: 'the failure of a payout that only a look-up shows is ignored',
  },
  {
    name: 'refunds-under-one-id-count-once',
    file: payabl('interpret/unnamed-refunds'),
    from: '      ({ vendorId: id, at, errorcode }) => `${id} ${at} ${errorcode}`,\n',
    to: '      ({ vendorId: id, errorcode }) => `${id} ${errorcode}`,\n',
    what: "equal refunds that are reported under the deposit's id are one",
  },
  {
    name: 'listed-chargeback-is-ignored',
    file: payabl('interpret/chargeback'),
    from: '    ...(unnamed && !first ? groupBy(',
    to: '    ...(unnamed && first ? groupBy(',
    what: "a chargeback that only payabl's list shows takes nothing back",
  },
  {
    name: 'listed-chargeback-is-another-one',
    file: payabl('interpret/chargeback'),
    from: '  const unnamed = listedOf(lists, amount, (id) => !named.has(id))\n',
    to: '  const unnamed = listedOf(lists, amount, () => true)\n',
    what: 'a chargeback that was notified and is listed as well counts twice',
  },
  {
    name: 'equal-refunds-of-the-list-are-one-review',
    file: payabl('interpret/unnamed-refunds'),
    from: 'const cases = first ? Math.max(1, listed + (hasLater ? 1 : 0)) : 0',
    to: 'const cases = first ? 1 : 0',
    what: 'two equal refunds of the back office are one review, with the money of one',
  },
  {
    name: 'refund-of-a-twice-paid-deposit-counts-twice',
    file: payabl('interpret/unnamed-refunds'),
    from: '  const groups = groupBy(ofOutcome, ({ money }) => `${money?.value} ${money?.currency}`)\n',
    to: '  const groups = groupBy(ofOutcome, ({ vendorId, money }) => `${vendorId} ${money?.value} ${money?.currency}`)\n',
    what: 'a refund that is reported under both transactions of a deposit confirms two refunds',
  },
]
