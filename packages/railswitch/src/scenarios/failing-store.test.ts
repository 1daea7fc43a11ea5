import { inspect } from 'node:util'
import { memoryStore, PaymentError } from '@railswitch/core'
import { everyMethod, type MethodCall, outcomeOf, shopOn } from './__fixtures__/every-method.ts'
import { countedStore, failingOnce } from './__fixtures__/failing-store.ts'

/** Calls the method on a store whose nth call fails. */
const callWith = async ({ prepare }: MethodCall, nth: number) => {
  const failing = failingOnce()
  const shop = shopOn(countedStore(memoryStore(), failing.count))
  const call = await prepare(shop)
  shop.lines.length = 0
  shop.reported.length = 0
  const before = shop.vendor.called
  failing.nth = nth
  const outcome = await outcomeOf(call)
  failing.nth = null
  return { ...shop, call, failing, outcome, wasCalled: shop.vendor.called > before }
}

const isCausedBy = (error: unknown, cause: unknown): boolean =>
  error === cause || (error instanceof Error && error.cause !== undefined && isCausedBy(error.cause, cause))

/** The methods whose request the vendor may have executed when the store fails. */
const decides = /^(?:approve|deny|cancelMandate)$/

describe.each(everyMethod)('$name on a store whose nth call fails', (method) => {
  test('rejects only with store_failed and the cause, or reports the error to onError and the log', async () => {
    let failures = 0
    for (let nth = 1; ; nth += 1) {
      const { call, failing, outcome, wasCalled, lines, reported } = await callWith(method, nth)
      if (!failing.hasFailed) break
      failures += 1
      const isLogged = lines.some(
        ({ level, fields }) => level === 'error' && JSON.stringify(fields).includes('marked-driver'),
      )
      if ('value' in outcome) {
        expect({ nth, isLogged, reported: reported.map(({ error }) => isCausedBy(error, failing.error)) }).toEqual({
          nth,
          isLogged: true,
          reported: expect.arrayContaining([true]),
        })
        continue
      }
      const { error } = outcome
      expect(error).toBeInstanceOf(PaymentError)
      expect(error).toMatchObject({
        code: 'store_failed',
        retry: 'same_attempt',
        effect: wasCalled && (decides.test(method.name) || method.name === 'sync') ? 'may_have_happened' : 'not_sent',
        message: expect.stringMatching(/store/),
        hint: expect.stringMatching(/store/),
      })
      expect((error as PaymentError).cause).toBe(failing.error)
      const { message, hint } = error as PaymentError
      expect(message + hint + JSON.stringify(error)).not.toContain('marked')
      expect(inspect(error)).toContain('marked-driver')
      // What the error advises works.
      expect(await outcomeOf(call)).toHaveProperty('value')
    }
    expect(failures).toBeGreaterThan(0)
  })
})
