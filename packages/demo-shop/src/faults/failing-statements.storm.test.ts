import { PaymentError } from '@railswitch/core'
import { type EmbeddedStore, embeddedStore } from '@railswitch/store-postgres/embedded'
import { storeWithCounted } from '@railswitch/store-postgres/fixtures/failing-statements'
import { everyMethod, type MethodCall, outcomeOf, shopOn } from 'railswitch/fixtures/every-method'
import { failingOnce } from 'railswitch/fixtures/failing-store'

let embedded: EmbeddedStore

beforeAll(() => {
  embedded = embeddedStore()
})
afterAll(() => embedded.close())

/** Calls the method, in an empty database, on a store whose nth statement fails. */
const callWith = async ({ prepare }: MethodCall, nth: number) => {
  const database = await embedded.database()
  await database.exec('truncate railswitch.payments cascade; truncate railswitch.reports cascade')
  const failing = failingOnce()
  const shop = shopOn(storeWithCounted(database, failing.count))
  const call = await prepare(shop)
  shop.reported.length = 0
  failing.nth = nth
  const outcome = await outcomeOf(call)
  failing.nth = null
  return { ...shop, call, failing, outcome }
}

test.each(everyMethod)('$name: whatever statement fails, its error is the cause, or it is reported', async (method) => {
  let statements = 0
  for (let nth = 1; ; nth += 1) {
    const { call, failing, outcome, reported } = await callWith(method, nth)
    if (!failing.hasFailed) break
    statements += 1
    if ('value' in outcome) {
      expect(reported.map(({ error }) => error)).toContain(failing.error)
      continue
    }
    expect(outcome.error).toBeInstanceOf(PaymentError)
    expect(outcome.error).toMatchObject({ code: 'store_failed', retry: 'same_attempt', cause: failing.error })
    expect(await outcomeOf(call)).toHaveProperty('value')
  }
  expect(statements).toBeGreaterThan(3)
})
