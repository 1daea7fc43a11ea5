import { right, systemRuntime, type Transport } from '@railswitch/core/provider'
import { configFromEnv, createPayments, memoryStore, type PaymentEvent } from 'railswitch'
import { meridian } from './index.ts'
import { createBank, type Message } from './vendor/index.ts'

const [id, secret] = ['mk_shop1', 'secret-of-the-account-0123456789']
const minuteMs = 60_000

/** A shop with the rail `m`, configured by variables, and Meridian in this process. */
const openShop = () => {
  let time = Date.parse('2026-03-02T08:00:00.000Z')
  const now = (): Date => new Date(time)
  const held: Message[] = []
  let isHeld = false
  const deliver = async ({ url, headers, body }: Message) => {
    const response = await payments.callbacks.web(
      new Request(url, { method: 'POST', headers, body: Uint8Array.from(body) }),
    )
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
  }
  const post = async (message: Message) => {
    if (!isHeld) return deliver(message)
    held.push(message)
    throw new Error('the shop is down')
  }
  const bank = createBank({ now, after: () => () => {}, post })
  const account = bank.openAccount(id, secret)
  const transport: Transport =
    ({ method = 'POST', url, headers, body }) =>
    async () => {
      const { pathname, search } = new URL(url)
      const request = { method, path: (pathname + search).slice('/v1'.length), headers, body: Uint8Array.from(body) }
      const response = bank.answer(request)
      return right({ ...response, contentType: '' })
    }
  const env = {
    RAILSWITCH_RAILS: 'm',
    RAILSWITCH_ACTIVE: 'm',
    RAILSWITCH_CALLBACK_URL: 'https://shop.example/callbacks',
    RAILSWITCH_CALLBACK_SECRETS: 'secret-of-the-callback-addresses',
    RAILSWITCH_M_USE: 'meridian',
    RAILSWITCH_M_ENVIRONMENT: 'test',
    RAILSWITCH_M_API_KEY: id,
    RAILSWITCH_M_SECRET: secret,
  }
  const payments = createPayments<void>({
    ...configFromEnv(env, [meridian]),
    store: memoryStore({ runtime: { ...systemRuntime, now } }),
    requires: ['deposit', 'refund.partial', 'payout.toAccount'],
    transport,
    clock: now,
    logger: false,
  })
  const events: PaymentEvent[] = []
  const keep = (event: PaymentEvent): void => void events.push(event)
  payments.on({
    'deposit.credited': keep,
    'deposit.reversed': (event) => {
      keep(event)
      return { recovered: false }
    },
    'refund.confirmed': keep,
    'refund.failed': keep,
    'payout.confirmed': keep,
    'review.needed': keep,
  })
  const deposit = () =>
    payments.deposit({
      reference: 'order-1',
      amount: { value: '100.00', currency: 'SEK' },
      customer: {
        id: 'c-77',
        firstName: 'Åsa',
        lastName: 'Öberg',
        email: 'asa@customer.example',
        country: 'SE',
        locale: 'sv-SE',
      },
      returnUrl: 'https://shop.example/thanks',
    })
  const payin = () => {
    const [first] = account.payins
    if (!first) throw new Error('Meridian has no payin')
    return first
  }
  const credit = () => bank.orders.credit(account, payin())
  const holding = async (run: () => Promise<void>): Promise<readonly Message[]> => {
    isHeld = true
    await run()
    isHeld = false
    return held.splice(0)
  }
  const syncAfter = async (ms: number): Promise<void> => {
    time += ms
    await payments.sync()
  }
  return { bank, account, payments, events, deposit, payin, credit, holding, deliver, syncAfter }
}

const summary = (events: readonly PaymentEvent[]): readonly string[] =>
  events.map((event) => ('amount' in event ? `${event.type} ${event.amount.value}` : event.type))

