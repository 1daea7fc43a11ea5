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
  conformance: ['core', 'callbacks'],
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
  'demo-shop': ['core', 'callbacks', 'railswitch', 'store-postgres', 'sandbox'],
  benchmarks: ['core', 'callbacks', 'trustly-direct', 'payabl-trustly', 'railswitch', 'store-postgres', 'sandbox'],
}

/** Tests may stand a rail up in front of the sandbox. */
const testsMayImportToo = ['sandbox', 'conformance', 'core']

/** What each file of a provider holds, by its name: the same names in every provider. */
const roleFiles = [
  'index.ts',
  'provider.ts',
  'config.ts',
  'capabilities.ts',
  'provider-options.ts',
  'error-codes.ts',
  'client/client.ts',
  'client/call.ts',
  'client/map-error.ts',
  'wire/signature.ts',
  'operations/deposit.ts',
  'operations/refund.ts',
  'operations/payout.ts',
  'operations/outcome.ts',
  'operations/look-up.ts',
  'callbacks/notification.ts',
  'callbacks/report.ts',
  'callbacks/acknowledgement.ts',
  'callbacks/customer-details.ts',
  'interpret/interpret.ts',
  'interpret/deposit.ts',
  'interpret/refunds.ts',
  'interpret/payout.ts',
]

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
      return /\.test\.ts$|__fixtures__/.test(file) && testsMayImportToo.includes(target) && folder !== 'sandbox'
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

test.each(providers)('provider %s has every role file', (folder) => {
  const missing = roleFiles.filter((file) => !existsSync(join(packages, folder, 'src', file)))
  expect(missing).toEqual([])
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
