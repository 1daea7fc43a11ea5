import { depositRef, started } from '../../__fixtures__/records.ts'
import { order, storeWith, tokenOf } from './__fixtures__/store-with.ts'

describe('a vendor id', () => {
  test('of a response replaces the one of a token, whose reports are no longer applied', async () => {
    const { begin, conclude, callback, store } = storeWith()
    await begin()
    await callback('n-1', { vendorId: 'evil' }, { token: tokenOf(order) })
    expect((await store.find('order-1'))?.reports).toMatchObject([{ vendorId: 'evil', intent: depositRef }])
    await conclude(order, started(order), ['tx-1'])
    expect((await store.find('order-1'))?.reports).toMatchObject([{ vendorId: 'evil', intent: null }])
  })

  test('of a token stays if the response contains it too, or replaces nothing', async () => {
    for (const learned of [{ vendorIds: ['tx-1'] }, { vendorIds: ['tx-2'], replaces: false }, { vendorIds: [] }]) {
      const { begin, store, callback, rules } = storeWith()
      await begin()
      await callback('n-1', {}, { token: tokenOf(order) })
      await store.conclude(order, started(order), { replaces: true, ...learned }, rules)
      expect((await store.find('order-1'))?.reports).toMatchObject([{ intent: depositRef }])
    }
  })

  test('applies the reports that were stored under it before, in any record', async () => {
    const { begin, conclude, callback, store } = storeWith()
    expect((await callback('n-1')).record.unowned).toMatchObject({ reason: 'foreign_order', count: 1 })
    await begin()
    await conclude(order, started(order), ['tx-1'])
    expect((await store.find('order-1'))?.reports).toMatchObject([{ id: 'n-1', intent: depositRef }])
    expect((await callback('n-2', { vendorId: 'tx-9' })).record.unowned).toMatchObject({ count: 1 })
  })

  test('belongs to one payment: another one does not learn it, and with onlyIfFree nothing is written', async () => {
    const { paid, begin, conclude, store } = storeWith()
    await paid()
    const other = { ...order, reference: 'order-2' }
    await begin(other)
    expect(await conclude(other, started(other), ['tx-1', 'tx-2'], { onlyIfFree: true })).toEqual({ taken: ['tx-1'] })
    expect((await store.find('order-2'))?.intents[0]).toMatchObject({ conclusion: null, vendorIds: [] })
    expect(await conclude(other, started(other), ['tx-1', 'tx-2'])).toEqual({ taken: ['tx-1'] })
    expect((await store.find('order-2'))?.intents[0]).toMatchObject({ vendorIds: ['tx-2'] })
    expect(await conclude(order, started(order), ['tx-1', 'tx-3'], { onlyIfFree: true })).toEqual({ taken: [] })
  })
})
