import { PaymentError } from '@railswitch/core/store'
import { loadPglite } from './load-pglite.ts'

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
