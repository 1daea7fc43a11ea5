import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { memoryStore, PaymentError } from '@railswitch/core'
import { keys, strangerPair } from '@railswitch/sandbox/fixtures/keys'
import * as fc from 'fast-check'
import { createPayments } from '../create-payments.ts'
import { configFromEnv } from './config-from-env.ts'

const { merchant: pem } = keys
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const environment = (): Record<string, string> => ({
  PATH: '/usr/bin',
  RAILSWITCH_ACTIVE: 'trustly-se',
  RAILSWITCH_RAILS: 'trustly-se, payabl',
  RAILSWITCH_CALLBACK_URL: 'https://shop.example/callbacks',
  RAILSWITCH_CALLBACK_SECRETS: `${'n'.repeat(32)},${'o'.repeat(32)}`,
  RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE',
  RAILSWITCH_TRUSTLY_SE_USE: 'trustly-direct',
  RAILSWITCH_TRUSTLY_SE_ENVIRONMENT: 'test',
  RAILSWITCH_TRUSTLY_SE_USERNAME: 'shop',
  RAILSWITCH_TRUSTLY_SE_PASSWORD: 'marked-password',
  RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY: pem,
  RAILSWITCH_PAYABL_USE: 'payabl-trustly',
  RAILSWITCH_PAYABL_ENVIRONMENT: 'test',
  RAILSWITCH_PAYABL_MERCHANT_ID: 'gateway_test',
  RAILSWITCH_PAYABL_SECRET: 'b185',
})

const refusalOf = (env: Record<string, string>): PaymentError => {
  try {
    createPayments({ ...configFromEnv(env), store: memoryStore() })
  } catch (error) {
    if (error instanceof PaymentError) return error
  }
  throw new Error('The environment must be refused.')
}

test('reads a configuration: an underscore in a variable is a dash in a rail’s name, and the newest secret comes first', () => {
  const config = configFromEnv(environment())
  expect(config).toMatchObject({
    active: 'trustly-se',
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['n'.repeat(32), 'o'.repeat(32)] },
    statement: 'SHOP.EXAMPLE',
    providers: {
      'trustly-se': { use: 'trustly-direct', environment: 'test', username: 'shop' },
      payabl: { use: 'payabl-trustly', merchantId: 'gateway_test' },
    },
  })
  expect(() => createPayments({ ...config, store: memoryStore() })).not.toThrow()
})

test('the registered public key is compared with the private key, and a difference is reported', () => {
  const another = strangerPair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const config = configFromEnv({ ...environment(), RAILSWITCH_TRUSTLY_SE_REGISTERED_PUBLIC_KEY: another })
  expect(() => createPayments({ ...config, store: memoryStore() })).toThrow(
    /RAILSWITCH_TRUSTLY_SE_REGISTERED_PUBLIC_KEY: is not the public half/,
  )
})

test('the only rail is active by default', () => {
  const { RAILSWITCH_ACTIVE: _, ...rest } = environment()
  const one = Object.entries(rest).filter(([name]) => !name.startsWith('RAILSWITCH_PAYABL'))
  expect(configFromEnv({ ...Object.fromEntries(one), RAILSWITCH_RAILS: 'trustly-se' }).active).toBe('trustly-se')
})

test('with several rails and no active one, the start fails, unless the application names one', () => {
  const { RAILSWITCH_ACTIVE: _, ...rest } = environment()
  const config = configFromEnv(rest)
  expect(() => createPayments({ ...config, store: memoryStore() })).toThrow(
    /\n {2}RAILSWITCH_ACTIVE: is missing\. Write trustly-se or payabl: new payments use it\.$/,
  )
  expect(() => createPayments({ ...config, active: () => 'payabl', store: memoryStore() })).not.toThrow()
})

test('keys and passwords can be read from files, without the line break at the end', () => {
  const { RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY: _, RAILSWITCH_TRUSTLY_SE_PASSWORD: __, ...rest } = environment()
  const config = configFromEnv({
    ...rest,
    RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY_FILE: file('key.pem', pem),
    RAILSWITCH_TRUSTLY_SE_PASSWORD_FILE: file('password', 'marked-password\n'),
  })
  expect(config.providers['trustly-se']).toMatchObject({ password: 'marked-password', privateKey: pem.trimEnd() })
  expect(() => createPayments({ ...config, store: memoryStore() })).not.toThrow()
})

test('unknown variables, unreadable files and duplicates are reported together, without any value', () => {
  const refusal = refusalOf({
    ...environment(),
    RAILSWITCH_ACTVE: 'marked',
    RAILSWITCH_NORTH_USERNAME: 'marked',
    RAILSWITCH_PAYABL_SECRETS: 'marked',
    RAILSWITCH_PAYABL_CHARSET_FILE: join(folder, 'marked-missing'),
    RAILSWITCH_TRUSTLY_SE_PASSPHRASE_FILE: folder,
    RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY_FILE: file('other.pem', 'marked'),
  })
  expect(refusal.code).toBe('invalid_configuration')
  expect(refusal.issues.map(({ field }) => field).sort()).toEqual([
    'RAILSWITCH_ACTVE',
    'RAILSWITCH_NORTH_USERNAME',
    'RAILSWITCH_PAYABL_CHARSET_FILE',
    'RAILSWITCH_PAYABL_SECRETS',
    'RAILSWITCH_TRUSTLY_SE_PASSPHRASE_FILE',
    'RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY',
  ])
  const errorText = JSON.stringify(refusal) + refusal.message + refusal.stack
  expect(errorText).not.toContain('marked')
  expect(errorText).not.toContain('PRIVATE KEY---')
})

