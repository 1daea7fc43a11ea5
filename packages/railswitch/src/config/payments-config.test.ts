import { inspect } from 'node:util'
import { memoryStore, PaymentError } from '@railswitch/core'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import * as fc from 'fast-check'
import { createPayments } from '../create-payments.ts'
import { configFromEnv } from './config-from-env.ts'
import type { PaymentsConfig } from './payments-config.ts'

const { merchant: pem } = keys

const trustly = {
  use: 'trustly-direct',
  environment: 'test',
  username: 'shop',
  password: 'marked-password',
  privateKey: pem,
} as const
const payabl = {
  use: 'payabl-trustly',
  environment: 'test',
  merchantId: 'gateway_test',
  secret: 'marked-b185',
} as const

const working = {
  active: 'trustly',
  providers: { trustly, payabl },
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
  statement: 'SHOP.EXAMPLE',
} satisfies PaymentsConfig<void>

/** The error that this configuration throws. Its members may have any type, as in a program without types. */
const refusalOf = (config: unknown): PaymentError => {
  try {
    createPayments(config as PaymentsConfig<void>)
  } catch (error) {
    if (error instanceof PaymentError) return error
    throw error
  }
  throw new Error('The configuration must be refused.')
}

const fieldsOf = (config: unknown): readonly string[] => refusalOf(config).issues.map(({ field }) => field)
const withCallbacks = (callbacks: object) => ({ ...working, callbacks: { ...working.callbacks, ...callbacks } })

test('the stack of a mistake begins at the application, whose line Node prints when the start fails', () => {
  const framesOf = (call: () => unknown): readonly string[] => {
    try {
      call()
    } catch (error) {
      return String((error as Error).stack).split('\n    at ')
    }
    return []
  }
  const [message, first] = framesOf(() => createPayments({} as PaymentsConfig))
  expect(message?.split('\n  ')).toEqual([
    'PaymentError: The configuration is not valid.',
    ...['providers', 'callbacks', 'active', 'store'].map((field) => expect.stringContaining(`${field}: is required. `)),
  ])
  expect(first).toMatch(/payments-config\.test\.ts/)
  expect(framesOf(() => configFromEnv({}))[1]).toMatch(/payments-config\.test\.ts/)
  expect(framesOf(() => createPayments({ ...working, logger: false }).on({} as never))[1]).toMatch(
    /payments-config\.test\.ts/,
  )
})

test('a valid configuration is accepted without any request', () => {
  expect(() => createPayments(working)).not.toThrow()
})

test('all mistakes are reported at once, with a rule and a fix, and without any secret', () => {
  const refusal = refusalOf({
    active: 'trusty',
    providers: {
      trustly: { ...trustly, password: ' marked-password', privateKey: 'marked-key' },
      payabl: { ...payabl, merchantId: '' },
      other: { use: 'marked-use' },
      Wrong: trustly,
    },
    store: {},
    callbacks: {
      url: 'http://shop.example/callbacks?token=marked',
      secrets: ['marked-short', `${'marked'.repeat(9)} `],
    },
    requires: ['deposit', 'teleport'],
    webhook: 'marked-option',
  })
  expect(refusal).toMatchObject({ code: 'invalid_configuration', effect: 'not_sent' })
  expect([...new Set(refusal.issues.map(({ field }) => field))].sort()).toEqual(
    [
      'active',
      'providers.trustly.password',
      'providers.trustly.privateKey',
      'providers.payabl.merchantId',
      'providers.other.use',
      'providers.(rail 4)',
      'store',
      'callbacks.url',
      'callbacks.secrets.0',
      'callbacks.secrets.1',
      'requires.1',
      'webhook',
    ].sort(),
  )
  for (const issue of refusal.issues) {
    expect(issue).toEqual({
      field: expect.any(String),
      rule: expect.stringMatching(/./),
      fix: expect.stringMatching(/./),
    })
    expect(refusal.message).toContain(`${issue.field}: ${issue.rule}`)
  }
  const errorText = JSON.stringify(refusal) + refusal.message + refusal.stack
  expect(errorText).not.toContain('marked')
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', 'trustly'],
  ['an empty object', {}],
  ['rails that are null', { ...working, providers: { trustly: null } }],
  ['rails as a list', { ...working, providers: [trustly] }],
  ['rails as text', { ...working, providers: 'trustly' }],
  ['no rails', { ...working, providers: {} }],
  ['callbacks that are null', { ...working, callbacks: null }],
  ['secrets as text', withCallbacks({ secrets: 's'.repeat(40) })],
  ['secrets as a number', withCallbacks({ secrets: 5 })],
  ['no secrets', withCallbacks({ secrets: [] })],
  ['requirements as text', { ...working, requires: 'deposit' }],
  ['a store that is null', { ...working, store: null }],
  ['a statement that is empty', { ...working, statement: '' }],
])('%s is a configuration error', (_name, config) => {
  expect(refusalOf(config).code).toBe('invalid_configuration')
})

