import { accepted, depositRef, refund, sek } from '../../__fixtures__/records.ts'
import { order, storeWith } from './__fixtures__/store-with.ts'

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