test('mistakes in names, in files and in values are reported in one go, each once', () => {
  const { RAILSWITCH_PAYABL_SECRET: _, RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY: __, ...rest } = environment()
  const refusal = refusalOf({
    ...rest,
    RAILSWITCH_ACTIVE: 'trustly-es',
    RAILSWITCH_CALLBACK_URL: 'http://shop.example/callbacks',
    RAILSWITCH_PAYABL_SECRT: 'marked',
    RAILSWITCH_PAYABL_ENVIRONMENT: 'tset',
    RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY_FILE: join(folder, 'marked-missing'),
    RAILSWITCH_STATMENT: 'marked',
  })
  expect(refusal.issues.map(({ field, fix }) => [field, fix])).toEqual([
    ['RAILSWITCH_PAYABL_SECRT', 'write RAILSWITCH_PAYABL_SECRET'],
    ['RAILSWITCH_STATMENT', 'write RAILSWITCH_STATEMENT'],
    ['RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY_FILE', 'check the path and its permissions'],
    ['RAILSWITCH_PAYABL_ENVIRONMENT', expect.stringMatching('local.*live')],
    ['RAILSWITCH_ACTIVE', expect.stringContaining('trustly-se')],
    ['RAILSWITCH_CALLBACK_URL', expect.stringContaining('https')],
  ])
  expect(refusal.message + JSON.stringify(refusal)).not.toContain('marked')
})

test('a misspelt variable is a mistake, also if the meant one has a wrong value', () => {
  const { issues } = refusalOf({ ...environment(), RAILSWITCH_ACTVE: 'payabl', RAILSWITCH_ACTIVE: 'paybal' })
  expect(issues.map(({ field }) => field)).toEqual(['RAILSWITCH_ACTVE', 'RAILSWITCH_ACTIVE'])
})

test('the variables of a rail that is not listed are checked, too', () => {
  const { issues } = refusalOf({
    ...environment(),
    RAILSWITCH_ACTIVE: 'payabl',
    RAILSWITCH_RAILS: 'trustly-se',
    RAILSWITCH_PAYABL_ENVIRONMENT: 'tset',
  })
  expect(issues.map(({ field }) => field)).toEqual(['RAILSWITCH_RAILS', 'RAILSWITCH_PAYABL_ENVIRONMENT'])
})

test('a misspelt name in the list of rails is one mistake', () => {
  expect(refusalOf({ ...environment(), RAILSWITCH_RAILS: 'trusty-se,payabl' }).issues).toEqual([
    {
      field: 'RAILSWITCH_RAILS',
      rule: 'no variable sets an option of trusty-se',
      fix: 'write trustly-se, which has variables',
    },
  ])
})

test('an application that passes on only `providers` learns of misspelt variables', () => {
  const { active, providers, callbacks } = configFromEnv({ ...environment(), RAILSWITCH_PAYABL_CHRSET: 'UTF-8' })
  expect(() => createPayments({ active, providers, callbacks, store: memoryStore() })).toThrow(
    /RAILSWITCH_PAYABL_CHRSET: is not a variable/,
  )
})

test('an environment without any variable is one mistake', () => {
  expect(refusalOf({ PATH: '/usr/bin' }).issues).toEqual([
    {
      field: 'env',
      rule: 'has no variable that begins with RAILSWITCH_',
      fix: expect.stringContaining('node --env-file=.env'),
    },
  ])
})

test('createPayments reports every variable that is missing as missing, and not its form', () => {
  const start = () => createPayments({ ...configFromEnv({ RAILSWITCH_CROSS_CHECK: 'true' }), store: memoryStore() })
  const fields = ['ACTIVE', 'RAILS', 'CALLBACK_URL', 'CALLBACK_SECRETS']
  for (const field of fields) expect(start).toThrow(new RegExp(`RAILSWITCH_${field}: is missing\\. `))
})

test('an option that is required beside another one says so', () => {
  const local = { ...environment(), RAILSWITCH_TRUSTLY_SE_ENVIRONMENT: 'local' }
  expect(() => createPayments({ ...configFromEnv(local), store: memoryStore() })).toThrow(
    /RAILSWITCH_TRUSTLY_SE_URL: is missing, and is required where environment is local\./,
  )
})

test('without RAILSWITCH_RAILS, one mistake names all rails that have variables', () => {
  const { RAILSWITCH_RAILS: _, ...rest } = environment()
  expect(refusalOf(rest).issues).toEqual([
    {
      field: 'RAILSWITCH_RAILS',
      rule: 'is missing, and trustly-se, payabl have variables',
      fix: 'write RAILSWITCH_RAILS=trustly-se,payabl',
    },
  ])
})

