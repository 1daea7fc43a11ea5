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

describe('a vendor id that becomes known', () => {
  test('takes over the stored reports with this id at its own rail, and no others', async () => {
    const { begin, conclude, callback, store } = storeWith()
    await callback('n-1')
    await callback('n-2', { vendorId: 'tx-2' })
    await callback('n-3', { rail: 'other' })
    await begin()
    await conclude(order, started(order), ['tx-1'])
    expect((await store.find('order-1'))?.reports.map(({ id, rail }) => `${rail} ${id}`)).toEqual(['bank n-1'])
    expect((await callback('n-2', { vendorId: 'tx-2' })).record.unowned?.count).toBe(1)
    expect((await callback('n-3', { rail: 'other' })).record.unowned?.count).toBe(1)
  })

  test('moves a redelivered report to the payment from the record in which it was stored, and no others', async () => {
    const { begin, callback, store } = storeWith()
    await callback('n-1')
    await callback('n-2', { vendorId: 'tx-2' })
    await callback('n-3', { vendorId: 'tx-3' })
    await begin()
    const token = tokenOf(order)
    const taken = await callback('n-2', { vendorId: 'tx-2' }, { token })
    expect(taken.record.reports).toMatchObject([{ id: 'n-2', intent: depositRef }])
    expect((await store.find('order-1'))?.reports.map(({ id }) => id)).toEqual(['n-2'])
    expect((await callback('n-1')).record.unowned?.count).toBe(2)
  })

  test('has its money proven by a redelivery with the token', async () => {
    const { begin, conclude, callback, store } = storeWith()
    await begin()
    await conclude(order, started(order), ['tx-1'])
    const proofOf = async () => (await store.find('order-1'))?.reports.map(({ proof }) => proof)
    await callback('n-1', {}, { signs: 'identity' })
    expect(await proofOf()).toEqual(['unproven'])
    await callback('n-1', {}, { signs: 'identity', token: tokenOf(order) })
    expect(await proofOf()).toEqual(['token'])
    await callback('n-1', {}, { signs: 'identity' })
    expect(await proofOf()).toEqual(['token'])
  })

  test('distinguishes reports with the same id at two rails', async () => {
    const { paid, callback, store } = storeWith()
    await paid()
    await callback('n-1', { rail: 'other' })
    expect((await store.find('order-1'))?.reports).toHaveLength(1)
    expect((await callback('n-1', { rail: 'other' })).record.unowned?.count).toBe(1)
  })

  test('of a token stays assigned when the response of another attempt names it', async () => {
    const { begin, conclude, callback, store } = storeWith()
    const again = { ...order, attempt: 2 }
    await begin()
    await begin(again)
    await callback('n-1', { vendorId: 'a' }, { token: tokenOf(order) })
    await callback('n-2', { vendorId: 'b' }, { token: tokenOf(again) })
    await conclude(again, started(again), ['c'])
    expect((await store.find('order-1'))?.reports.map(({ id, intent }) => [id, intent])).toEqual([
      ['n-1', depositRef],
      ['n-2', null],
    ])
  })

  test('of a token is not replaced after a response has named it', async () => {
    const { begin, conclude, callback, store } = storeWith()
    await begin()
    await callback('n-1', {}, { token: tokenOf(order) })
    await conclude(order, started(order), ['tx-1'])
    await conclude(order, started(order), ['tx-2'])
    expect((await store.find('order-1'))?.reports).toMatchObject([{ id: 'n-1', intent: depositRef }])
  })
})
