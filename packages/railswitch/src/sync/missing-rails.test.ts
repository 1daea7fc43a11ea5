import { type Conclusion, paymentRef } from '@railswitch/core'
import { clockOf, day, hour, intentOf, storeOf, syncUnderTest, vendorOf } from './__fixtures__/sync-under-test.ts'

/** A deposit and a payout without a response, on a rail that is no longer configured. */
const removed = async () => {
  const clock = clockOf()
  const store = storeOf(clock)
  const before = syncUnderTest({ clock, store })
  await before.begin(intentOf('order-1'), 'started', 'tx-1')
  await before.send({ id: 'n-1', order: 'tx-1', method: 'credit' })
  await before.begin(intentOf('out-1', { kind: 'payout' }))
  clock.at += hour
  const after = syncUnderTest({ clock, store, rails: new Map([['other', vendorOf()]]) })
  return { before, after, clock }
}

test('a removed rail is reported and logged once a day for each payment', async () => {
  const { after, clock } = await removed()
  const { manualReview } = await after.sync()
  expect(manualReview.map(({ payment }) => payment)).toEqual(['rs1.r.deposit.order-1.1', 'rs1.r.payout.out-1.1'])
  expect(manualReview.every(({ why }) => why.includes('rail r is not configured'))).toBe(true)
  expect(after.logs.filter((line) => line.includes('rail'))).toHaveLength(2)
  for (let hours = 0; hours < 22; hours += 1) {
    clock.at += hour
    expect(await after.sync()).toMatchObject({ manualReview: [] })
  }
  expect(after.logs).toHaveLength(2)
  clock.at += 3 * hour
  expect((await after.sync()).manualReview).toHaveLength(2)
})

test('nothing is emitted, concluded or reviewed without the rail, and everything continues when it is restored', async () => {
  const { before, after, clock } = await removed()
  await after.sync()
  expect(after.receivedEvents).toEqual([])
  expect(await after.reviews.list()).toEqual([])
  clock.at += 2 * day
  expect((await before.sync()).manualReview).toMatchObject([{ payment: 'rs1.r.payout.out-1.1' }])
  expect(before.types()).toEqual(['deposit.credited', 'review.needed'])
  expect(await before.reviews.list()).toMatchObject([{ reason: 'outcome_unknown' }])
})

test('a payout with another attempt on the removed rail does not count as paid meanwhile', async () => {
  const clock = clockOf()
  const store = storeOf(clock)
  const vendor = vendorOf({ payoutFailureWindowMs: day })
  const both = new Map([
    ['r', vendor],
    ['other', vendor],
  ])
  const before = syncUnderTest({ clock, store, rails: both })
  const refused: Conclusion = {
    state: 'refused',
    error: { code: 'declined', effect: 'refused', retry: 'next_attempt', message: 'declined', hint: 'none' },
  }
  await before.begin(intentOf('out-1', { kind: 'payout' }), refused)
  const next = intentOf('out-1', { kind: 'payout', rail: 'other', attempt: 2 })
  await before.begin(next, { state: 'accepted', result: { status: 'accepted', payment: paymentRef(next) } }, 'po-2')
  await before.send({ id: 'n-1', order: 'po-2', method: 'failed' }, null, 'other')
  const after = syncUnderTest({ clock, store, rails: new Map([['other', vendor]]) })
  clock.at += 3 * day
  await after.sync()
  clock.at += 3 * day
  await before.sync()
  expect(before.types()).toEqual(['payout.failed'])
  expect((await before.record('out-1')).reports).toHaveLength(1)
})
