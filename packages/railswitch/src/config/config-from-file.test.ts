import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { memoryStore, PaymentError } from '@railswitch/core'
import { createPayments } from '../create-payments.ts'
import { type ConfigFileOptions, configFromFile } from './config-from-file.ts'
import { configSource } from './config-sources.ts'

let folder = ''
const before = process.cwd()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const write = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return path
}

const payabl = {
  use: 'payabl-trustly',
  environment: 'test',
  merchantId: 'gateway_test',
  secret: 'marked-b185',
  timeoutMs: 5000,
}
const content = {
  active: 'payabl',
  providers: { payabl },
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['n'.repeat(32)], handlerTimeoutMs: 2000 },
  statement: 'SHOP.EXAMPLE',
  requires: ['deposit'],
  crossCheck: false,
}

const start = async (options?: ConfigFileOptions) =>
  createPayments({ ...(await configFromFile(options)), store: memoryStore() })

const refusalOf = async (options?: ConfigFileOptions): Promise<PaymentError> => {
  try {
    await start(options)
  } catch (error) {
    if (error instanceof PaymentError) return error
    throw error
  }
  throw new Error('The configuration must be refused.')
}

test.each([
  ['railswitch.config.json', JSON.stringify(content)],
  ['railswitch.config.mjs', `export default ${JSON.stringify(content)}`],
  ['railswitch.config.cjs', `module.exports = ${JSON.stringify(content)}`],
  ['railswitch.config.ts', `export default ${JSON.stringify(content)} satisfies object`],
])('reads %s of the working directory', async (name, text) => {
  write(name, text)
  expect(await configFromFile()).toMatchObject(content)
  await expect(start()).resolves.toBeDefined()
})

test('reads another file by its path', async () => {
  expect(await configFromFile({ file: write('shop.json', content) })).toMatchObject(content)
})

test('a module can contain what JSON cannot: a function, a logger', async () => {
  write(
    'railswitch.config.mjs',
    `const content = ${JSON.stringify(content)}
     export default { ...content, active: ({ country }) => (country === 'SE' ? 'payabl' : 'payabl'), logger: false }`,
  )
  expect(await configFromFile()).toMatchObject({ active: expect.any(Function), logger: false })
  await expect(start()).resolves.toBeDefined()
})

test('the only rail is active if the file names none', async () => {
  const { active: _, ...rest } = content
  write('railswitch.config.json', rest)
  expect((await configFromFile()).active).toBe('payabl')
})

test('variables replace options of the file, and add rails', async () => {
  write('railswitch.config.json', content)
  const config = await configFromFile({
    env: {
      RAILSWITCH_ACTIVE: 'other',
      RAILSWITCH_PAYABL_SECRET: 'from-the-environment',
      RAILSWITCH_PAYABL_TIMEOUT_MS: '7000',
      RAILSWITCH_CALLBACK_SECRETS: `${'m'.repeat(32)}, ${'n'.repeat(32)}`,
      RAILSWITCH_CALLBACK_HANDLER_TIMEOUT_MS: '3000',
      RAILSWITCH_CROSS_CHECK: 'true',
      RAILSWITCH_REQUIRES: 'deposit, refund',
      RAILSWITCH_RAILS: 'payabl,other',
      RAILSWITCH_OTHER_USE: 'payabl-trustly',
      RAILSWITCH_OTHER_ENVIRONMENT: 'test',
      RAILSWITCH_OTHER_MERCHANT_ID: 'other',
      RAILSWITCH_OTHER_SECRET: 'other',
    },
  })
  expect(config).toMatchObject({
    ...content,
    active: 'other',
    callbacks: {
      url: 'https://shop.example/callbacks',
      secrets: ['m'.repeat(32), 'n'.repeat(32)],
      handlerTimeoutMs: 3000,
    },
    crossCheck: true,
    requires: ['deposit', 'refund'],
    providers: {
      payabl: { ...payabl, secret: 'from-the-environment', timeoutMs: 7000 },
      other: { use: 'payabl-trustly', environment: 'test', merchantId: 'other', secret: 'other' },
    },
  })
  expect(() => createPayments({ ...config, store: memoryStore() })).not.toThrow()
})

test('each mistake names where its value came from: the file, the variable or the object', async () => {
  write('railswitch.config.json', {
    ...content,
    statment: 'marked',
    providers: { payabl: { ...payabl, charset: 'marked', merchantId: undefined } },
    callbacks: { ...content.callbacks, url: 'marked' },
  })
  const config = await configFromFile({
    env: { RAILSWITCH_PAYABL_TIMEOUT_MS: 'marked', RAILSWITCH_CROSS_CHECK: 'yes' },
  })
  const refusal = (() => {
    try {
      createPayments({ ...config, statement: '', store: {} as never })
    } catch (error) {
      if (error instanceof PaymentError) return error
    }
    throw new Error('The configuration must be refused.')
  })()
  expect([...new Set(refusal.issues.map(({ field }) => field))].sort()).toEqual([
    'RAILSWITCH_CROSS_CHECK',
    'RAILSWITCH_PAYABL_TIMEOUT_MS',
    'callbacks.url in railswitch.config.json',
    'providers.payabl.charset in railswitch.config.json',
    'providers.payabl.merchantId in railswitch.config.json',
    'statement',
    'statment in railswitch.config.json',
    'store',
  ])
  expect(refusal.issues.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['must be a number', 'must be true or false']),
  )
  expect(JSON.stringify(refusal) + refusal.message + refusal.stack).not.toContain('marked')
})

