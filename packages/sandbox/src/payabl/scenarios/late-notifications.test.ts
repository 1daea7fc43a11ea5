import { call, captureOf, creditedDeposit, isSecured, placeDeposit, startShop } from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'

let sandbox: PayablAlone
let shop: Awaited<ReturnType<typeof startShop>>

beforeEach(async () => {
  sandbox = await startPayablAlone({ assumptions: { tellsRefunds: true }, account: { balance: { EUR: '900.00' } } })
  shop = await startShop()
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const at = new Date('2026-03-14T15:09:26.500Z')
const stamp = '1773500966'
const day = 86_400_000
const place = async () => (await placeDeposit(sandbox, { notification_url: shop.url })).id
const credited = async () => {
  const id = await creditedDeposit(sandbox, { notification_url: shop.url, amount: '100.00' })
  await sandbox.payabl.idle()
  shop.received.length = 0
  return id
}
const payOut = async () => {
  const own = {
    transactionid: await credited(),
    payment_method: '116',
    orderid: 'payout-1',
    notification_url: shop.url,
  }
  const { transactionid = '' } = await call(sandbox, 'payment_cft', { ...own, amount: '5.00', currency: 'EUR' })
  return transactionid
}

test.each<[what: string, happen: () => Promise<unknown>]>([
  ['accept', async () => sandbox.payabl.accept(await place(), { at })],
  ['credit', async () => sandbox.payabl.credit(await place(), { at })],
  ['fail', async () => sandbox.payabl.fail(await place(), undefined, { at })],
  ['abort', async () => sandbox.payabl.abort(await place(), undefined, { at })],
  ['failPayout', async () => sandbox.payabl.failPayout(await payOut(), undefined, { at })],
  ['refundFromDashboard', async () => sandbox.payabl.refundFromDashboard(await credited(), '3.00', { at })],
  ['chargeBack', async () => sandbox.payabl.chargeBack(await credited(), '3.00', { at })],
  ['notify', async () => sandbox.payabl.notify(await place(), {}, { at })],
])('%s says the moment that was chosen', async (_, happen) => {
  await happen()
  await sandbox.payabl.idle()
  expect(shop.received.map(({ fields }) => fields.timestamp)).toEqual([stamp])
  for (const notified of shop.received) expect(isSecured(notified, sandbox.payabl.merchant.secret)).toBe(true)
})

test.each([
  [
    'chargebacks',
    'chargebackId',
    'chb',
    (id: string, moment: Date) => sandbox.payabl.chargeBack(id, '30.00', { at: moment }),
  ],
  [
    'refunds',
    'refundId',
    'refund',
    (id: string, moment: Date) => sandbox.payabl.refundFromDashboard(id, '30.00', { at: moment }),
  ],
] as const)('two equal %s under one transaction id, days apart', async (_, assumption, type, happen) => {
  sandbox.payabl.change({ [assumption]: 'original' })
  const id = await credited()
  for (const time of [at, new Date(at.getTime() + 3 * day)]) happen(id, time)
  await sandbox.payabl.idle()
  expect(shop.received.map(({ fields }) => fields)).toMatchObject([
    { transactionid: id, type, amount: '30.00', timestamp: stamp },
    { transactionid: id, type, amount: '30.00', timestamp: String(Number(stamp) + 3 * 86_400) },
  ])
  expect(sandbox.payabl.books().payments[0]?.transactions.map((one) => [one.type, one.amount])).toEqual([
    ['preauthorization', '100.00'],
    ['capture', '100.00'],
    [type, '30.00'],
    [type, '30.00'],
  ])
})

test('two equal notifications under a chargeback’s own id', async () => {
  const chargeback = sandbox.payabl.chargeBack(await credited(), '30.00', { at })
  sandbox.payabl.notify(chargeback, {}, { at: new Date(at.getTime() + day) })
  await sandbox.payabl.idle()
  expect(shop.received.map(({ fields }) => fields)).toMatchObject([
    { transactionid: chargeback, type: 'chb', amount: '30.00', timestamp: stamp },
    { transactionid: chargeback, type: 'chb', amount: '30.00', timestamp: String(Number(stamp) + 86_400) },
  ])
})

test('a notification on its way for days keeps its moment, and others do not wait for it', async () => {
  const id = await credited()
  sandbox.payabl.chargeBack(id, '30.00', { at, delayMs: 2 * day })
  sandbox.payabl.chargeBack(id, '5.00', { at })
  await sandbox.payabl.idle()
  expect(shop.received.map(({ fields }) => fields.amount)).toEqual(['5.00'])
  await sandbox.clock.move(2.1 * day)
  await sandbox.payabl.attempted()
  expect(shop.received.map(({ fields }) => [fields.amount, fields.timestamp])).toEqual([
    ['5.00', stamp],
    ['30.00', stamp],
  ])
})

test('holds notifications of one payment, by any of its ids, or of all, until they are released', async () => {
  const [held, free] = [await place(), await place()]
  sandbox.payabl.hold(held)
  for (const id of [held, free]) sandbox.payabl.credit(id)
  await sandbox.payabl.attempted()
  expect(shop.received).toHaveLength(1)
  await sandbox.payabl.attempted(held)
  sandbox.payabl.release(captureOf(sandbox, held)?.transactionId)
  await sandbox.payabl.idle()
  expect(shop.received).toHaveLength(2)
  sandbox.payabl.hold()
  sandbox.payabl.chargeBack(held)
  await sandbox.payabl.idle()
  expect(shop.received).toHaveLength(2)
  sandbox.payabl.release()
  await sandbox.payabl.idle()
  expect(shop.received).toHaveLength(3)
})

test('assumptions can be changed while it runs, and read', () => {
  expect(sandbox.payabl.switches()).toMatchObject({ tellsRefunds: true, badSignatureStatus: -999 })
  sandbox.payabl.change({ badSignatureStatus: -6000 })
  expect(sandbox.payabl.switches().badSignatureStatus).toBe(-6000)
  const wrong = { badSignatureStatus: 'none' } as never
  expect(() => sandbox.payabl.change(wrong)).toThrow()
  expect(sandbox.payabl.switches().badSignatureStatus).toBe(-6000)
})
