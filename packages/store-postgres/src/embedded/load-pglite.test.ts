import { PaymentError } from '@railswitch/core/store'
import { loadPglite, pgliteIssues } from './load-pglite.ts'

test('if PGlite is not installed, the error names the package and how to install it', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
  const error: unknown = await loadPglite(() => Promise.reject(missing)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(PaymentError)
  expect(error).toMatchObject({
    code: 'store_failed',
    effect: 'not_sent',
    message: expect.stringContaining('@electric-sql/pglite'),
    hint: expect.stringContaining('npm install @electric-sql/pglite'),
    cause: missing,
  })
})

test('otherwise it is loaded', async () => {
  expect(await loadPglite()).toHaveProperty('PGlite')
})

const installed = 'file:///shop/node_modules/@railswitch/store-postgres/embedded.js'
const failing = (code: string) => () => {
  throw Object.assign(new Error('Cannot find module'), { code })
}

test('a missing PGlite is an issue at the start, with the package to install', () => {
  expect(pgliteIssues(installed, failing('MODULE_NOT_FOUND'))).toEqual([
    {
      field: 'store',
      rule: expect.stringContaining('not installed'),
      fix: 'install it: npm install @electric-sql/pglite',
    },
  ])
})

test.each<[string, string, () => string]>([
  ['that is installed', installed, () => '/shop/node_modules/@electric-sql/pglite/index.cjs'],
  ['that a bundler may have included', 'file:///shop/dist/server.js', failing('MODULE_NOT_FOUND')],
  ['of which the host says nothing', installed, failing('ERR_PACKAGE_PATH_NOT_EXPORTED')],
])('a PGlite %s is no issue', (_name, place, resolve) => {
  expect(pgliteIssues(place, resolve)).toEqual([])
})
