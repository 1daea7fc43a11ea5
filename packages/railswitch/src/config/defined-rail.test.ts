import { memoryStore, PaymentError, type ProviderDefinition, right } from '@railswitch/core'
import { createPayments } from '../create-payments.ts'
import { amount, bank } from '../scenarios/__fixtures__/bank.ts'
import { configFromEnv } from './config-from-env.ts'
import type { PaymentsConfig } from './payments-config.ts'

/** A provider of somebody else, which checks its one option. `opened`: what it was created with. */
const third = () => {
  const opened: Parameters<ProviderDefinition['create']>[] = []
  const definition: ProviderDefinition = {
    use: 'third',
    variables: { API_KEY: 'apiKey' },
    create: (options, ports) => {
      opened.push([options, ports])
      return typeof options.apiKey === 'string'
        ? right(bank(async () => Promise.reject(new Error('no refunds'))))
        : { _tag: 'Left', left: [{ field: 'apiKey', rule: 'is required', fix: 'copy it from the back office' }] }
    },
  }
  return { definition, opened }
}

const configWith = (providers: PaymentsConfig['providers']): PaymentsConfig<void> => ({
  active: 'x',
  providers,
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
  logger: false,
})

const issuesOf = (start: () => unknown): PaymentError['issues'] => {
  try {
    start()
  } catch (error) {
    if (error instanceof PaymentError) return error.issues
    throw error
  }
  throw new Error('The configuration must be refused.')
}

test('a rail with a definition takes payments, and receives the transport and the clock of the configuration', async () => {
  const { definition, opened } = third()
  const transport: PaymentsConfig['transport'] = () => async () => ({
    _tag: 'Left',
    left: { sent: false, reason: 'ECONNREFUSED' },
  })
  const clock = () => new Date('2026-01-02T00:00:00Z')
  const config = configWith({ x: { use: definition, apiKey: 'k' } })
  const payments = createPayments({ ...config, transport, clock })
  payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
  const { rail } = await payments.deposit({
    reference: 'order-1',
    amount,
    customer: { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country: 'DE', locale: 'de' },
    returnUrl: 'https://shop.example/',
  })
  expect(rail).toBe('x')
  expect(opened).toEqual([
    [{ apiKey: 'k' }, { transport, runtime: expect.objectContaining({ now: clock }), rail: 'x' }],
  ])
})

test('the issues of a definition are reported with those of the rest of the configuration', () => {
  const { definition } = third()
  const config = { ...configWith({ x: { use: definition } }), active: 'y' }
  expect(issuesOf(() => createPayments(config)).map(({ field }) => field)).toEqual(['providers.x.apiKey', 'active'])
})

test.each([
  ['without a function', { use: 'third', variables: {} }, 'is no definition of a provider'],
  [
    'that throws',
    {
      use: 'third',
      variables: {},
      create: () => {
        throw new RangeError('marked')
      },
    },
    'the definition of its provider threw RangeError',
  ],
  [
    'that returns nothing',
    { use: 'third', variables: {}, create: () => undefined },
    'the definition of its provider returned no Either',
  ],
])('a definition %s is refused with the name of the fault', (_name, definition, rule) => {
  const config = configWith({ x: { use: definition as unknown as ProviderDefinition } })
  const issues = issuesOf(() => createPayments(config))
  expect(issues).toEqual([{ field: 'providers.x.use', rule, fix: expect.any(String) }])
})

test('a definition whose provider lacks members is refused with their names', () => {
  const create = () => right({ id: 'third' } as never)
  const config = configWith({ x: { use: { use: 'third', variables: {}, create } } })
  expect(issuesOf(() => createPayments(config)).map(({ field }) => field)).toContain('providers.x.interpret')
})

describe('configFromEnv', () => {
  const env = {
    RAILSWITCH_RAILS: 'my-bank',
    RAILSWITCH_ACTIVE: 'my-bank',
    RAILSWITCH_CALLBACK_URL: 'https://shop.example/callbacks',
    RAILSWITCH_CALLBACK_SECRETS: 's'.repeat(32),
    RAILSWITCH_MY_BANK_USE: 'third',
    RAILSWITCH_MY_BANK_API_KEY: 'k',
  }

  test('reads the variables of a definition that it receives', () => {
    const { definition } = third()
    const config = configFromEnv(env, [definition])
    expect(config.providers).toEqual({ 'my-bank': { use: definition, apiKey: 'k' } })
    expect(() => createPayments({ ...config, store: memoryStore(), logger: false })).not.toThrow()
  })

  test('names the variable of an issue', () => {
    const { definition } = third()
    const { RAILSWITCH_MY_BANK_API_KEY: _none, ...rest } = env
    const start = () => createPayments({ ...configFromEnv(rest, [definition]), store: memoryStore() })
    expect(issuesOf(start).map(({ field }) => field)).toEqual(['RAILSWITCH_MY_BANK_API_KEY'])
  })

  test('refuses the variables of another provider', () => {
    const { definition } = third()
    const config = configFromEnv({ ...env, RAILSWITCH_MY_BANK_MERCHANT_ID: 'm' }, [definition])
    const start = () => createPayments({ ...config, store: memoryStore() })
    expect(issuesOf(start).map(({ field }) => field)).toEqual(['RAILSWITCH_MY_BANK_MERCHANT_ID'])
  })

  test('without the definition, the provider is not known', () => {
    const { RAILSWITCH_MY_BANK_API_KEY: _none, ...rest } = env
    const start = () => createPayments({ ...configFromEnv(rest), store: memoryStore() })
    expect(issuesOf(start)).toEqual([
      expect.objectContaining({ field: 'RAILSWITCH_MY_BANK_USE', fix: expect.stringContaining('definition') }),
    ])
  })
})
