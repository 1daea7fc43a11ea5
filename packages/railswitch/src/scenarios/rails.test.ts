import {
  type DepositInput,
  memoryStore,
  type OperationCall,
  type PaymentProvider,
  paymentRef,
  right,
} from '@railswitch/core'
import type { PaymentsConfig, RoutingContext } from '../config/payments-config.ts'
import { createPayments } from '../create-payments.ts'

/** A third party's provider. It needs no fp-ts, and only the types of core. */
const provider = (id: string, calls: string[] = [], more: Partial<PaymentProvider> = {}): PaymentProvider => ({
  id,
  capabilities: {
    deposit: { yes: true },
    refund: { yes: true },
    'refund.partial': { yes: false, why: 'this bank refunds in full only' },
  },
  transactions: 'one',
  interpret: () => [],
  replays: true,
  questions: {},
  operations: {
    deposit:
      ({ reference }: DepositInput, { intent }: OperationCall) =>
      async () => {
        calls.push(`${id} ${reference}`)
        const payment = paymentRef(intent)
        return right({
          result: { payment, redirectUrl: `https://${id}.example/`, expiresAt: null },
          vendorIds: [`${id}-${reference}`],
        })
      },
    refund:
      (_input, { intent }) =>
      async () =>
        right({ result: { status: 'accepted', payment: paymentRef(intent) }, vendorIds: [] }),
  },
  verifyCallback: () => {
    throw new Error('not in these tests')
  },
  ...more,
})

const handlers = { 'deposit.reversed': () => ({ recovered: false }) }

const start = (config: Partial<PaymentsConfig<void>>) => {
  const payments = createPayments<void>({
    logger: false,
    active: 'north',
    providers: { north: provider('north') },
    store: memoryStore(),
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    ...config,
  })
  payments.on(handlers)
  return payments
}

const input = (reference: string, country = 'SE'): DepositInput => ({
  reference,
  amount: { value: '10.00', currency: 'EUR' },
  customer: { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country, locale: 'en' },
  returnUrl: 'https://shop.example/',
})

test("a third party's provider is a rail like any other", async () => {
  expect(await start({}).deposit(input('o-1'))).toMatchObject({
    rail: 'north',
    why: 'active',
    redirectUrl: 'https://north.example/',
  })
})

test('a function chooses the rail, and a retry uses the recorded rail', async () => {
  const calls: string[] = []
  const contexts: RoutingContext[] = []
  const payments = start({
    active: (context) => {
      contexts.push(context)
      return contexts.length > 2 || context.country === 'DE' ? 'south' : 'north'
    },
    providers: { north: provider('north', calls), south: provider('south', calls) },
  })
  expect(await payments.deposit(input('o-1', 'SE'))).toMatchObject({ rail: 'north', why: 'active' })
  expect(await payments.deposit(input('o-2', 'DE'))).toMatchObject({ rail: 'south', why: 'active' })
  expect(await payments.deposit(input('o-1', 'SE'))).toMatchObject({ rail: 'north', why: 'recorded' })
  expect(calls).toEqual(['north o-1', 'south o-2'])
  expect(contexts[0]).toEqual({
    operation: 'deposit',
    reference: 'o-1',
    amount: { value: '10.00', currency: 'EUR' },
    country: 'SE',
  })
})

test('a retry uses its recorded rail, even if the active rail does not support the operation', async () => {
  const calls: string[] = []
  const store = memoryStore()
  const unsupported = { yes: false, why: 'this bank only pays out' } as const
  const providers = {
    north: provider('north', calls),
    south: provider('south', calls, {
      capabilities: { deposit: unsupported, refund: unsupported, 'refund.partial': unsupported },
    }),
  }
  const first = await start({ store, providers }).deposit(input('o-1'))
  for (const active of ['south', 'west']) {
    const switched = start({ store, providers, active: () => active })
    expect(await switched.deposit(input('o-1'))).toEqual({ ...first, why: 'recorded' })
    await expect(switched.deposit(input('o-2'))).rejects.toMatchObject({ effect: 'not_sent' })
  }
  expect(calls).toEqual(['north o-1'])
})

