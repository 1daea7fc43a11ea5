import type { Report } from '@railswitch/core'
import { foundOf, lookUpsAt } from './__fixtures__/look-ups.ts'
import {
  clockOf,
  day,
  hour,
  intentOf,
  type Message,
  minute,
  syncUnderTest,
  type VendorOptions,
  vendorOf,
} from './__fixtures__/sync-under-test.ts'

/** A credited deposit at a vendor whose signature does not cover the money and whose orders can have several transactions. */
const credited = async (options: VendorOptions = {}) => {
  const clock = clockOf()
  const lookUps = lookUpsAt(clock)
  const vendor = vendorOf({ lookUp: lookUps.lookUp, transactions: 'many', signs: 'identity', ...options })
  const running = syncUnderTest({ vendor, clock, syncing: { crossCheck: false } })
  const intent = intentOf('order-1')
  const payment = await running.begin(intent, 'started', 'tx-1')
  const token = await running.tokenOf(intent)
  await running.send({ id: 'n-1', order: 'tx-1', method: 'credit' }, token)
  clock.at += hour
  await running.sync()
  const syncFor = async (ms: number, every = 10 * minute) => {
    for (let waited = 0; waited < ms; waited += every) {
      clock.at += every
      await running.sync()
    }
  }
  const reviewsOf = async () => (await running.reviews.list()).map(({ reason, vendorId }) => [reason, vendorId])
  return { ...running, ...lookUps, intent, payment, token, syncFor, reviewsOf }
}

/** Sends a message to a fixed address, without a token. */
const takenBack = (at = '2026-01-01T01:00:00.000Z'): Message => ({
  id: `n-2 ${at}`,
  order: 'tx-new',
  echo: 'order-1',
  method: 'debit',
  amount: '30.00',
  at,
})

describe('a report of an unknown transaction that names an ended payment', () => {
  test.each<Message['method']>(['debit', 'cancel', 'paid'])(
    'is looked up at once, and only once after it was shown: %s',
    async (method) => {
      const { send, syncFor, lookUpResult, lookedUpAt, payment, types } = await credited()
      await send({ ...takenBack(), method })
      expect(lookedUpAt).toEqual([])
      lookUpResult.shows = [
        foundOf(payment, { id: 'l-1', order: 'tx-new', method: 'novelty', at: '2026-01-01T01:01:00.000Z' }),
      ]
      await syncFor(2 * minute, minute)
      expect(lookedUpAt).toHaveLength(1)
      expect(types()).toContain('unrecognised')
    },
  )

  test('is applied once when the vendor shows that it belongs to this payment', async () => {
    const { send, syncFor, lookUpResult, payment, receivedEvents, token, reviewsOf } = await credited()
    await send(takenBack())
    lookUpResult.shows = [
      foundOf(payment, { id: 'l-1', order: 'tx-new', method: 'debit', amount: '30.00', about: 'chb' }),
    ]
    await syncFor(2 * hour)
    await send({ ...takenBack(), about: 'chb' }, token)
    await syncFor(2 * day, hour)
    expect(receivedEvents.filter(({ type }) => type === 'deposit.reversed')).toMatchObject([
      { amount: { value: '30.00', currency: 'SEK' } },
    ])
    expect(await reviewsOf()).toEqual([])
  })

  test('is not looked up again after the vendor showed that it belongs to another order', async () => {
    const { send, syncFor, lookUpResult, payment, lookedUpAt, reviewsOf } = await credited()
    await send(takenBack())
    const foreign = foundOf(payment, { id: 'l-1', order: 'tx-new', method: 'novelty' }, false)
    lookUpResult.shows = [{ ...foreign, report: { ...foreign.report, method: 'lookup:foreign' } }]
    await syncFor(2 * day, hour)
    expect(lookedUpAt).toHaveLength(1)
    expect(await reviewsOf()).toEqual([['foreign_order', 'tx-new']])
  })

  test.each(['unreachable', []] as const)('is a review if look-ups do not identify it for a day: %j', async (shows) => {
    const { send, syncFor, lookUpResult, types, reviewsOf, lookedUpAt } = await credited()
    lookUpResult.shows = shows
    await send(takenBack('2026-01-01T01:00:00.000Z'))
    await syncFor(day - 10 * minute)
    expect(await reviewsOf()).toEqual([])
    await syncFor(2 * day, hour)
    expect(await reviewsOf()).toEqual([['overdue', 'tx-new']])
    await syncFor(5 * day, hour)
    expect(types()).toEqual(['deposit.credited', 'review.needed'])
    const intervals = lookedUpAt.slice(1).map((at, index) => Date.parse(at) - Date.parse(lookedUpAt[index] ?? ''))
    expect(Math.max(...intervals)).toBeLessThanOrEqual(day + hour)
    expect(lookedUpAt.length).toBeLessThan(40)
  })

  test('needs no more review when a later look-up identifies it', async () => {
    const { send, syncFor, lookUpResult, payment, reviewsOf, types } = await credited()
    lookUpResult.shows = 'unreachable'
    await send(takenBack())
    await syncFor(2 * day, hour)
    lookUpResult.shows = [
      foundOf(payment, { id: 'l-1', order: 'tx-new', method: 'debit', amount: '30.00', about: 'chb' }),
    ]
    await syncFor(2 * day, hour)
    expect(types()).toContain('deposit.reversed')
    expect((await reviewsOf()).map(([reason]) => reason)).not.toContain('overdue')
  })

  test('is a review at once if the vendor has no look-up', async () => {
    const { send, syncFor, reviewsOf } = await credited({ lookUp: undefined } as unknown as VendorOptions)
    await send(takenBack())
    await syncFor(10 * minute)
    expect(await reviewsOf()).toEqual([['overdue', 'tx-new']])
  })

  test('is looked up for 60 days at most', async () => {
    const { send, syncFor, lookUpResult, lookedUpAt } = await credited()
    lookUpResult.shows = 'unreachable'
    await send(takenBack())
    await syncFor(61 * day, 12 * hour)
    const count = lookedUpAt.length
    await syncFor(30 * day, 12 * hour)
    expect(lookedUpAt).toHaveLength(count)
  })

  test('is looked up for a payout, too', async () => {
    const { begin, send, syncFor, lookUpResult, types } = await credited()
    const payout = await begin(
      intentOf('payout-1', { kind: 'payout' }),
      { state: 'accepted', result: { status: 'accepted', payment: 'rs1.r.payout.payout-1.1' as never } },
      'tx-out',
    )
    await send({ ...takenBack(), echo: 'payout-1', method: 'failed' })
    lookUpResult.shows = [foundOf(payout, { id: 'l-2', order: 'tx-new', method: 'failed' })]
    await syncFor(10 * minute)
    expect(types()).toContain('payout.failed')
  })
})