test('an empty RAILSWITCH_RAILS is a missing one', () => {
  expect(refusalOf({ ...environment(), RAILSWITCH_RAILS: '' }).issues).toMatchObject([
    { field: 'RAILSWITCH_RAILS', rule: 'is missing, and trustly-se, payabl have variables' },
  ])
})

test('a key whose lines were lost in a .env file is reported as that', () => {
  const [first = ''] = pem.split('\n')
  expect(refusalOf({ ...environment(), RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY: first }).issues).toEqual([
    {
      field: 'RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY',
      rule: 'begins a key and does not end it',
      fix: expect.stringMatching(/quotation marks in a \.env file, or .*RAILSWITCH_TRUSTLY_SE_PRIVATE_KEY_FILE/),
    },
  ])
})

test('a rail that is not listed is one mistake, unless its name is a misspelt one', () => {
  expect(refusalOf({ ...environment(), RAILSWITCH_RAILS: 'trustly-se' }).issues).toEqual([
    {
      field: 'RAILSWITCH_RAILS',
      rule: 'does not name payabl, which has variables',
      fix: 'add payabl, or remove the variables that begin with RAILSWITCH_PAYABL_',
    },
  ])
  expect(refusalOf({ ...environment(), RAILSWITCH_PAYBL_USE: 'x' }).issues).toEqual([
    expect.objectContaining({ field: 'RAILSWITCH_PAYBL_USE', fix: 'write RAILSWITCH_PAYABL_USE' }),
  ])
})

test.each(['PRIVATE_KEY', 'PUBLIC_KEY', 'REGISTERED_PUBLIC_KEY'])(
  '%s must be a key, and a path has its own variable',
  (name) => {
    const variable = `RAILSWITCH_TRUSTLY_SE_${name}`
    expect(refusalOf({ ...environment(), [variable]: file('path.pem', pem) }).issues).toEqual([
      {
        field: variable,
        rule: 'must be the text of a key, from -----BEGIN to -----END, and not a path',
        fix: `name the file in ${variable}_FILE instead`,
      },
    ])
  },
)

test('a rail whose variables have another meaning already is refused', () => {
  expect(refusalOf({ ...environment(), RAILSWITCH_RAILS: 'trustly-se,payabl,callback' }).issues).toContainEqual(
    expect.objectContaining({ field: 'RAILSWITCH_RAILS', rule: expect.stringContaining('another meaning') }),
  )
})

test.each([
  ['badly named', 'trustly-se,Marked!', /rail 2: a rail's name is/],
  ['empty', 'trustly-se, ', /rail 2: a rail's name is/],
  ['without a variable', 'trustly-se,payabl,marked0f3a9', /no variable sets an option of rail 3/],
  ['named twice', 'trustly-se,payabl,marked0f3a9,marked0f3a9', /names rail 4 twice/],
])('row 19: a rail that is %s is reported by its position, not by its name', (_name, rails, rule) => {
  const refusal = refusalOf({ ...environment(), RAILSWITCH_RAILS: rails })
  expect(refusal.issues).toContainEqual({
    field: 'RAILSWITCH_RAILS',
    rule: expect.stringMatching(rule),
    fix: expect.any(String),
  })
  expect(refusal.message.toLowerCase()).not.toContain('marked')
})

test('a rail is reported by its name if the name is made of words', () => {
  expect(refusalOf({ ...environment(), RAILSWITCH_RAILS: 'trustly-se,payabl,north-se2' }).issues).toEqual([
    {
      field: 'RAILSWITCH_RAILS',
      rule: 'no variable sets an option of north-se2',
      fix: 'set RAILSWITCH_NORTH_SE2_USE and the others, or remove the name',
    },
  ])
  expect(refusalOf({ ...environment(), RAILSWITCH_RAILS: 'trustly-se,payabl,payabl' }).issues).toMatchObject([
    { rule: 'names payabl twice' },
  ])
})

test.each(Object.keys(environment()))(
  'row 19: property: a secret that was put into %s by mistake is not in the error',
  (variable) => {
    const secret = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!?.:/@ -]{10,20}[A-Za-z0-9!]$/)
    const property = fc.property(secret, fc.constantFrom('', 'payabl,', 'trustly-se,payabl,'), (text, before) => {
      const env = { ...environment(), [variable]: variable.endsWith('RAILS') ? before + text : text }
      try {
        createPayments({ ...configFromEnv(env), crossCheck: 'x' as unknown as boolean, store: memoryStore() })
      } catch (error) {
        if (!(error instanceof PaymentError)) throw error
        const errorText = [
          error.message,
          error.hint,
          error.stack,
          JSON.stringify(error),
          inspect(error, { depth: 9 }),
        ].join()
        expect(errorText.toLowerCase()).not.toContain(text.toLowerCase())
        return
      }
      throw new Error('The environment must be refused.')
    })
    expect(() => fc.assert(property, { numRuns: 30 })).not.toThrow()
  },
)
