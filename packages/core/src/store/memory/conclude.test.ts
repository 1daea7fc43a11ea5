import { order, storeWith, tokenOf } from './__fixtures__/store-with.ts'

test('an intent that was not sent is deleted with its payment, unless it was resumed or reported', async () => {
  const forgotten = storeWith()
  await forgotten.begin()
  await forgotten.conclude(order, 'not_sent')
  expect(await forgotten.store.find('order-1')).toBeNull()
  expect(await forgotten.conclude(order, 'not_sent')).toEqual({ taken: [] })
  const resumed = storeWith()
  await resumed.begin()
  await resumed.begin()
  await resumed.conclude(order, 'not_sent')
  expect((await resumed.store.find('order-1'))?.intents).toMatchObject([{ resumed: true }])
  const reported = storeWith()
  await reported.begin()
  await reported.callback('n-1', {}, { token: tokenOf(order) })
  await reported.conclude(order, 'not_sent')
  expect((await reported.store.find('order-1'))?.intents).toHaveLength(1)
})