test('a function that throws or returns no configured rail is an error, and nothing is sent', async () => {
  const calls: string[] = []
  const broken = start({
    active: () => {
      throw new Error('secret inside')
    },
    providers: { north: provider('north', calls) },
  })
  await expect(broken.deposit(input('o-1'))).rejects.toMatchObject({
    code: 'invalid_configuration',
    effect: 'not_sent',
  })
  const lost = start({ active: () => 'west', providers: { north: provider('north', calls) } })
  await expect(lost.deposit(input('o-1'))).rejects.toMatchObject({ code: 'rail_missing', effect: 'not_sent' })
  expect(calls).toEqual([])
})

test('two accounts of one vendor are two rails', async () => {
  const store = memoryStore()
  const providers = { games: provider('bank'), shop: provider('bank') }
  const first = start({ active: 'games', providers, store })
  const second = start({ active: 'shop', providers, store })
  const games = await first.deposit(input('o-1'))
  const shop = await second.deposit(input('o-2'))
  expect([games.payment, shop.payment]).toEqual(['rs1.games.deposit.o-1.1', 'rs1.shop.deposit.o-2.1'])
})

test('the error of a payment whose rail is no longer configured names the rail to restore', async () => {
  const store = memoryStore()
  const { payment } = await start({ store }).deposit(input('o-1'))
  const without = start({ store, active: 'south', providers: { south: provider('south') } })
  const refund = { payment, reference: 'r-1', amount: { value: '10.00', currency: 'EUR' } }
  await expect(without.refund(refund)).rejects.toMatchObject({ code: 'rail_missing', hint: /providers\.north/ })
  expect(await without.deposit(input('o-1'))).toMatchObject({ rail: 'north', why: 'recorded' })
})

test('createPayments reports a missing capability with its reason', () => {
  expect(() => start({ requires: ['deposit', 'refund.partial'] })).toThrow(
    /rail north cannot do refund\.partial: this bank refunds in full only/,
  )
})

test('createPayments refuses a callback address that is too long for a vendor', () => {
  const short = { north: provider('north', [], { callbackUrlLimit: 255 }) }
  expect(() => start({ providers: short })).not.toThrow()
  const url = `https://shop.example/${'x'.repeat(40)}`
  expect(() => start({ providers: short, callbacks: { url, secrets: ['s'.repeat(32)] } })).toThrow(
    /accepts at most 255/,
  )
})

test('requirements are listed per rail and together', () => {
  const payments = start({
    active: 'payabl',
    providers: {
      north: provider('north', [], { requirements: () => ({ fields: ['statement', 'customer.id'] }) }),
      payabl: { use: 'payabl-trustly', environment: 'test', merchantId: 'gateway_test', secret: 'b185' },
    },
  })
  const { rails, fields } = payments.requirements('deposit', { country: 'FR', currency: 'EUR' })
  expect(rails.payabl?.refused).toMatch(/FR/)
  expect(fields).toEqual(expect.arrayContaining(['statement', 'customer.email']))
  expect(fields.filter((field) => field === 'customer.id')).toHaveLength(1)
})

test('the native client of a rail belongs to its own provider', () => {
  const payments = start({
    providers: {
      north: { ...provider('payabl-trustly'), native: 'the client' },
      south: provider('payabl-trustly'),
    },
  })
  expect(payments.native('north', 'payabl-trustly')).toBe('the client')
  expect(() => payments.native('north', 'trustly-direct')).toThrow('Rail north is payabl-trustly, not trustly-direct.')
  expect(() => payments.native('south', 'payabl-trustly')).toThrow(expect.objectContaining({ code: 'unsupported' }))
  expect(() => payments.native('west', 'payabl-trustly')).toThrow(expect.objectContaining({ code: 'rail_missing' }))
})