describe('a review that the vendor can resolve', () => {
  const unsigned: Message = {
    id: 'n-2',
    order: 'tx-1',
    method: 'debit',
    amount: '30.00',
    at: '2026-01-01T01:00:00.000Z',
  }

  test('is looked up even if its payment has ended, and closes by itself', async () => {
    const { send, syncFor, lookUpResult, lookedUpAt, payment, types, store, rules, reviewsOf } = await credited()
    await send(unsigned)
    expect(await reviewsOf()).toEqual([['unsigned_money', 'tx-1']])
    const listReport: Report = {
      ...foundOf(payment, { id: 'n-2', order: 'tx-1', method: 'debit', amount: '30.00' }).report,
      rail: 'r',
      proof: 'lookup',
      intent: payment,
    }
    lookUpResult.shows = [{ report: listReport, intent: payment, learns: false }]
    await syncFor(10 * minute)
    expect(lookedUpAt).toHaveLength(1)
    expect(types()).toEqual(['deposit.credited', 'review.needed', 'deposit.reversed'])
    expect(await reviewsOf()).toEqual([])
    await syncFor(5 * day, hour)
    expect(lookedUpAt).toHaveLength(1)
    expect(rules.derive((await store.find('order-1')) as never).reviews).toEqual([])
  })

  test('is looked up at growing intervals of at most a day, for 60 days', async () => {
    const { send, syncFor, lookedUpAt } = await credited()
    await send(unsigned)
    await syncFor(10 * day, hour)
    expect(lookedUpAt.length).toBeGreaterThan(8)
    expect(lookedUpAt.length).toBeLessThan(30)
    await syncFor(51 * day, 12 * hour)
    const count = lookedUpAt.length
    await syncFor(20 * day, 12 * hour)
    expect(lookedUpAt).toHaveLength(count)
  })

  test('is not looked up after a person has resolved it', async () => {
    const { send, syncFor, reviews, lookedUpAt } = await credited()
    await send(unsigned)
    const [review] = await reviews.list()
    await reviews.resolve({ review: review?.id ?? '', by: 'Ada', why: 'seen' })
    await syncFor(2 * day, hour)
    expect(lookedUpAt).toEqual([])
  })
})