test.each([
  ['undefined, as from a missing variable', undefined],
  ['empty', ''],
  ['of no rail', 'north'],
  ['a name that every object has', 'constructor'],
])('an active rail that is %s is refused', (_name, active) => {
  expect(fieldsOf({ ...working, active })).toEqual(['active'])
})

describe('the address of the callbacks', () => {
  test.each([
    ['with a ?', 'https://shop.example/callbacks?x=1'],
    ['with a bare ?', 'https://shop.example/callbacks?'],
    ['with a #', 'https://shop.example/callbacks#x'],
    ['without a scheme', 'shop.example/callbacks'],
    ['of another scheme', 'ftp://shop.example/callbacks'],
    ['with white space before it', ' https://shop.example/callbacks'],
    ['with a line break after it', 'https://shop.example/callbacks\n'],
    ['with letters outside ASCII', 'https://shop.example/återkoppling'],
    ['without a host', 'https://'],
  ])('%s is refused', (_name, url) => {
    expect(fieldsOf(withCallbacks({ url }))).toContain('callbacks.url')
  })

  test.each(['test', 'live'])('must be https as soon as one rail is %s', (environment) => {
    const providers = { trustly: { ...trustly, environment } }
    const store = { ...memoryStore(), durable: true }
    const config = { ...working, providers, store }
    expect(() => createPayments(config as PaymentsConfig<void>)).not.toThrow()
    const url = 'http://shop.example/callbacks'
    expect(fieldsOf({ ...config, callbacks: { ...working.callbacks, url } })).toEqual(['callbacks.url'])
  })
})

test.each([
  ['of 31 characters', 's'.repeat(31)],
  ['with a space behind it', `${'s'.repeat(40)} `],
  ['with a line break behind it', `${'s'.repeat(40)}\n`],
  ['of white space', ' '.repeat(40)],
  ['that is no text', 40],
])('a secret %s is refused at any position', (_name, secret) => {
  expect(fieldsOf(withCallbacks({ secrets: [secret] }))).toEqual(['callbacks.secrets.0'])
  expect(fieldsOf(withCallbacks({ secrets: ['s'.repeat(32), secret] }))).toEqual(['callbacks.secrets.1'])
})

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '10000'])(
  'a handler time-out of %s is refused, because a timer would fire at once or never',
  (handlerTimeoutMs) => {
    expect(fieldsOf(withCallbacks({ handlerTimeoutMs }))).toEqual(['callbacks.handlerTimeoutMs'])
  },
)

test.each([
  ['false', memoryStore()],
  ['undefined', { ...memoryStore(), durable: undefined }],
])('a live rail refuses a store whose durability is %s, even if another rail is a test rail', (_name, store) => {
  const providers = { trustly: { ...trustly, environment: 'live' }, payabl }
  expect(fieldsOf({ ...working, providers, store })).toEqual(['store'])
})

test('a missing capability is reported for each rail with its reason', () => {
  const { issues } = refusalOf({ ...working, requires: ['deposit', 'charge'] })
  expect(issues).toEqual([
    {
      field: 'requires',
      rule: expect.stringMatching(/^rail payabl cannot do charge: ./),
      fix: 'remove the rail or the requirement',
    },
  ])
})

test('row 19: an unknown capability is reported once, by its position and not by its name', () => {
  const { issues } = refusalOf({ ...working, requires: ['deposit', 'payout', 'toString'] })
  expect(issues.map(({ field }) => field)).toEqual(['requires.1', 'requires.2'])
  expect(new Set(issues.map(({ rule, fix }) => `${rule} ${fix}`)).size).toBe(1)
  expect(JSON.stringify(issues)).not.toMatch(/toString|'payout'/)
})

test('row 19: a rail with a wrong name is reported by its position, also in the mistakes of its options', () => {
  const { issues } = refusalOf({
    ...working,
    providers: { trustly, 'Pass word!': { ...payabl, merchantId: '' }, 'Other.secret': 'text' },
    requires: ['charge'],
  })
  expect(issues.map(({ field }) => field)).toEqual([
    'providers.(rail 3)',
    'providers.(rail 2).merchantId',
    'providers.(rail 2)',
    'providers.(rail 3)',
  ])
})

