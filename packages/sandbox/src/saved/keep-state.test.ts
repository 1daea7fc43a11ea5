import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { keys } from '../__fixtures__/keys.ts'
import { placeDeposit as placePayablDeposit } from '../__fixtures__/payabl/shop.ts'
import {
  ask,
  call,
  callBody,
  depositData,
  isSigned,
  placeDeposit,
  post,
  refundData,
  startShop,
} from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let folder: string
let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>
const time = new Date('2026-11-20T09:20:00Z')
const start = () => startSandbox({ data: folder, now: () => time, trustly: { keys } })
const restart = async () => {
  await sandbox.close()
  sandbox = await startSandbox({ data: folder, now: () => time })
  // fetch may still have open connections to the sandbox that ended.
  await fetch(sandbox.url).catch(() => {})
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-sandbox-data-'))
  sandbox = await start()
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
  rmSync(folder, { recursive: true })
})

const place = (reference: string) => placeDeposit(sandbox, { NotificationURL: shop.url, MessageID: reference })
const orders = () => sandbox.trustly.books().orders

test('addresses, keys, secrets, the token and the clock stay', async () => {
  const { url, trustly, payabl, control } = sandbox
  await sandbox.clock.move(86_400_000)
  await restart()
  expect(sandbox.url).toBe(url)
  expect(sandbox.control).toEqual(control)
  expect(sandbox.trustly.publicKey).toBe(trustly.publicKey)
  expect(sandbox.trustly.merchant).toEqual(trustly.merchant)
  expect(sandbox.trustly.stranger.publicKey).toBe(trustly.stranger.publicKey)
  expect(sandbox.payabl.merchant).toEqual(payabl.merchant)
  expect(sandbox.clock.now()).toEqual(new Date(time.getTime() + 86_400_000))
})

test('orders, money and callbacks of Trustly stay, and go on', async () => {
  const [paid, open] = [await place('paid'), await place('open')]
  sandbox.trustly.complete(paid.orderId)
  await sandbox.trustly.idle()
  await call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, paid.orderId, '3.00'))
  sandbox.trustly.change({ payoutfailed: true })
  const before = sandbox.trustly.books()
  await restart()
  expect(sandbox.trustly.books()).toEqual(before)
  expect(sandbox.trustly.switches().payoutfailed).toBe(true)
  sandbox.trustly.returnRefund(paid.orderId, '3.00')
  await sandbox.clock.move(31 * 60_000)
  await sandbox.trustly.idle({ withinMs: 10_000 })
  expect(orders().find(({ orderId }) => orderId === open.orderId)?.state).toBe('cancelled')
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '103.00' })
  const repeated = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant, { MessageID: 'paid' }))
  expect(repeated.error?.code).toBe(637)
})