test('a member that is missing in the file is named with the file; the store is missing in the application', async () => {
  write('railswitch.config.json', { providers: { payabl } })
  const refusal = await configFromFile().then((config) => {
    try {
      return createPayments(config as never)
    } catch (error) {
      return error
    }
  })
  expect((refusal as PaymentError).issues.map(({ field }) => field)).toEqual([
    'callbacks in railswitch.config.json',
    'store',
  ])
})

test.each<readonly [string, () => ConfigFileOptions | undefined, string, RegExp]>([
  ['no file', () => undefined, 'railswitch.config.ts', /does not exist in the working directory/],
  ['a wrong path', () => ({ file: 'shop/payments.json' }), 'payments.json', /does not exist/],
  [
    'two files',
    () => {
      write('railswitch.config.mjs', '')
      write('railswitch.config.json', '{}')
      return undefined
    },
    'railswitch.config.mjs',
    /there is also railswitch\.config\.json/,
  ],
  [
    'text that is not JSON',
    () => void write('railswitch.config.json', '{\n  "secret": "marked-secret",\n}'),
    'railswitch.config.json',
    /is not JSON/,
  ],
  [
    'a list',
    () => void write('railswitch.config.json', '["marked-secret"]'),
    'railswitch.config.json',
    /must contain an object/,
  ],
  [
    'a module without a default export',
    () => void write('railswitch.config.mjs', 'export const config = {}'),
    'railswitch.config.mjs',
    /must contain an object/,
  ],
  [
    'a module that throws',
    () => void write('railswitch.config.mjs', "throw new Error('marked by the file')"),
    'railswitch.config.mjs',
    /cannot be loaded/,
  ],
  ['a folder', () => void mkdirSync('railswitch.config.json'), 'railswitch.config.json', /cannot be read/],
])('%s is refused', async (_name, prepare, field, rule) => {
  const refusal = await refusalOf(prepare())
  expect(refusal.issues).toEqual([{ field, rule: expect.stringMatching(rule), fix: expect.stringMatching(/./) }])
  expect(inspect({ ...refusal, cause: undefined })).not.toContain('marked')
  expect(refusal.message).not.toContain('marked')
})

test('what a module throws is the cause', async () => {
  write('railswitch.config.mjs', "throw new Error('no vault')")
  const { cause } = await refusalOf()
  expect(cause).toMatchObject({ message: 'no vault' })
})

test('an unknown variable is refused beside a file, too', async () => {
  write('railswitch.config.json', content)
  const refusal = await refusalOf({ env: { RAILSWITCH_PAYABL_SECRT: 'x' } })
  expect(refusal.issues).toEqual([
    { field: 'RAILSWITCH_PAYABL_SECRT', rule: expect.any(String), fix: 'write RAILSWITCH_PAYABL_SECRET' },
  ])
})

test.each([
  ['RAILSWITCH_PAYABL_USER', 'write RAILSWITCH_PAYABL_USERNAME'],
  ['RAILSWITCH_PAYABL_ENV', 'write RAILSWITCH_PAYABL_ENVIRONMENT'],
  ['RAILSWITCH_PAYABL_ID', 'write RAILSWITCH_PAYABL_MERCHANT_ID'],
  ['RAILSWITCH_PAYABL_ID_FILE', 'write RAILSWITCH_PAYABL_MERCHANT_ID_FILE'],
  [
    'RAILSWITCH_PAYABL_KEY',
    'correct its spelling: docs/configuration.md of the package railswitch lists the variables of a rail',
  ],
  [
    'RAILSWITCH_PAYABL_RAIL',
    'correct its spelling: docs/configuration.md of the package railswitch lists the variables of a rail',
  ],
])('%s: %s', async (variable, fix) => {
  write('railswitch.config.json', content)
  const refusal = await refusalOf({ env: { [variable]: 'x' } })
  expect(refusal.issues).toEqual([{ field: variable, rule: 'is not a variable that railswitch reads', fix }])
})

test('a file names a provider of somebody else by its `use`, and variables set its options', async () => {
  const third = { use: 'third', variables: { API_KEY: 'apiKey' }, create: () => ({ _tag: 'Left' as const, left: [] }) }
  write('railswitch.config.json', { ...content, active: 'x', providers: { x: { use: 'third', account: 'shop' } } })
  const config = await configFromFile({ definitions: [third], env: { RAILSWITCH_X_API_KEY: '7' } })
  expect(config.providers).toEqual({ x: { use: third, account: 'shop', apiKey: '7' } })
})

test('configSource gives the variable or the file of each field', async () => {
  write('railswitch.config.json', content)
  const config = await configFromFile({ env: { RAILSWITCH_PAYABL_MERCHANT_ID: 'm', RAILSWITCH_STATEMENT: 'X' } })
  expect(configSource(config, 'providers.payabl.merchantId')).toEqual({ variable: 'RAILSWITCH_PAYABL_MERCHANT_ID' })
  expect(configSource(config, 'providers.payabl.secret')).toEqual({ file: 'railswitch.config.json' })
  expect(configSource(config, 'providers.payabl.charset')).toBeNull()
  expect(configSource({ ...config, statement: 'Y' }, 'statement')).toBeNull()
  expect(configSource({ statement: 'Y' }, 'statement')).toBeNull()
})