test('row 19: an unknown active rail is reported with the names of the configured rails', () => {
  const { issues } = refusalOf({
    ...working,
    active: 'Marked',
    providers: { ...working.providers, 'Marked too': payabl },
  })
  expect(issues.find(({ field }) => field === 'active')?.fix).toBe('write one of trustly, payabl')
  const nameless = refusalOf({ ...working, active: 'Marked', providers: { 'Marked too': payabl } })
  expect(nameless.issues.find(({ field }) => field === 'active')?.fix).toBe('write the name of one of `providers`')
})

const errorTextOf = (error: PaymentError): string =>
  [error.message, error.hint, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })].join('\n')

/** Configurations with this secret, one for each member that contains text. */
const places = (secret: unknown): { readonly [place: string]: object } => {
  const rail = (name: 'trustly' | 'payabl', options: object) => ({
    providers: { trustly, payabl, [name]: { ...(name === 'trustly' ? trustly : payabl), ...options } },
  })
  const trustlyOptions =
    'use environment username password privateKey passphrase url registeredPublicKey publicKey signature timeoutMs replayAfterMs'
  const payablOptions = 'use environment merchantId secret url charset onUnencodable business timeoutMs'
  return {
    ...Object.fromEntries(
      ['active', 'statement', 'crossCheck', 'reconciled', 'requires', 'store', 'providers', 'callbacks'].map(
        (field) => [field, { [field]: secret }],
      ),
    ),
    'callbacks.url': { callbacks: { ...working.callbacks, url: secret } },
    'callbacks.secrets': { callbacks: { ...working.callbacks, secrets: secret } },
    'callbacks.handlerTimeoutMs': { callbacks: { ...working.callbacks, handlerTimeoutMs: secret } },
    'providers.trustly': { providers: { trustly: secret } },
    ...Object.fromEntries(
      trustlyOptions.split(' ').map((option) => [`providers.trustly.${option}`, rail('trustly', { [option]: secret })]),
    ),
    ...Object.fromEntries(
      payablOptions.split(' ').map((option) => [`providers.payabl.${option}`, rail('payabl', { [option]: secret })]),
    ),
    'rail name': { providers: { [String(secret)]: { ...payabl, merchantId: '' }, trustly } },
    'name of an invalid rail': { providers: { [String(secret)]: 'text' } },
  }
}

test.each(Object.keys(places('')))(
  'row 19: property: a secret that was put into %s by mistake is not in the error',
  (place) => {
    const secret = fc.stringMatching(/^[A-Z0-9][A-Za-z0-9!?.:/@ -]{10,20}[A-Za-z0-9!]$/)
    const shape = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => `${text}\n`,
      (text) => [text],
      (text) => `https://test.trustly.com/${text}`,
      (text) => `http://${text.replace(/[^A-Za-z0-9]/g, 'x')}.example/${text}?${text}`,
    )
    const environment = fc.constantFrom('local', 'test', 'live')
    const property = fc.property(secret, shape, environment, (text, shaped, name) => {
      const change = places(shaped(text))[place] as Partial<PaymentsConfig>
      const providers = Object.fromEntries(
        Object.entries(Object(change.providers ?? working.providers)).map(([key, rail]) => [
          key,
          typeof rail === 'object' && !place.endsWith('environment') ? { ...rail, environment: name } : rail,
        ]),
      )
      // A second mistake, because many of these configurations are valid.
      const always = place === 'crossCheck' ? { reconciled: 'x' } : { crossCheck: 'x' }
      const broken = typeof (change.providers ?? {}) === 'object' ? { providers } : {}
      const errorText = errorTextOf(refusalOf({ ...working, ...change, ...broken, ...always }))
      expect(errorText).not.toContain(text)
      expect(errorText.toLowerCase()).not.toContain(text.toLowerCase())
    })
    expect(() => fc.assert(property, { numRuns: 30 })).not.toThrow()
  },
)

test('what keeps a store from working is reported with the other mistakes', () => {
  const issue = { field: 'store', rule: 'the folder x is in use', fix: 'end the other process' }
  const store = { ...memoryStore(), startIssues: () => [issue] }
  expect(fieldsOf({ ...working, store, active: 'nobody' })).toEqual(['active', 'store'])
})
