import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryStore } from '@railswitch/core'
import { type Sandbox, startSandbox } from '@railswitch/sandbox'
import type { PaymentsConfig, RailConfig } from '../config/payments-config.ts'
import { createPayments } from '../create-payments.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

let north: Sandbox
let south: Sandbox
/** Collects the vendors' notifications without acknowledging them. The tests deliver them. */
let mailbox: Server
let url = ''
const received: string[] = []

beforeAll(async () => {
  mailbox = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push(Buffer.concat(chunks).toString())
    response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => mailbox.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(mailbox.address() as AddressInfo).port}/callbacks`
  const once = { trustly: { redeliverAfterMs: [] } }
  ;[north, south] = await Promise.all([startSandbox(once), startSandbox(once)])
})
afterAll(async () => {
  await Promise.all([north.close(), south.close()])
  mailbox.close()
  mailbox.closeAllConnections()
})

const railOf = ({ trustly: { merchant, url, publicKey } }: Sandbox): RailConfig => ({
  use: 'trustly-direct',
  environment: 'local',
  url,
  publicKey,
  username: merchant.username,
  password: merchant.password,
  privateKey: merchant.privateKey,
})

/** Processes with one store. By default, both rails are configured. */
const world = () => {
  const store = memoryStore()
  const start = (active: PaymentsConfig['active'], more: Partial<PaymentsConfig<void>> = {}) => {
    const payments = createPayments<void>({
      logger: false,
      active,
      providers: { north: railOf(north), south: railOf(south) },
      store,
      statement: 'SHOP',
      callbacks: { url, secrets: ['s'.repeat(32)] },
      ...more,
    })
    payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
    return payments
  }
  return { store, start }
}

const calls = (sandbox: Sandbox) => sandbox.trustly.requests().length
const ordersOf = (sandbox: Sandbox, reference: string) =>
  sandbox.trustly.books().orders.filter(({ messageId }) => messageId === reference)

test('a deposit whose response was lost uses its recorded rail, even if another one is active now', async () => {
  const { start } = world()
  north.trustly.faults.dropNextAnswer('Deposit', 3)
  const input = depositOf('lost')
  await expect(start('north').deposit(input)).rejects.toMatchObject({ effect: 'may_have_happened' })
  const before = calls(south)
  const { rail, why, redirectUrl } = await start('south').deposit(input)
  expect({ rail, why }).toEqual({ rail: 'north', why: 'recorded' })
  expect(ordersOf(north, 'lost')).toMatchObject([{ checkoutUrl: redirectUrl }])
  expect(calls(south)).toBe(before)
})

test('a second attempt uses the rail that is active now', async () => {
  const { start } = world()
  await start('north').deposit(depositOf('anew'))
  expect(await start('south').deposit({ ...depositOf('anew'), attempt: 2 })).toMatchObject({
    rail: 'south',
    why: 'active',
    payment: 'rs1.south.deposit.anew.2',
  })
  expect(ordersOf(south, 'anew_2')).toHaveLength(1)
})

test('a refund uses only the rail of its deposit, and its result contains the rail', async () => {
  const { start } = world()
  const before = start('north')
  const { payment } = await before.deposit(depositOf('back'))
  await credit(before, 'back')
  const south0 = calls(south)
  const refund = { payment, reference: 'back-r', amount: sek('40.00') }
  expect(await start('south').refund(refund)).toMatchObject({ status: 'accepted', rail: 'north', why: 'recorded' })
  expect(ordersOf(north, 'back')[0]?.refunds).toEqual([{ amount: '40.00', state: 'executed' }])
  expect(calls(south)).toBe(south0)
})

test("one rail's signed notification is refused at another rail's address", async () => {
  const { start } = world()
  const payments = start('north')
  await payments.deposit(depositOf('astray'))
  const bytes = await notificationOf('astray')
  expect((await payments.callbacks.web(post('south', bytes))).status).toBe(400)
  expect((await payments.getDeposit({ reference: 'astray' })).history).toEqual([])
  expect((await payments.callbacks.web(post('north', bytes))).status).toBe(200)
  expect((await payments.getDeposit({ reference: 'astray' })).state).toBe('credited')
})

test('calls that need a rail which is no longer configured name the rail to restore, and nothing is sent', async () => {
  const { start } = world()
  const before = start('north')
  const { payment } = await before.deposit(depositOf('gone'))
  await credit(before, 'gone')
  const callsBefore = calls(north) + calls(south)
  const without = start('south', { providers: { south: railOf(south) } })
  await expect(without.refund({ payment, reference: 'gone-r', amount: sek('1.00') })).rejects.toMatchObject({
    code: 'rail_missing',
    effect: 'not_sent',
    hint: expect.stringContaining('providers.north'),
  })
  expect(calls(north) + calls(south)).toBe(callsBefore)
  await expect(without.getDeposit({ reference: 'gone' })).rejects.toMatchObject({ code: 'rail_missing' })
  await expect(without.erasePersonalData({ reference: 'gone' })).rejects.toMatchObject({ code: 'rail_missing' })
  expect((await without.callbacks.web(post('north', await notificationOf('gone')))).status).toBe(404)
})

test('sync reports an unknown refund on a removed rail for manual review, and resolves the others', async () => {
  const { start } = world()
  const both = start('north')
  const onRemovedRail = await both.deposit(depositOf('dead'))
  await credit(both, 'dead')
  const onConfiguredRail = await start('south').deposit(depositOf('alive'))
  await credit(both, 'alive', south)
  for (const [sandbox, { payment }, reference] of [
    [north, onRemovedRail, 'dead-r'],
    [south, onConfiguredRail, 'alive-r'],
  ] as const) {
    sandbox.trustly.faults.dropNextAnswer('Refund', 3)
    expect(await both.refund({ payment, reference, amount: sek('1.00') })).toMatchObject({ status: 'unknown' })
  }
  const without = start('south', {
    providers: { south: railOf(south) },
    clock: () => new Date(Date.now() + 3_600_000),
  })
  expect(await without.sync()).toMatchObject({
    resolved: 1,
    manualReview: [{ payment: 'rs1.north.deposit.dead.1', why: expect.stringContaining('restore') }],
  })
  expect(ordersOf(south, 'alive')[0]?.refunds).toHaveLength(1)
  expect(ordersOf(north, 'dead')[0]?.refunds).toHaveLength(1)
})

/** The customer pays. Returns the signed credit notification. */
const notificationOf = async (reference: string, sandbox = north): Promise<string> => {
  const [order] = ordersOf(sandbox, reference)
  if (!order) throw new Error(`The sandbox has no order ${reference}.`)
  if (order.state === 'created') sandbox.trustly.complete(order.orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  return received.find((body) => body.includes(`"${order.orderId}"`)) ?? ''
}

const post = (rail: string, body: string) =>
  new Request(`${url}/${rail}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

type Started = ReturnType<ReturnType<typeof world>['start']>

const credit = async (payments: Started, reference: string, sandbox = north) => {
  const rail = sandbox === north ? 'north' : 'south'
  const reply = await payments.callbacks.web(post(rail, await notificationOf(reference, sandbox)))
  expect(reply.status).toBe(200)
}
