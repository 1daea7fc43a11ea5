import { keys } from '../../__fixtures__/keys.ts'
import { ask, call, isSigned, placeDeposit, refundData, startShop } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeEach(async () => {
  sandbox = await startSandbox({
    trustly: {
      keys,
      redeliverAfterMs: [],
      balance: { SEK: '900.00' },
      switches: { payoutconfirmation: true, payoutfailed: true },
    },
  })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const at = new Date('2026-03-14T15:09:26.500Z')
const stamp = '2026-03-14 16:09:26.5005+01'
const place = () => placeDeposit(sandbox, { NotificationURL: shop.url })
const payOut = async () =>
  String((await ask(sandbox, 'RegisterAccountPayout', { NotificationURL: shop.url })).result.data.orderid)
const credited = async () => {
  const { orderId } = await place()
  sandbox.trustly.complete(orderId)
  await call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, orderId, '3.00'))
  await sandbox.trustly.idle()
  shop.received.length = 0
  return orderId
}
const received = () => shop.received.map(({ message }) => [message.method, message.params.data.timestamp])

test.each<[what: string, happen: () => Promise<unknown>, reported: string[]]>([
  ['complete', async () => sandbox.trustly.complete((await place()).orderId, { at }), ['pending', 'credit']],
  ['cancel', async () => sandbox.trustly.cancel((await place()).orderId, { at }), ['cancel']],
  ['debit', async () => sandbox.trustly.debit(await credited(), '30.00', { at }), ['debit']],
  [
    'returnRefund',
    async () => sandbox.trustly.returnRefund(await credited(), '3.00', { at }),
    ['payoutfailed', 'credit'],
  ],
  [
    'confirmPayout',
    async () => sandbox.trustly.confirmPayout(await payOut(), undefined, { at }),
    ['payoutconfirmation'],
  ],
  ['failPayout', async () => sandbox.trustly.failPayout(await payOut(), { at }), ['payoutfailed', 'credit']],
  ['notify', async () => sandbox.trustly.notify((await place()).orderId, 'credit', {}, { at }), ['credit']],
])('%s says the moment that was chosen', async (_, happen, reported) => {
  await happen()
  await sandbox.trustly.idle()
  expect(received()).toEqual(reported.map((method) => [method, stamp]))
  for (const { message } of shop.received)
    expect(
      isSigned({ method: message.method, ...message.params }, message.params.signature, sandbox.trustly.publicKey),
    ).toBe(true)
})

test('two debits of equal amounts differ by their moments', async () => {
  const orderId = await credited()
  for (const day of [1, 8]) sandbox.trustly.debit(orderId, '30.00', { at: new Date(Date.UTC(2026, 2, day)) })
  await sandbox.trustly.idle()
  expect(received()).toEqual([
    ['debit', '2026-03-01 01:00:00+01'],
    ['debit', '2026-03-08 01:00:00+01'],
  ])
})

test('a notification on its way for days keeps its moment, and others do not wait for it', async () => {
  const orderId = await credited()
  const day = 86_400_000
  sandbox.trustly.debit(orderId, '30.00', { at, delayMs: 2 * day })
  expect(sandbox.trustly.books().orders[0]?.debits).toEqual([{ amount: '30.00', answer: null }])
  sandbox.trustly.debit(orderId, '5.00', { at })
  await sandbox.trustly.idle()
  expect(shop.received.map(({ message }) => message.params.data.amount)).toEqual(['5.00'])
  await sandbox.clock.move(1.9 * day)
  await sandbox.trustly.attempted()
  expect(shop.received).toHaveLength(1)
  await sandbox.clock.move(0.2 * day)
  await sandbox.trustly.attempted()
  expect(shop.received.map(({ message }) => message.params.data)).toMatchObject([
    { amount: '5.00', timestamp: stamp },
    { amount: '30.00', timestamp: stamp },
  ])
})

test('holds notifications of one order, or of all, until they are released', async () => {
  const [held, free] = [await place(), await place()]
  sandbox.trustly.hold(held.orderId)
  for (const { orderId } of [held, free]) sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.attempted()
  expect(shop.received.map(({ message }) => message.params.data.orderid)).toEqual([free.orderId])
  sandbox.trustly.hold()
  sandbox.trustly.release(held.orderId)
  await sandbox.trustly.attempted()
  expect(shop.received).toHaveLength(1)
  sandbox.trustly.release()
  await sandbox.trustly.idle()
  expect(shop.received).toHaveLength(2)
})

test('attempted waits for one attempt, idle for the last', async () => {
  const patient = await startSandbox({ trustly: { keys, redeliverAfterMs: [86_400_000] } })
  shop.answers.push((_, response) => response.writeHead(503).end())
  const { orderId } = await placeDeposit(patient, { NotificationURL: shop.url })
  patient.trustly.complete(orderId, { notify: ['credit'] })
  await patient.trustly.attempted(orderId)
  expect(patient.trustly.books().orders[0]?.notifications[0]).toMatchObject({
    delivered: false,
    attempts: { length: 1 },
  })
  await patient.close()
})