test('a deposit, its callback and a refund', async () => {
  const { account, payments, events, deposit, credit, syncAfter, bank } = openShop()
  const { payment, redirectUrl, rail } = await deposit()
  expect([rail, redirectUrl]).toEqual(['m', account.payins[0]?.checkoutUrl])
  await credit()
  expect(bank.deliveries).toEqual([{ accepted: true }])
  expect(events).toMatchObject([{ type: 'deposit.credited', customer: { accountHolder: 'Åsa Öberg' } }])
  const amount = { value: '40.00', currency: 'SEK' }
  expect(await payments.refund({ payment, reference: 'refund-1', amount })).toMatchObject({ status: 'accepted' })
  expect(account.refunds).toMatchObject([{ reference: 'refund-1', amount: 4000, status: 'processing' }])
  await syncAfter(20 * minuteMs)
  expect(summary(events)).toEqual(['deposit.credited 100.00'])
  for (const refund of account.refunds) bank.orders.changeRefund(refund, 'sent')
  await syncAfter(30 * minuteMs)
  await syncAfter(60 * minuteMs)
  expect(summary(events)).toEqual(['deposit.credited 100.00', 'refund.confirmed 40.00'])
  expect(await payments.getDeposit({ payment })).toMatchObject({
    state: 'credited',
    refundable: { value: '60.00', currency: 'SEK' },
    refunds: [{ reference: 'refund-1', state: 'confirmed' }],
    reviews: [],
  })
})

test('a refund that came back after it was sent', async () => {
  const { account, payments, events, deposit, credit, syncAfter, bank } = openShop()
  const { payment } = await deposit()
  await credit()
  await payments.refund({ payment, reference: 'refund-1', amount: { value: '40.00', currency: 'SEK' } })
  for (const status of ['sent', 'returned'] as const) {
    for (const refund of account.refunds) bank.orders.changeRefund(refund, status)
    await syncAfter(24 * 60 * minuteMs)
  }
  expect(summary(events)).toEqual(['deposit.credited 100.00', 'refund.confirmed 40.00', 'refund.failed 40.00'])
  expect((await payments.getDeposit({ payment })).refundable.value).toBe('100.00')
})

test.each([
  ['in order', [0, 1, 2]],
  ['the last one first', [2, 1, 0]],
  ['the second reversal first', [2, 0, 1]],
  ['the first reversal first', [1, 2, 0]],
] as const)('a credit and two reversals whose callbacks arrive %s are each emitted once', async (_name, order) => {
  const { account, payments, events, deposit, payin, credit, holding, deliver, bank } = openShop()
  const { payment } = await deposit()
  const sent = await holding(async () => {
    await credit()
    await bank.orders.reverse(account, payin(), 3000)
    await bank.orders.reverse(account, payin(), 2000)
  })
  for (const index of [...order, ...order]) {
    const message = sent[index]
    if (message) expect((await deliver(message)).status).toBe(200)
  }
  expect([...summary(events)].sort()).toEqual([
    'deposit.credited 100.00',
    'deposit.reversed 20.00',
    'deposit.reversed 30.00',
  ])
  expect(await payments.getDeposit({ payment })).toMatchObject({ refundable: { value: '50.00' }, reviews: [] })
})

test('a payout to an IBAN', async () => {
  const { account, payments, events, bank } = openShop()
  const outcome = await payments.payout({
    reference: 'payout-1',
    amount: { value: '50.00', currency: 'SEK' },
    to: { account: { country: 'SE', accountNumber: 'SE45 5000 0000 0583 9825 7466' } },
    customer: { id: 'c-77', firstName: 'Åsa', lastName: 'Öberg' },
  })
  expect(outcome.status).toBe('accepted')
  for (const payout of account.payouts) await bank.orders.changePayout(account, payout, 'sent')
  expect(summary(events)).toEqual(['payout.confirmed 50.00'])
})

test('every mistake of the options is reported with its variable', () => {
  const env = {
    RAILSWITCH_RAILS: 'm',
    RAILSWITCH_ACTIVE: 'm',
    RAILSWITCH_CALLBACK_URL: 'https://shop.example/callbacks',
    RAILSWITCH_CALLBACK_SECRETS: 'secret-of-the-callback-addresses',
    RAILSWITCH_M_USE: 'meridian',
    RAILSWITCH_M_ENVIRONMENT: 'production',
    RAILSWITCH_M_API_KEY: 'shop',
  }
  const start = () => createPayments({ ...configFromEnv(env, [meridian]), store: memoryStore() })
  for (const variable of ['RAILSWITCH_M_ENVIRONMENT', 'RAILSWITCH_M_API_KEY', 'RAILSWITCH_M_SECRET'])
    expect(start).toThrow(variable)
})

test('the typed client of Meridian is available', async () => {
  const { payments, deposit } = openShop()
  await deposit()
  const found = await payments.native('m', 'meridian').payins('order-1', new AbortController().signal)()
  expect(found).toMatchObject({ right: [{ reference: 'order-1', status: 'open' }] })
})
