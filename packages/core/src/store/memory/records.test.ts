import { storeWith } from './__fixtures__/store-with.ts'

describe('unowned reports', () => {
  test('are counted by day, and the oldest are deleted', async () => {
    const { callback, clock } = storeWith([], { reports: 2, days: 60 })
    await callback('f-1', { vendorId: 'a' })
    clock.at += 1
    expect((await callback('f-2', { vendorId: 'b' })).dropped).toBeUndefined()
    expect((await callback('f-2', { vendorId: 'b' })).record.unowned?.count).toBe(2)
    clock.at += 1
    const third = await callback('f-3', { vendorId: 'c' })
    expect(third.dropped).toBe(1)
    expect((await callback('f-3', { vendorId: 'c' })).record.unowned?.count).toBe(2)
  })

  test('are stored for the configured number of days', async () => {
    const { callback, clock } = storeWith([], { reports: 10, days: 1 })
    await callback('f-1', { vendorId: 'a' })
    clock.at += 86_400_000
    expect((await callback('f-2', { vendorId: 'b' })).dropped).toBeUndefined()
    clock.at += 1
    expect((await callback('f-3', { vendorId: 'c' })).dropped).toBe(1)
  })
})
