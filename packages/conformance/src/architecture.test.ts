import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../', import.meta.url))

/** Which of our packages each package may import; a package that is not named here does not belong. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'trustly-direct': ['core'],
  'payabl-trustly': ['core'],
  callbacks: ['core'],
  railswitch: ['core', 'callbacks', 'trustly-direct', 'payabl-trustly'],
  'store-postgres': ['core'],
  conformance: ['core', 'callbacks', 'railswitch'],
  sandbox: [],
  cli: [
    'core',
    'callbacks',
    'trustly-direct',
    'payabl-trustly',
    'railswitch',
    'store-postgres',
    'conformance',
    'sandbox',
  ],
  'meridian-provider': ['core'],
  'demo-shop': ['core', 'callbacks', 'railswitch', 'store-postgres', 'sandbox', 'meridian-provider'],
  examples: [],
  simulator: ['core', 'callbacks', 'trustly-direct', 'payabl-trustly', 'railswitch', 'sandbox'],
  benchmarks: ['core', 'callbacks', 'trustly-direct', 'payabl-trustly', 'railswitch', 'store-postgres', 'sandbox'],
}

/** Tests may start a rail with the sandbox. */
const testsMayImportToo = ['sandbox', 'conformance', 'core', 'trustly-direct', 'payabl-trustly']

/** A provider of a third party is tried as an application uses it. */
const testsOf: Readonly<Record<string, readonly string[]>> = { 'meridian-provider': ['railswitch'] }

/** The role files that every provider has, with the names that each of them exports in every provider. */
const roles: { readonly [file: string]: readonly string[] } = {
  'index.ts': [],
  'provider.ts': ['ProviderDependencies'],
  'config.ts': ['readConfig'],
  'capabilities.ts': ['capabilities'],
  'provider-options.ts': [],
  'error-codes.ts': [],
  'client/client.ts': [],
  'client/call.ts': [],
  'client/map-error.ts': ['mapError'],
  'client/field-rules.ts': ['FieldRule'],
  'wire/signature.ts': [],
  'requirements.ts': ['requirements', 'depositRequirements', 'payoutRequirements'],
  'vendor-calls.ts': ['createVendorCalls'],
  'client-on-first-call.ts': ['clientOnFirstCall'],
  'operations/deposit.ts': ['startDeposit'],
  'operations/refund.ts': ['startRefund'],
  'operations/payout.ts': ['startPayout'],
  'operations/bank-account.ts': [],
  'operations/outcome.ts': ['toOutcome'],
  'operations/input-issues.ts': [],
  'look-up/look-up.ts': ['lookUp'],
  'callbacks/notification.ts': ['Notification', 'verifyNotification'],
  'callbacks/report.ts': ['toReport'],
  'callbacks/acknowledgement.ts': ['acknowledge'],
  'callbacks/customer-details.ts': ['customerDetails'],
  'interpret/interpret.ts': ['interpret'],
  'interpret/deposit.ts': ['depositFacts'],
  'interpret/credits.ts': ['creditsOf'],
  'interpret/refunds.ts': ['refundFacts'],
  'interpret/payout.ts': ['payoutFacts'],
}

const providers = ['trustly-direct', 'payabl-trustly'].filter((name) => existsSync(join(packages, name)))
const present = readdirSync(packages).filter((name) => existsSync(join(packages, name, 'package.json')))
const nameOf = (folder: string): string => manifestOf(folder).name
const manifestOf = (folder: string): { name: string; dependencies?: Record<string, string> } =>
  JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))

const sourcesOf = (folder: string): readonly string[] =>
  readdirSync(join(packages, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(packages, folder, 'src', file))

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, specifier = '']) => specifier)

test.each(present)('%s is a package of the map', (folder) => {
  expect(Object.keys(mayImport)).toContain(folder)
})

test.each(present)('%s imports only the packages that it may', (folder) => {
  const ours = new Map(present.map((name) => [nameOf(name), name]))
  const allowed = mayImport[folder] ?? []
  const wrong = sourcesOf(folder).flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const target = ours.get(
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      )
      if (target === undefined || target === folder || allowed.includes(target)) return []
      const forTests = [...testsMayImportToo, ...(testsOf[folder] ?? [])]
      return /\.test\.ts$|__fixtures__/.test(file) && forTests.includes(target) && folder !== 'sandbox'
        ? []
        : [`${file}: ${specifier}`]
    }),
  )
  expect(wrong).toEqual([])
})

test.each(present)("%s's manifest depends only on the packages that it may", (folder) => {
  const ours = new Map(present.map((name) => [nameOf(name), name]))
  const wrong = Object.keys(manifestOf(folder).dependencies ?? {}).filter((name) => {
    const target = ours.get(name)
    return target !== undefined && !(mayImport[folder] ?? []).includes(target)
  })
  expect(wrong).toEqual([])
})

const exportsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^export (?:const|function\*?|interface|type) (\w+)/gm)].map(
    ([, name = '']) => name,
  )

describe.each(providers)('provider %s', (folder) => {
  test.each(Object.entries(roles))('has %s, with the exports of its role', (file, names) => {
    const path = join(packages, folder, 'src', file)
    expect(existsSync(path)).toBe(true)
    expect(exportsOf(path)).toEqual(expect.arrayContaining([...names]))
  })
})

test('only one file spells the paths of fp-ts, and only one imports axios', () => {
  const users = (specifier: RegExp): readonly string[] =>
    present
      .flatMap(sourcesOf)
      .filter((file) => !file.endsWith('.test.ts') && importsOf(file).some((name) => specifier.test(name)))
      .map((file) => file.slice(packages.length))
  expect(users(/^fp-ts/)).toEqual([join('core', 'src', 'fp.ts')])
  expect(users(/^axios$/)).toEqual([join('core', 'src', 'provider', 'axios-transport.ts')])
})
