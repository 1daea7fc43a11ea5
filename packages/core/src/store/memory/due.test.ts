import { order, storeWith } from './__fixtures__/store-with.ts'

describe('a record', () => {
  test('is due at once, leased until it is due again, and rescheduled by its lease alone', async () => {
    const { paid, store, rules, clock } = storeWith()
    await paid()
    const [now, later] = [clock.at, clock.at + 1_000].map((at) => new Date(at).toISOString())
    const lease = (before = now) => store.leaseDue({ before: before ?? '', until: later ?? '', limit: 5 }, rules)
    const [leased, ...others] = await lease()
    expect(others).toEqual([])
    expect(await lease()).toEqual([])
    await store.reschedule('another', null)
    expect(await lease(later)).toHaveLength(1)
    await store.reschedule(leased?.lease ?? '', null)
    expect(await lease(later)).toHaveLength(1)
  })

  test('is leased first if it has been due the longest', async () => {
    const { begin, store, rules, clock } = storeWith()
    const references = ['order-3', 'order-1', 'order-2']
    for (const reference of references) {
      await begin({ ...order, reference })
      clock.at += 1_000
    }
    const [before, until] = [clock.at, clock.at + 1_000].map((at) => new Date(at).toISOString()) as [string, string]
    const next = async (limit: number) =>
      (await store.leaseDue({ before, until, limit }, rules)).flatMap(({ record }) =>
        record.intents.map(({ intent }) => intent.reference),
      )
    expect(await next(2)).toEqual(['order-3', 'order-1'])
    expect(await next(2)).toEqual(['order-2'])
  })

  test('is not due again until something happens to it', async () => {
    const { paid, callback, store, rules, clock } = storeWith()
    await paid()
    const at = new Date(clock.at).toISOString()
    const lease = () => store.leaseDue({ before: at, until: at, limit: 1 }, rules)
    const [leased] = await lease()
    await store.reschedule(leased?.lease ?? '', null)
    expect(await lease()).toEqual([])
    await callback('n-1')
    expect(await lease()).toEqual([])
    await callback('n-2')
    expect(await lease()).toHaveLength(1)
  })
})
