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
    name: 'listed-chargeback-is-ignored',
    file: payabl('interpret/chargeback'),
    from: '    ...(unnamed && !first ? groupBy(',
    to: '    ...(unnamed && first ? groupBy(',
    what: "a chargeback that only payabl's list shows takes nothing back",
  },
  {
    name: 'claimed-chargeback-is-believed',
    file: payabl('interpret/chargeback'),
    from: '  return provenOf(same) !== null || (money !== null',
    to: '  return same.length > 0 || (money !== null',
    what: "a chargeback that nothing proves takes the money back, without a look into payabl's list",
  },
  {
    name: 'listed-chargeback-is-another-one',
    file: payabl('interpret/chargeback'),
    from: '  const unnamed = listedOf(lists, amount, (id) => !named.has(id))\n',
    to: '  const unnamed = listedOf(lists, amount, () => true)\n',
    what: 'a chargeback that was notified and is listed as well counts twice',
  },
  {
    name: 'refund-of-a-twice-paid-deposit-counts-twice',
    file: payabl('interpret/unnamed-refunds'),
    from: '  const groups = groupBy(ofOutcome, ({ money }) => `${money?.value} ${money?.currency}`)\n',
    to: '  const groups = groupBy(ofOutcome, ({ vendorId, money }) => `${vendorId} ${money?.value} ${money?.currency}`)\n',
    what: 'a refund that is reported under both transactions of a deposit confirms two refunds',
  },
]