test('a callback that was not acknowledged is retried after the restart, with the same bytes', async () => {
  const { orderId } = await place('retried')
  shop.answers.push((_, response) => response.writeHead(503).end())
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.attempted()
  await restart()
  await sandbox.trustly.idle({ withinMs: 10_000 })
  const [first, second] = shop.received
  expect(second?.text).toBe(first?.text)
  if (!second) throw new Error('nothing came after the restart')
  const { method, params } = second.message
  expect(isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
  expect(orders()[0]?.notifications).toMatchObject([{ delivered: true, attempts: { length: 2 } }])
})

test('the answer to a debit counts after the restart', async () => {
  const { orderId } = await place('debited')
  sandbox.trustly.complete(orderId)
  await sandbox.trustly.idle()
  shop.answers.push((_, response) => response.writeHead(503).end())
  sandbox.trustly.debit(orderId)
  await sandbox.trustly.attempted()
  await restart()
  await sandbox.trustly.idle({ withinMs: 10_000 })
  expect(orders()[0]?.debits).toEqual([{ amount: '103.00', answer: 'OK' }])
})

test('the answer to the debit of a refund is not recorded on a chargeback', async () => {
  const mandate = { NotificationURL: shop.url }
  sandbox.trustly.complete((await ask(sandbox, 'DirectDebitMandate', mandate)).result.data.orderid)
  const collection = { AccountID: orders()[0]?.accountId ?? null, NotificationURL: shop.url }
  const orderId = (await ask(sandbox, 'DirectDebit', collection)).result.data.orderid
  sandbox.trustly.complete(orderId)
  await ask(sandbox, 'RefundDirectDebit', { OrderID: orderId, Amount: '1.00' }, null)
  await sandbox.trustly.idle()
  // Neither debit is answered before the restart; after it, the chargeback's is not at first.
  for (let times = 0; times < 3; times += 1) shop.answers.push((_, response) => response.writeHead(503).end())
  sandbox.trustly.debit(orderId, '97.02')
  sandbox.trustly.confirmPayout(orderId)
  await sandbox.trustly.attempted(orderId)
  await restart()
  await sandbox.trustly.attempted(orderId)
  const debits = () => orders().find((order) => order.orderId === orderId)?.debits
  expect(shop.received.slice(-2).map(({ message }) => message.params.data.refund)).toEqual([undefined, '1'])
  expect(debits()).toEqual([{ amount: '97.02', answer: null }])
  await sandbox.trustly.idle({ withinMs: 10_000, moveClock: true })
  expect(debits()).toEqual([{ amount: '97.02', answer: 'OK' }])
})

test('a mandate stays: a direct debit on it is accepted and refunded once after the restart', async () => {
  const mandate = (await ask(sandbox, 'DirectDebitMandate')).result.data.orderid
  sandbox.trustly.complete(mandate)
  const AccountID = orders()[0]?.accountId ?? null
  const debit = (await ask(sandbox, 'DirectDebit', { AccountID })).result.data.orderid
  sandbox.trustly.complete(debit)
  const refund = { OrderID: debit, MessageID: 'refund-1' }
  await ask(sandbox, 'RefundDirectDebit', refund, null)
  await restart()
  expect((await ask(sandbox, 'DirectDebit', { AccountID })).result.data.result).toBe('1')
  expect((await ask(sandbox, 'RefundDirectDebit', refund, null)).error.code).toBe(637)
  const again = await ask(sandbox, 'RefundDirectDebit', { OrderID: debit }, null)
  expect(again.result.data.rejected).toBe('ERROR_CHARGE_NOT_REFUNDABLE')
  expect((await ask(sandbox, 'DirectDebitMandate')).error.message).toBe('ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS')
})

test('a repeated UUID is recognised after the restart: the same answer, or 688 for another content', async () => {
  const data = depositData(sandbox.trustly.merchant, { MessageID: 'repeated' })
  const uuid = '258a2184-2842-4485-a5ca-293525152425'
  const refused = '258a2184-2842-4485-a5ca-293525152426'
  const first = await call(sandbox, 'Deposit', data, { uuid })
  const second = await call(sandbox, 'Deposit', data, { uuid: refused })
  expect(second.error.code).toBe(637)
  await restart()
  expect(await call(sandbox, 'Deposit', data, { uuid })).toEqual(first)
  expect(await call(sandbox, 'Deposit', data, { uuid: refused })).toEqual(second)
  expect((await call(sandbox, 'Deposit', { ...data, EndUserID: 'another' }, { uuid })).error.code).toBe(688)
  expect(sandbox.trustly.requests().map(({ outcome }) => outcome)).toEqual([
    'answered',
    'refused',
    'replayed',
    'replayed',
    'refused',
  ])
  expect(orders()).toHaveLength(1)
})

test('the calls of both vendors stay, each with its page', async () => {
  const body = callBody(sandbox, 'Deposit', depositData(sandbox.trustly.merchant), { hash: 'RS256' })
  await post(sandbox.trustly.url, body.replace('alg=RS256;', ''))
  await placePayablDeposit(sandbox, { orderid: 'order-1' })
  const pages = () =>
    Promise.all(
      ['trustly', 'payabl'].map(async (vendor) =>
        (await fetch(`${sandbox.url}/back-office/calls/${vendor}/1`)).text().then((page) => page.split('<main')[1]),
      ),
    )
  const before = await pages()
  expect(before[0]).toContain('SHA-256 without the prefix')
  expect(before[1]).toContain('order-1')
  await restart()
  expect(await pages()).toEqual(before)
  await place('next')
  expect((await fetch(`${sandbox.url}/back-office/calls/trustly/2`)).status).toBe(200)
})

test('what is held stays held, and is delivered at the release', async () => {
  const [held, free] = [await place('held'), await place('free')]
  sandbox.trustly.hold(held.orderId)
  sandbox.payabl.hold()
  sandbox.trustly.complete(held.orderId, { notify: ['credit'] })
  await restart()
  sandbox.trustly.complete(free.orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  expect(shop.received.map(({ message }) => message.params.data.messageid)).toEqual(['free'])
  expect(await (await fetch(`${sandbox.url}/back-office`)).text()).toContain('held')
  sandbox.trustly.release(held.orderId)
  await sandbox.trustly.idle({ withinMs: 10_000 })
  expect(shop.received.map(({ message }) => message.params.data.messageid)).toEqual(['free', 'held'])
})

test('payments, money and ids of payabl stay, and go on', async () => {
  const payablShop = createServer((_, response) => response.end('OK'))
  await new Promise<void>((resolve) => payablShop.listen(0, '127.0.0.1', resolve))
  const notificationUrl = `http://127.0.0.1:${(payablShop.address() as AddressInfo).port}/callbacks`
  const order = { action: 'payment_preauthorize', notificationUrl, amount: '10.00', currency: 'EUR' } as const
  const [credited, accepted] = ['one', 'two'].map((orderid) => sandbox.payabl.otherShop.order({ ...order, orderid }))
  sandbox.payabl.credit(credited ?? '')
  sandbox.payabl.accept(accepted ?? '')
  sandbox.payabl.refundFromDashboard(credited ?? '', '4.00')
  sandbox.payabl.change({ refundStatus: 2000 })
  await sandbox.payabl.idle()
  const before = sandbox.payabl.books()
  await restart()
  expect(sandbox.payabl.books()).toEqual(before)
  expect(sandbox.payabl.switches().refundStatus).toBe(2000)
  await sandbox.clock.move(15 * 86_400_000)
  await sandbox.payabl.idle({ withinMs: 10_000 })
  expect(sandbox.payabl.books().payments.map(({ transactions }) => transactions[0]?.state)).toEqual([
    'credited',
    'not_credited',
  ])
  const third = sandbox.payabl.otherShop.order({ ...order, orderid: 'three' })
  expect(
    new Set([third, ...before.payments.flatMap(({ transactions }) => transactions.map((one) => one.transactionId))])
      .size,
  ).toBe(1 + before.payments.flatMap(({ transactions }) => transactions).length)
  payablShop.close()
})

test('only this user can read the state, and the state of another release is refused', async () => {
  await sandbox.close()
  const file = join(folder, 'sandbox-state.bin')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const right = readFileSync(file)
  writeFileSync(file, serialize({ format: 0 }))
  await expect(start()).rejects.toThrow('is the state of another release of the sandbox: delete it to start anew.')
  writeFileSync(file, right)
  sandbox = await start()
})
