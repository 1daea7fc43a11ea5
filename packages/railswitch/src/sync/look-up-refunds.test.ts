import type { Fact, PaymentProvider, PaymentRef } from '@railswitch/core'
import { foundOf, lookUpsAt } from './__fixtures__/look-ups.ts'
import {
  clockOf,
  day,
  hour,
  intentOf,
  minute,
  sek,
  syncUnderTest,
  type VendorOptions,
  vendorOf,
} from './__fixtures__/sync-under-test.ts'

const ref = 'rs1.r.refund.refund-1.1' as PaymentRef
const refundWindowMs = 7 * day

/** The vendor of these tests, with refunds that have ids of their own. */
const withRefunds = (vendor: PaymentProvider, deposit: PaymentRef): PaymentProvider => ({
  ...vendor,
  interpret: (record) => [
    ...vendor.interpret({ ...record, reports: record.reports.filter(({ intent }) => intent !== ref) }),
    ...record.reports.flatMap(({ id, at, intent, vendorId, method }): readonly Fact[] => {
      if (intent !== ref || (method !== 'paid' && method !== 'failed')) return []
      const type = method === 'paid' ? 'refund.confirmed' : 'refund.failed'
      const base = { intent: deposit, vendorId, at, evidence: [id], source: 'lookup', key: vendorId } as const
      return [{ ...base, type, amount: sek('30.00'), refund: ref, candidates: [ref] }]
    }),
  ],
})

/** A deposit that was credited an hour ago, and an accepted refund of it at a vendor that reports refunds only in look-ups. */
const acceptedRefund = async (options: VendorOptions = { refundWindowMs }) => {
  const clock = clockOf()
  const lookUps = lookUpsAt(clock)
  const deposit = 'rs1.r.deposit.order-1.1' as PaymentRef
  const vendor = withRefunds(vendorOf({ lookUp: lookUps.lookUp, replays: true, ...options }), deposit)
  const running = syncUnderTest({ vendor, clock })
  await running.begin(intentOf('order-1'), 'started', 'tx-1')
  await running.send({ id: 'n-1', order: 'tx-1', method: 'credit' })
  clock.at += hour
  await running.sync()
  lookUps.lookedUpAt.length = 0
  const intent = intentOf('refund-1', { kind: 'refund', of: deposit, expect: sek('30.00') })
  await running.begin(intent, { state: 'accepted', result: { status: 'accepted', payment: ref } }, 'rf-1')
  const begunAt = clock.at
  const syncUntil = async (ms: number, every = hour) => {
    while (clock.at < begunAt + ms) {
      clock.at += every
      await running.sync()
    }
  }
  const shows = (method: 'paid' | 'failed', id: string = method) => foundOf(ref, { id, order: 'rf-1', method }, false)
  const refundState = async () => {
    const { state } = running.rules.derive(await running.record('order-1'))
    return state && 'refunds' in state ? state.refunds[0]?.state : undefined
  }
  return { ...running, ...lookUps, syncUntil, shows, refundState }
}

test('an accepted refund is looked up at growing intervals until its window ends', async () => {
  const { lookedUpAt, syncUntil } = await acceptedRefund()
  await syncUntil(14 * minute, minute)
  expect(lookedUpAt).toEqual([])
  await syncUntil(refundWindowMs, 10 * minute)
  const before = lookedUpAt.slice(0, -1) // the last one is at the end of the window
  const intervals = before.slice(1).map((at, index) => Date.parse(at) - Date.parse(before[index] ?? ''))
  expect(intervals).toEqual([...intervals].sort((a, b) => a - b))
  expect(lookedUpAt.length).toBeGreaterThan(5)
  expect(lookedUpAt.length).toBeLessThan(20)
})

test('a refund without an outcome is looked up once a day after its window, and not for ever', async () => {
  const { lookedUpAt, syncUntil } = await acceptedRefund()
  await syncUntil(refundWindowMs + day)
  const count = lookedUpAt.length
  await syncUntil(refundWindowMs + 11 * day)
  expect(lookedUpAt.length - count).toBeLessThanOrEqual(11)
  expect(lookedUpAt.length - count).toBeGreaterThanOrEqual(9)
  await syncUntil(refundWindowMs + 62 * day, day)
  const all = lookedUpAt.length
  await syncUntil(refundWindowMs + 90 * day, day)
  expect(lookedUpAt).toHaveLength(all)
})

test('a refund that a look-up confirms is confirmed once', async () => {
  const { lookUpResult, syncUntil, shows, types, refundState, reviews } = await acceptedRefund()
  lookUpResult.shows = [shows('paid')]
  await syncUntil(refundWindowMs + 5 * day)
  expect(types()).toEqual(['deposit.credited', 'refund.confirmed'])
  expect(await refundState()).toBe('confirmed')
  expect(await reviews.list()).toEqual([])
})

test('a refund that was confirmed and then comes back is found', async () => {
  const { lookUpResult, syncUntil, shows, types, refundState } = await acceptedRefund()
  lookUpResult.shows = [shows('paid')]
  await syncUntil(2 * day)
  lookUpResult.shows = [shows('failed')]
  await syncUntil(5 * day)
  expect(types()).toEqual(['deposit.credited', 'refund.confirmed', 'refund.failed'])
  expect(await refundState()).toBe('returned')
})

test('a look-up that shows the same again does not lead to more look-ups', async () => {
  const { lookUpResult, lookedUpAt, syncUntil, shows } = await acceptedRefund()
  lookUpResult.shows = [shows('paid')]
  await syncUntil(refundWindowMs, 5 * minute)
  expect(lookedUpAt.length).toBeLessThan(25)
})

test('a refund without an outcome at the end of its window needs review, until the vendor shows one', async () => {
  const { lookUpResult, syncUntil, shows, reviews, types } = await acceptedRefund()
  await syncUntil(refundWindowMs - hour)
  expect(await reviews.list()).toEqual([])
  await syncUntil(refundWindowMs + 2 * day)
  expect(await reviews.list()).toMatchObject([{ reason: 'overdue', reference: 'order-1' }])
  expect(types()).toEqual(['deposit.credited', 'review.needed'])
  lookUpResult.shows = [shows('paid')]
  await syncUntil(refundWindowMs + 10 * day)
  expect(types()).toEqual(['deposit.credited', 'review.needed', 'refund.confirmed'])
  expect(await reviews.list()).toEqual([])
})

test('a refund whose look-ups fail is neither confirmed nor failed', async () => {
  const { lookUpResult, syncUntil, types, refundState, reviews } = await acceptedRefund()
  lookUpResult.shows = 'unreachable'
  await syncUntil(refundWindowMs + 3 * day)
  expect(types()).toEqual(['deposit.credited', 'review.needed'])
  expect(await refundState()).toBe('accepted')
  expect(await reviews.list()).toMatchObject([{ reason: 'overdue' }])
})

test('a refund that has failed is not looked up any more', async () => {
  const { lookUpResult, lookedUpAt, syncUntil, shows } = await acceptedRefund()
  lookUpResult.shows = [shows('failed')]
  await syncUntil(hour)
  const count = lookedUpAt.length
  await syncUntil(refundWindowMs + day)
  expect(lookedUpAt).toHaveLength(count)
})

test('a vendor that reports refunds by itself is not asked', async () => {
  const { lookedUpAt, syncUntil } = await acceptedRefund({})
  await syncUntil(9 * day)
  expect(lookedUpAt).toEqual([])
})
