import type { PaymentRecord } from '@railswitch/core'
import { foundOf, lookUpsAt } from './__fixtures__/look-ups.ts'
import {
  clockOf,
  day,
  hour,
  intentOf,
  minute,
  storeOf,
  syncUnderTest,
  type VendorOptions,
  vendorOf,
} from './__fixtures__/sync-under-test.ts'

/** A deposit whose customer is at the checkout. */
const pendingDeposit = async (options: VendorOptions = {}) => {
  const clock = clockOf()
  const lookUps = lookUpsAt(clock)
  const vendor = vendorOf({ lookUp: lookUps.lookUp, finalReportMs: 7 * day, ...options })
  const running = syncUnderTest({ vendor, clock })
  const payment = await running.begin(intentOf('order-1'), 'started', 'tx-1')
  /** Runs sync at intervals, like a cron job. */
  const syncFor = async (ms: number, every = 10 * minute) => {
    for (let waited = 0; waited < ms; waited += every) {
      clock.at += every
      await running.sync()
    }
  }
  return { ...running, ...lookUps, clock, payment, syncFor }
}

test('the first look-up is a quarter of an hour after the checkout was opened', async () => {
  const { lookedUpAt, syncFor } = await pendingDeposit()
  await syncFor(14 * minute, minute)
  expect(lookedUpAt).toEqual([])
  await syncFor(2 * minute, minute)
  expect(lookedUpAt).toHaveLength(1)
})

test('an open deposit is looked up at growing intervals, and not forever', async () => {
  const { lookedUpAt, syncFor } = await pendingDeposit()
  await syncFor(2 * day)
  const intervals = lookedUpAt.slice(1).map((at, index) => Date.parse(at) - Date.parse(lookedUpAt[index] ?? ''))
  expect(intervals).toEqual([...intervals].sort((a, b) => a - b))
  expect(lookedUpAt.length).toBeLessThan(20)
  await syncFor(70 * day, day)
  const asked = lookedUpAt.length
  await syncFor(30 * day, day)
  expect(lookedUpAt).toHaveLength(asked)
})

describe('a vendor that repeats its report with every look-up', () => {
  const repeating = async (options: VendorOptions = {}) => {
    const running = await pendingDeposit(options)
    const { clock, send, sync, lookedUpAt } = running
    const repeatReport = (id: string) =>
      send({ id, order: 'tx-1', method: 'pending', at: new Date(clock.at).toISOString(), timestamp: `${clock.at}` })
    await repeatReport('n-0')
    /** The repetition comes after the run. */
    const syncFor = async (ms: number, every: number) => {
      for (let waited = 0; waited < ms; waited += every) {
        clock.at += every
        const before = lookedUpAt.length
        await sync()
        if (lookedUpAt.length > before) await repeatReport(`n-${lookedUpAt.length}`)
      }
    }
    return { ...running, syncFor }
  }

  test('is also looked up at growing intervals', async () => {
    const { lookedUpAt, syncFor } = await repeating()
    await syncFor(10 * day, 10 * minute)
    const intervals = lookedUpAt.slice(1).map((at, index) => Date.parse(at) - Date.parse(lookedUpAt[index] ?? ''))
    expect(intervals).toEqual([...intervals].sort((a, b) => a - b))
    expect(lookedUpAt.length).toBeGreaterThan(8)
    expect(lookedUpAt.length).toBeLessThan(25)
  })

  test('does not get more time for its final report', async () => {
    const { syncFor, reviews } = await repeating()
    await syncFor(9 * day, hour)
    expect(await reviews.list()).toMatchObject([{ reason: 'overdue' }])
  })
})

