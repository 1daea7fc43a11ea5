import {
  call,
  captureOf,
  creditedDeposit,
  elements,
  type Fields,
  paymentOf,
  placeDeposit,
  query,
  sample,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'

// The rules: protocol/payabl.md section 3.3. Both answers: the published res-refund-new-docs-authentic and
// -old-docs-authentic.

let sandbox: PayablAlone

beforeEach(async () => {
  sandbox = await startPayablAlone()
})

afterEach(() => sandbox.close())

const refund = (transactionid: string, amount: string, more: Fields = {}, one: PayablAlone = sandbox) =>
  call(one, 'payment_refund', { transactionid, amount, currency: 'EUR', ...more })
const names = (answer: Record<string, string>) => Object.keys(answer).sort()
const namesIn = (file: string) => [...new URLSearchParams(sample(file)).keys()].sort()
const hint = () => sandbox.payabl.requests().at(-1)?.hint

test('takes the money from the balance, in parts up to the amount', async () => {
  const id = await creditedDeposit(sandbox)
  const first = await refund(id, '4.50', { external_id: 'refund-0001' })
  expect(first).toMatchObject({ status: '0', errmsg: '', amount: '4.50', currency: 'EUR', orderid: 'trustly-0001' })
  expect(names(first)).toEqual(namesIn('res-refund-new-docs-authentic.txt'))
  expect(first.transactionid).not.toBe(id)
  expect(await refund(id, '5.51')).toMatchObject({ status: '-6102', errmsg: 'Wrong price' })
  expect(hint()).toBe('more than what is left of the pay-in')
  expect(await refund(id, '5.50')).toMatchObject({ status: '0' })
  expect(await refund(id, '0.01')).toMatchObject({ status: '-6102' })
  expect(captureOf(sandbox, id)?.refunds).toEqual([
    { transactionId: first.transactionid, amount: '4.50' },
    { transactionId: expect.any(String), amount: '5.50' },
  ])
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '0.00' })
})

test('made twice pays twice, whatever its external_id', async () => {
  const id = await creditedDeposit(sandbox)
  await refund(id, '1.00', { external_id: 'one' })
  await refund(id, '1.00', { external_id: 'one' })
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '8.00' })
})

test('can be answered as in the older page: pending, under the id of the refunded', async () => {
  const old = await startPayablAlone({ assumptions: { refundId: 'original', refundStatus: 2000 } })
  const id = await creditedDeposit(old)
  const answer = await refund(id, '1.00', {}, old)
  expect(answer).toMatchObject({ transactionid: id, transid: id, status: '2000', errmsg: 'pending' })
  expect(names(answer)).toEqual(namesIn('res-refund-old-docs-authentic.txt'))
  expect(await refund(id, '9.00', {}, old)).toMatchObject({ status: '2000' })
  expect(old.payabl.books().balance).toEqual({ EUR: '0.00' })
  await old.close()
})

test('needs a pay-in that is credited, by the id of its capture', async () => {
  const { id } = await placeDeposit(sandbox)
  expect(await refund(id, '1.00')).toMatchObject({ status: '-6000' })
  expect(hint()).toContain('the id of the preauthorization')
  sandbox.payabl.accept(id)
  const capture = captureOf(sandbox, id)?.transactionId ?? ''
  expect(await refund(capture, '1.00')).toMatchObject({ status: '-5007', errormessage: 'Refund aborted' })
  expect(hint()).toBe('the pay-in is not_credited_yet, not credited')
  sandbox.payabl.credit(id)
  const { transactionid = '' } = await refund(capture, '1.00')
  expect(await refund(transactionid, '1.00')).toMatchObject({ status: '-6000' })
  expect(hint()).toBe('only a pay-in can be refunded')
})

test.each<[Fields, string]>([
  [{ transactionid: '1' }, '-6000'],
  [{ transactionid: 'abc' }, '-6000'],
  [{ amount: undefined }, '-6000'],
  [{ amount: '1.5' }, '-6102'],
  [{ currency: 'SEK' }, '-6103'],
  [{ external_id: 'x'.repeat(256) }, '-6000'],
  [{ language: 'german' }, '-6109'],
  // The first of several, in the order of the table in protocol/payabl.md section 3.3.
  [{ transactionid: 'abc', amount: '1.5', currency: 'eur', language: 'german' }, '-6000'],
  [{ amount: '1.5', currency: 'eur', language: 'german' }, '-6102'],
  [{ currency: 'eur', language: 'german', external_id: 'x'.repeat(256) }, '-6103'],
  [{ language: 'german', external_id: 'x'.repeat(256) }, '-6109'],
])('with %j is refused with %s', async (overrides, status) => {
  const id = await creditedDeposit(sandbox)
  expect(await refund(id, '1.00', overrides)).toMatchObject({ status })
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '10.00' })
})

test('may come from the dashboard, seen only in the books and by tx_diagnose', async () => {
  const id = await creditedDeposit(sandbox)
  const refunded = sandbox.payabl.refundFromDashboard(id, '3.00')
  expect(captureOf(sandbox, id)?.refunds).toEqual([{ transactionId: refunded, amount: '3.00' }])
  expect(elements(await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid: id }), 'type')).toEqual([
    'preauthorization',
    'capture',
    'refund',
  ])
  sandbox.payabl.refundFromDashboard(id)
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '0.00' })
  expect(sandbox.payabl.requests().map(({ action }) => action)).not.toContain('payment_refund')
})

test('is reported only where that is assumed; a chargeback is reported', async () => {
  const shop = await startShop()
  const telling = await startPayablAlone({ assumptions: { tellsRefunds: true } })
  for (const one of [sandbox, telling]) {
    const id = await creditedDeposit(one, { notification_url: shop.url })
    await refund(id, '4.50', {}, one)
    one.payabl.chargeBack(id)
    await one.payabl.idle()
    expect(one.payabl.books().balance).toEqual({ EUR: '0.00' })
    expect(paymentOf(one, id)?.transactions.map(({ type, amount }) => `${type} ${amount}`)).toContain('chb 5.50')
  }
  expect(shop.received.map(({ fields }) => fields.type)).toEqual(['capture', 'chb', 'capture', 'refund', 'chb'])
  const reported = Object.keys(shop.received[3]?.fields ?? {}).sort()
  expect(reported).toEqual(namesIn('notification-refund.txt'))
  await telling.close()
  await shop.close()
})

test('stays made when the money turns out not to have come', async () => {
  const id = await creditedDeposit(sandbox)
  await refund(id, '4.50')
  sandbox.payabl.fail(id)
  expect(captureOf(sandbox, id)?.state).toBe('not_credited')
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '-4.50' })
})
