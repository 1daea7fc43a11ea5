import { inspect } from 'node:util'
import { memoryStore, PaymentError } from '@railswitch/core'
import { everyMethod, type MethodCall, outcomeOf, type ShopOn, shopOn } from './__fixtures__/every-method.ts'
import type { ProviderFault } from './__fixtures__/versatile-bank.ts'

const faults: readonly ProviderFault[] = [
  'interpret',
  'questions',
  'requirements',
  'operation',
  'decideWithdrawal',
  'cancelCharge',
  'cancelMandate',
  'lookUp',
  'crossCheck',
]

/** The values that a provider throws; their text is the request, which no error and no log may show. */
const thrown: readonly [string, () => unknown][] = [
  ['an error', () => Object.assign(new TypeError('marked-request'), { config: { data: 'marked-request' } })],
  ['an error with the request in several lines', () => new Error('marked-request\n    at marked-request')],
  ['text', () => 'marked-request'],
  ['nothing', () => undefined],
  ['an error whose message was changed', () => Object.assign(new Error('marked-request'), { message: 'at' })],
]

const shownBy = ({ lines, reported }: ShopOn, outcome: object): string =>
  [inspect(outcome, { depth: 9 }), JSON.stringify(lines), inspect(reported, { depth: 9 })].join('\n')

const onlyLooksUp = /^importPayment/

const requirements: MethodCall = {
  name: 'requirements',
  prepare:
    async ({ payments }) =>
    async () =>
      payments.requirements('deposit', { country: 'DE', currency: 'EUR' }),
}

describe.each([...everyMethod, requirements])('$name at a provider that throws', ({ name, prepare }) => {
  test.each(faults)(
    'from %s rejects only with PaymentError, or reports the error, and shows no request',
    async (fault) => {
      for (const [, error] of thrown) {
        const shop = shopOn(memoryStore())
        const call = await prepare(shop)
        shop.lines.length = 0
        shop.reported.length = 0
        const before = shop.vendor.called
        shop.vendor.fault = error()
        shop.vendor.throwing.add(fault)
        const outcome = await outcomeOf(call)
        const wasCalled = shop.vendor.called > before
        expect(shownBy(shop, outcome)).not.toContain('marked-request')
        if ('value' in outcome) continue
        expect(outcome.error).toBeInstanceOf(PaymentError)
        expect(outcome.error).toMatchObject({
          code: 'vendor_error',
          effect: wasCalled && !onlyLooksUp.test(name) ? 'may_have_happened' : 'not_sent',
          message: expect.stringMatching(/^The provider (?:bank|of rail bank) failed/),
          hint: expect.stringContaining('fault of the provider'),
        })
      }
    },
  )
})

test.each([
  ['undefined', undefined],
  ['an object', {}],
  ['a Left without a PaymentError', { _tag: 'Left', left: { code: 'declined', effect: 'refused' } }],
])('a provider that returns %s instead of an Either may have sent the request', async (_name, returned) => {
  const shop = shopOn(memoryStore())
  const { payments } = shop
  shop.vendor.returned = { value: returned }
  const [deposit] = everyMethod
  const outcome = await outcomeOf((await deposit?.prepare(shop)) ?? (() => Promise.resolve()))
  expect(outcome).toMatchObject({ error: { code: 'vendor_error', effect: 'may_have_happened', retry: 'after_lookup' } })
  expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({ state: 'pending' })
})
