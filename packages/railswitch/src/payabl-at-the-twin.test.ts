import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryStore, type PaymentEvent } from '@railswitch/core'
import { type Sandbox, type SandboxOptions, startSandbox } from '@railswitch/sandbox'
import { depositOf, sek } from './__fixtures__/shop-at-the-twin.ts'
import { createPayments, type Payments } from './create-payments.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
})

interface Rig {
  readonly sandbox: Sandbox
  readonly payments: Payments<void>
  readonly events: PaymentEvent[]
  readonly url: string
  /** The shop answers no callback until `later` is called. */
  readonly silence: () => void
  /** The same shop an hour later: what was on its way is overdue. */
  readonly later: () => Payments<void>
  readonly transaction: (index?: number) => string
  readonly refunds: () => readonly string[]
}

const rig = async (options: SandboxOptions['payabl'] = {}): Promise<Rig> => {
  const sandbox = await startSandbox({ payabl: options })
  let listener: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => {
    server.close()
    server.closeAllConnections()
    await sandbox.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`
  const events: PaymentEvent[] = []
  const store = memoryStore()
  const start = (now: () => Date): Payments<void> => {
    const payments = createPayments<void>({
      active: 'p',
      providers: {
        p: {
          use: 'payabl-trustly',
          environment: 'local',
          url: sandbox.payabl.url,
          merchantId: sandbox.payabl.merchant.merchantId,
          secret: sandbox.payabl.merchant.secret,
        },
      },
      store,
      callbacks: { url, secrets: ['callback-secret-of-32-characters-x'] },
      surroundings: { now },
    })
    const hear = (event: PaymentEvent) => events.push(event)
    payments.on({
      'deposit.not_credited_yet': hear,
      'deposit.credited': hear,
      'deposit.not_credited': hear,
      'deposit.reversed': (event) => {
        hear(event)
        return { recovered: true }
      },
      'refund.confirmed': hear,
      'review.needed': hear,
      unrecognised: hear,
    })
    listener = payments.callbacks.node
    return payments
  }
  return {
    sandbox,
    payments: start(() => new Date()),
    events,
    url,
    silence: () => {
      listener = (_request, response) => response.writeHead(503).end()
    },
    later: () => start(() => new Date(Date.now() + 3_600_000)),
    transaction: (index = 0) => sandbox.payabl.books().payments[index]?.transactions[0]?.transactionId ?? '',
    refunds: () =>
      sandbox.payabl
        .books()
        .payments.flatMap(({ transactions }) => transactions[0]?.refunds.map(({ amount }) => amount) ?? []),
  }
}

const types = (events: readonly PaymentEvent[]) => events.map(({ type }) => type)

const paid = async (options: SandboxOptions['payabl'] = {}) => {
  const shop = await rig(options)
  const { payment } = await shop.payments.deposit(depositOf('order-1'))
  shop.sandbox.payabl.credit(shop.transaction())
  await shop.sandbox.payabl.idle()
  return { ...shop, payment }
}

test('errorcode 0 with not_credited_yet is not paid, and credited is', async () => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  sandbox.payabl.accept(transaction())
  await sandbox.payabl.idle()
  expect((await payments.get({ reference: 'order-1' })).state).toBe('not_credited_yet')
  sandbox.payabl.credit(transaction())
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.not_credited_yet', 'deposit.credited'])
})

test.each([
  ['an unknown payment_state', { payment_state: 'nearly' }],
  ['errorcode 2000', { errorcode: '2000' }],
])('%s is kept as unrecognised', async (_name, overrides) => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  sandbox.payabl.accept(transaction())
  sandbox.payabl.notify(transaction(), overrides)
  await sandbox.payabl.idle()
  expect(types(events)).toContain('unrecognised')
  expect((await payments.get({ reference: 'order-1' })).state).toBe('not_credited_yet')
})

test.each([
  ['payment_state', { payment_state: 'credited' }],
  ['payment_state and amount', { payment_state: 'credited', amount: '999.00' }],
  ['payment_state and currency', { payment_state: 'credited', currency: 'EUR' }],
])('%s changed under a valid security, without our token, is never money', async (_name, changed) => {
  const { payments, events, url, sandbox, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  sandbox.payabl.accept(transaction())
  await sandbox.payabl.idle()
  const seconds = String(Math.floor(Date.now() / 1000))
  const { createHash } = await import('node:crypto')
  const id = sandbox.payabl.books().payments[0]?.transactions.at(-1)?.transactionId ?? ''
  const security = createHash('sha256').update(`${id}capture0${seconds}${sandbox.payabl.merchant.secret}`).digest('hex')
  const body = new URLSearchParams({
    transactionid: id,
    type: 'capture',
    errorcode: '0',
    timestamp: seconds,
    amount: '100.00',
    currency: 'SEK',
    orderid: 'order-1',
    security,
    ...changed,
  })
  expect((await fetch(`${url}/p`, { method: 'POST', body })).status).toBe(200)
  expect(types(events)).not.toContain('deposit.credited')
  const payment = await payments.get({ reference: 'order-1' })
  expect(payment).toMatchObject({ state: 'not_credited_yet', credited: sek('0.00') })
  expect(payment.review).toEqual(['unsigned_money'])
})

test('a refund whose answer is lost is never sent again, and is found by its listing', async () => {
  const { sandbox, payments, payment, later, refunds } = await paid()
  const refund = { payment, reference: 'r-1', amount: sek('30.00') }
  sandbox.payabl.faults.dropNextAnswer('payment_refund')
  expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', settle: 'lookup' })
  expect(await payments.refund(refund)).toMatchObject({ status: 'unknown' })
  expect(refunds()).toEqual(['30.00'])
  expect(await later().settle()).toMatchObject({ resolved: 1, forPerson: [] })
  expect((await payments.get({ reference: 'order-1' })).refunds[0]?.state).toBe('confirmed')
  expect(sandbox.payabl.requests().filter(({ action }) => action === 'payment_refund')).toHaveLength(1)
})

test('of equal refunds an unknown one is known when the listing holds as many as were asked for', async () => {
  const { sandbox, payments, payment, later, refunds } = await paid()
  await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
  sandbox.payabl.faults.dropNextAnswer('payment_refund')
  await payments.refund({ payment, reference: 'r-2', amount: sek('30.00') })
  await payments.refund({ payment, reference: 'r-3', amount: sek('30.00') })
  expect(refunds()).toEqual(['30.00', '30.00', '30.00'])
  expect(await later().settle()).toMatchObject({ resolved: 1 })
})

test('two attempts that are both paid are overpaid, and shipped once', async () => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  await payments.deposit({ ...depositOf('order-1'), attempt: 2 })
  sandbox.payabl.credit(transaction(0))
  await sandbox.payabl.idle()
  sandbox.payabl.credit(transaction(1))
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.credited', 'review.needed'])
  expect((await payments.get({ reference: 'order-1' })).review).toEqual(['overpaid'])
})

test('the dead attempt’s not_credited never reverses the paid one', async () => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  await payments.deposit({ ...depositOf('order-1'), attempt: 2 })
  sandbox.payabl.accept(transaction(0))
  sandbox.payabl.credit(transaction(1))
  await sandbox.payabl.idle()
  sandbox.payabl.fail(transaction(0))
  await sandbox.payabl.idle()
  expect((await payments.get({ reference: 'order-1' })).state).toBe('credited')
  expect(types(events)).not.toContain('deposit.reversed')
})

test('a lost preauthorize is not sent again; a new attempt is', async () => {
  const { sandbox, payments } = await rig()
  sandbox.payabl.faults.dropNextAnswer('payment_preauthorize')
  await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ effect: 'may_have_happened' })
  await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ code: 'in_progress' })
  expect(sandbox.payabl.books().payments).toHaveLength(1)
  expect(await payments.deposit({ ...depositOf('order-1'), attempt: 2 })).toMatchObject({ rail: 'p' })
})

test('a credited callback that was missed is asked for again, and believed when it comes', async () => {
  const { sandbox, payments, later, silence, transaction, events } = await rig()
  await payments.deposit(depositOf('order-1'))
  silence()
  sandbox.payabl.credit(transaction())
  await sandbox.payabl.idle()
  expect(events).toEqual([])
  await later().settle()
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.credited'])
})
