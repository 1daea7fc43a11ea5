import { memoryStore, PaymentError } from '@railswitch/core'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import * as fc from 'fast-check'
import { configFromEnv } from '../config/config-from-env.ts'
import type { PaymentsConfig } from '../config/payments-config.ts'
import { createPayments } from '../create-payments.ts'
import { outcomeOf, shopOn } from './__fixtures__/every-method.ts'
import { eur, versatileBank } from './__fixtures__/versatile-bank.ts'

const customer = { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country: 'DE', locale: 'de' }
const amount = eur('10.00')
const payment = 'rs1.bank.deposit.order-1.1'
const checkout = {
  reference: 'order-1',
  attempt: 1,
  amount,
  customer,
  returnUrl: 'https://shop.example/',
  statement: 'S',
  providerOptions: { 'payabl-trustly': { parameters: { custom1: 'x' } } },
}
const audit = { by: 'Ada', why: 'tried' }
const imported = {
  reference: 'old',
  amount,
  vendorIds: ['7'],
  rail: 'bank',
  state: 'credited',
  begunAt: '2026-01-01T00:00:00Z',
}

/** A valid argument of each method. */
const valid: { readonly [method: string]: unknown } = {
  deposit: checkout,
  withdrawal: checkout,
  account: { reference: 'account-1', customer, returnUrl: checkout.returnUrl, mandate: true },
  refund: { payment, reference: 'refund-1', amount },
  payout: { reference: 'payout-1', amount, to: { payment }, customer: { id: 'c' } },
  charge: { reference: 'charge-1', amount, from: { payment }, customer: { id: 'c', email: customer.email } },
  approve: { payment: 'rs1.bank.withdrawal.out-1.1' },
  deny: { payment: 'rs1.bank.withdrawal.out-1.1' },
  cancelCharge: { payment },
  mandate: { reference: 'mandate-1', customer, returnUrl: checkout.returnUrl },
  importMandate: { reference: 'mandate-1', customer, from: { payment }, mandateReference: '1234567890' },
  cancelMandate: { payment: 'rs1.bank.mandate.mandate-1.1' },
  getMandate: { reference: 'mandate-1' },
  getDeposit: { payment },
  getPayout: { reference: 'out-1' },
  getAccount: { reference: 'account-1' },
  erasePersonalData: { reference: 'order-1' },
  importPayment: { deposit: imported, ...audit },
  resolveReview: { deposit: payment, as: 'credited', ...audit },
  sync: { limit: 10 },
  on: { 'deposit.credited': () => {} },
  requirements: 'deposit',
  native: 'bank',
}

/** The value with one of its members, at any depth, replaced by the junk. */
const broken = (value: unknown, junk: unknown, path: readonly number[]): unknown => {
  const [first, ...rest] = path
  if (first === undefined || typeof value !== 'object' || value === null) return junk
  const names = Object.keys(value)
  const name = names[first % (names.length + 1)]
  if (name === undefined) return { ...value, added: junk }
  const inner = broken((value as Record<string, unknown>)[name], junk, rest)
  return Array.isArray(value) ? value.with(names.indexOf(name), inner) : { ...value, [name]: inner }
}

const junk = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    Symbol('junk'),
    () => {},
    Number.NaN,
    '',
    payment,
    'rs1.bank',
    amount,
    new Date(Number.NaN),
  ),
  fc.string(),
)

test.each(Object.entries(valid))(
  'property: %s throws or rejects with nothing but PaymentError, whatever it gets',
  async (method, argument) => {
    const property = fc.asyncProperty(junk, junk, fc.array(fc.nat(8), { maxLength: 3 }), async (one, second, path) => {
      const { payments } = shopOn(memoryStore())
      const call = (payments as unknown as Record<string, (...given: unknown[]) => unknown>)[method]
      const outcome = await outcomeOf(async () => call?.(broken(argument, one, path), second))
      if ('error' in outcome) expect(outcome.error).toBeInstanceOf(PaymentError)
    })
    await fc.assert(property, { numRuns: 200 })
  },
)

const trustly = { use: 'trustly-direct', environment: 'test', username: 'u', password: 'p', privateKey: keys.merchant }
const payabl = { use: 'payabl-trustly', environment: 'test', merchantId: 'm', secret: 'x' }
const config = {
  active: 'trustly',
  providers: { trustly, payabl, bank: versatileBank().rail },
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)], handlerTimeoutMs: 1000 },
  statement: 'SHOP',
  requires: ['deposit'],
  logger: false,
  onError: () => {},
  clock: () => new Date(),
}

test('property: createPayments throws nothing but PaymentError, whatever it gets', async () => {
  const property = fc.asyncProperty(junk, fc.array(fc.nat(12), { maxLength: 4 }), async (one, path) => {
    const outcome = await outcomeOf(async () => createPayments(broken(config, one, path) as PaymentsConfig<void>))
    if ('error' in outcome) expect(outcome.error).toBeInstanceOf(PaymentError)
  })
  await fc.assert(property, { numRuns: 500 })
})

test('property: configFromEnv throws nothing but PaymentError, whatever it gets', async () => {
  const property = fc.asyncProperty(junk, fc.array(fc.nat(3), { maxLength: 2 }), async (one, path) => {
    const env = broken({ RAILSWITCH_RAILS: 'trustly', RAILSWITCH_TRUSTLY_USE: 'trustly-direct' }, one, path)
    const outcome = await outcomeOf(async () => configFromEnv(env as Record<string, string>))
    if ('error' in outcome) expect(outcome.error).toBeInstanceOf(PaymentError)
  })
  await fc.assert(property, { numRuns: 300 })
})

test.each(['web', 'node', 'express'] as const)(
  'property: callbacks.%s never rejects, whatever it gets',
  async (name) => {
    const property = fc.asyncProperty(junk, junk, async (one, second) => {
      const { payments } = shopOn(memoryStore())
      const handle = payments.callbacks[name] as (...given: unknown[]) => Promise<unknown>
      expect(await outcomeOf(() => handle(one, second))).toHaveProperty('value')
    })
    await fc.assert(property, { numRuns: 300 })
  },
)
