import { accepted, depositRef, refund, sek } from '../../__fixtures__/records.ts'
import { order, storeWith, tokenOf } from './__fixtures__/store-with.ts'

test('an intent is begun once, with the time of the store', async () => {
  const { begin } = storeWith()
  expect(await begin()).toMatchObject({
    state: 'new',
    recorded: {
      begunAt: '2026-01-01T00:00:00.000Z',
      resumed: false,
      conclusion: null,
      vendorIds: [],
      fingerprint: 'f',
    },
    record: { intents: [{ intent: order }] },
  })
  expect((await begin()).state).toBe('resume')
  expect((await begin()).state === 'resume').toBe(true)
})

test('the intent of a refund is found by its own reference, and shares the payment', async () => {
  const { paid, begin, conclude, store } = storeWith()
  await paid()
  const refundIntent = refund('r-1').intent
  await begin(refundIntent)
  await conclude(refundIntent, accepted(refundIntent))
  expect((await store.find('r-1'))?.key).toBe((await store.find('order-1'))?.key)
  expect(await begin({ ...order, reference: 'r-1', attempt: 2 })).toMatchObject({
    state: 'refused',
    error: { code: 'conflict' },
  })
  expect(await begin({ ...refundIntent, of: depositRef, reference: 'r-2', expect: sek('70.01') })).toMatchObject({
    error: { code: 'exceeds_refundable' },
  })
})

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