describe('a deposit whose customer was declined', () => {
  const declined = async (options: VendorOptions = {}) => {
    const running = await pendingDeposit({ signs: 'identity', transactions: 'many', ...options })
    const token = await running.tokenOf(intentOf('order-1'))
    await running.send({ id: 'n-1', order: 'tx-1', method: 'cancel' }, token)
    return { ...running, token }
  }

  test('is looked up for two days, because a further transaction may be paid and its callbacks may be lost', async () => {
    const { lookUpResult, lookedUpAt, payment, syncFor, types, reviews } = await declined()
    await syncFor(hour)
    expect(lookedUpAt.length).toBeGreaterThan(0)
    lookUpResult.shows = [foundOf(payment, { id: 'l-1', order: 'tx-2', method: 'credit' })]
    await syncFor(3 * hour)
    expect(types()).toEqual(['deposit.not_credited', 'deposit.credited'])
    expect(await reviews.list()).toEqual([])
  })

  test('is not looked up after that, and needs no review if the vendor is unreachable', async () => {
    const { lookUpResult, lookedUpAt, syncFor, reviews } = await declined()
    lookUpResult.shows = 'unreachable'
    await syncFor(2 * day)
    const asked = lookedUpAt.length
    await syncFor(20 * day, hour)
    expect(lookedUpAt).toHaveLength(asked)
    expect(await reviews.list()).toEqual([])
  })

  test('is not looked up if an order has one transaction, or after another attempt has money', async () => {
    const one = await declined({ transactions: 'one', signs: 'everything' })
    await one.syncFor(hour)
    expect(one.lookedUpAt).toEqual([])
    const two = await declined()
    const second = intentOf('order-1', { attempt: 2 })
    await two.begin(second, 'started', 'tx-2')
    await two.send({ id: 'n-2', order: 'tx-2', method: 'credit' }, await two.tokenOf(second))
    await two.syncFor(hour)
    expect(two.lookedUpAt).toEqual([])
  })
})

test('the result of a look-up is handled like a callback and ends the look-ups', async () => {
  const { lookUpResult, lookedUpAt, payment, syncFor, types, reviews } = await pendingDeposit()
  lookUpResult.shows = [foundOf(payment, { id: 'l-1', order: 'tx-1', method: 'credit' })]
  await syncFor(hour)
  expect(types()).toEqual(['deposit.credited'])
  const asked = lookedUpAt.length
  await syncFor(10 * day, day)
  expect(lookedUpAt).toHaveLength(asked)
  expect(await reviews.list()).toEqual([])
})

test('a look-up and a callback of the same credit are one event', async () => {
  const { lookUpResult, payment, syncFor, send, types } = await pendingDeposit()
  lookUpResult.shows = [foundOf(payment, { id: 'l-1', order: 'tx-1', method: 'credit' })]
  await syncFor(hour)
  await send({ id: 'n-1', order: 'tx-1', method: 'credit' })
  expect(types()).toEqual(['deposit.credited'])
})

describe('when the time limit for a final report has passed', () => {
  test('failed look-ups are a review once, and do not change the state', async () => {
    const { lookUpResult, syncFor, reviews, types, record, rules } = await pendingDeposit()
    lookUpResult.shows = 'unreachable'
    await syncFor(6 * day, hour)
    expect(await reviews.list()).toEqual([])
    await syncFor(3 * day, hour)
    expect(await reviews.list()).toMatchObject([{ reason: 'overdue', rail: 'r', reference: 'order-1' }])
    expect(types()).toEqual(['review.needed'])
    expect(rules.derive(await record('order-1')).state).toMatchObject({ state: 'pending' })
  })

  test('the review closes by itself when the money comes', async () => {
    const { lookUpResult, syncFor, reviews, types, send } = await pendingDeposit()
    lookUpResult.shows = 'unreachable'
    await syncFor(9 * day, hour)
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' })
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
    expect(await reviews.list()).toEqual([])
  })

  test('an abandoned checkout needs no review', async () => {
    const { syncFor, reviews } = await pendingDeposit()
    await syncFor(9 * day, hour)
    expect(await reviews.list()).toEqual([])
  })

  test('approved money that never came is a review', async () => {
    const { syncFor, reviews, send } = await pendingDeposit()
    await send({ id: 'n-1', order: 'tx-1', method: 'pending' })
    await syncFor(9 * day, hour)
    expect(await reviews.list()).toMatchObject([{ reason: 'overdue' }])
  })

  // A refused call has a checkout if another call of it was accepted at the same moment, and its response was not stored.
  test('money that was approved although its call was refused is looked up', async () => {
    const clock = clockOf()
    const lookUps = lookUpsAt(clock)
    const running = syncUnderTest({ vendor: vendorOf({ lookUp: lookUps.lookUp, finalReportMs: 7 * day }), clock })
    const first = intentOf('order-1')
    await running.begin(
      first,
      {
        state: 'refused',
        error: { code: 'vendor_error', effect: 'refused', retry: 'next_attempt', message: 'refused', hint: 'none' },
      },
      'tx-1',
    )
    await running.send({ id: 'n-1', order: 'tx-1', method: 'pending' }, await running.tokenOf(first))
    clock.at += hour
    await running.sync()
    expect(lookUps.lookedUpAt).toHaveLength(1)
  })

  test('approved money that never came is also a review at a vendor without look-ups', async () => {
    const clock = clockOf()
    const { begin, send, sync, reviews, types } = syncUnderTest({
      vendor: vendorOf({ finalReportMs: 7 * day }),
      clock,
    })
    await begin(intentOf('order-1'), 'started', 'tx-1')
    await send({ id: 'n-1', order: 'tx-1', method: 'pending' })
    for (let days = 0; days < 9; days += 1) {
      clock.at += day
      await sync()
    }
    expect(types()).toEqual(['deposit.not_credited_yet', 'review.needed'])
    expect(await reviews.list()).toMatchObject([{ reason: 'overdue' }])
  })

  test('a charge is not overdue, because its payment date can be far away', async () => {
    const clock = clockOf()
    const { begin, send, sync, reviews } = syncUnderTest({ vendor: vendorOf({ finalReportMs: 7 * day }), clock })
    const account = await begin(intentOf('account-1', { kind: 'account' }), 'started', 'tx-0')
    await begin(intentOf('order-1', { account }), 'started', 'tx-1')
    await send({ id: 'n-1', order: 'tx-1', method: 'pending' })
    for (let days = 0; days < 9; days += 1) {
      clock.at += day
      await sync()
    }
    expect(await reviews.list()).toEqual([])
  })

  test('unproven reports do not delay it', async () => {
    const { lookUpResult, send, syncFor, reviews } = await pendingDeposit({ transactions: 'many', signs: 'identity' })
    lookUpResult.shows = 'unreachable'
    for (let days = 0; days < 9; days += 1) {
      const at = new Date(Date.UTC(2026, 0, 1 + days)).toISOString()
      await send({ id: `f-${days}`, order: 'tx-evil', echo: 'order-1', method: 'credit', at })
      await syncFor(day, hour)
    }
    expect((await reviews.list()).map(({ reason }) => reason)).toContain('overdue')
  })
})

test('a report of an unknown transaction that names the deposit is looked up at once', async () => {
  const { send, syncFor, lookUpResult, payment, lookedUpAt, types } = await pendingDeposit({
    transactions: 'many',
    signs: 'identity',
  })
  await send({ id: 'n-1', order: 'tx-new', echo: 'order-1', method: 'credit' })
  lookUpResult.shows = [foundOf(payment, { id: 'l-1', order: 'tx-new', method: 'credit' })]
  await syncFor(2 * minute, minute)
  expect(lookedUpAt).toHaveLength(1)
  expect(types()).toContain('deposit.credited')
})

test('a rail looks up only its own part of the payment', async () => {
  const clock = clockOf()
  const records: PaymentRecord[] = []
  const asked = (rail: string): VendorOptions => ({
    lookUp: (record) => {
      records.push(record)
      return lookUpsAt(clock).lookUp?.({ ...record, key: rail }, new AbortController().signal) ?? (() => never())
    },
  })
  const never = (): never => {
    throw new Error('not called')
  }
  const rails = new Map([
    ['r', vendorOf(asked('r'))],
    ['other', vendorOf(asked('other'))],
  ])
  const { begin, send, sync } = syncUnderTest({ rails, clock, store: storeOf(clock) })
  await begin(intentOf('order-1'), 'started', 'tx-1')
  await begin(intentOf('order-1', { attempt: 2, rail: 'other' }), 'started', 'tx-1')
  await send({ id: 'n-1', order: 'tx-1', method: 'novelty' })
  await send({ id: 'n-2', order: 'tx-1', method: 'novelty' }, null, 'other')
  clock.at += hour
  await sync()
  const parts = records.map(({ intents, reports }) => [
    ...intents.map(({ intent }) => intent.rail),
    ...reports.map(({ rail }) => rail),
  ])
  expect(parts).toEqual([
    ['r', 'r'],
    ['other', 'other'],
  ])
})
