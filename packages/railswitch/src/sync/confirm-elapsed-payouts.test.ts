import type { Store } from '@railswitch/core'
import { foundOf, lookUpsAt } from './__fixtures__/look-ups.ts'
import {
  clockOf,
  day,
  hour,
  intentOf,
  minute,
  sek,
  storeOf,
  syncUnderTest,
  type VendorOptions,
  vendorOf,
} from './__fixtures__/sync-under-test.ts'

const failsFor = 7 * day

/** A payout at a vendor that reports only failures and has a look-up. */
const acceptedPayout = async (options: VendorOptions = {}, broken = { claims: 0 }) => {
  const clock = clockOf()
  const lookUps = lookUpsAt(clock)
  const working = storeOf(clock)
  const store: Store<void> = {
    ...working,
    claim: (...given) => {
      broken.claims -= 1
      return broken.claims >= 0 ? Promise.reject(new Error('away')) : working.claim(...given)
    },
  }
  const vendor = vendorOf({ lookUp: lookUps.lookUp, payoutFailureWindowMs: failsFor, ...options })
  const running = syncUnderTest({ vendor, clock, store })
  const intent = intentOf('out-1', { kind: 'payout' })
  const ref = 'rs1.r.payout.out-1.1' as Awaited<ReturnType<typeof running.begin>>
  await running.begin(intent, { state: 'accepted', result: { status: 'accepted', payment: ref } }, 'po-1')
  const syncFor = async (ms: number, every = hour) => {
    for (let waited = 0; waited < ms; waited += every) {
      clock.at += every
      await running.sync()
    }
  }
  return { ...running, ...lookUps, ref, syncFor, broken }
}

test('an accepted payout is looked up at growing intervals, and counts as paid when it can no longer fail', async () => {
  const { lookedUpAt, syncFor, receivedEvents, types } = await acceptedPayout()
  await syncFor(failsFor - day)
  const intervals = lookedUpAt.slice(1).map((at, index) => Date.parse(at) - Date.parse(lookedUpAt[index] ?? ''))
  expect(intervals).toEqual([...intervals].sort((a, b) => a - b))
  expect(Math.max(...intervals)).toBeLessThanOrEqual(day + hour)
  expect(lookedUpAt.length).toBeLessThan(20)
  expect(types()).toEqual([])
  await syncFor(2 * day)
  expect(receivedEvents).toMatchObject([{ type: 'payout.confirmed', by: 'elapsed', amount: sek('100.00') }])
  const count = lookedUpAt.length
  await syncFor(10 * day, day)
  expect(lookedUpAt).toHaveLength(count)
})

test('a failed payout never counts as paid, even if only the last look-up shows the failure', async () => {
  const { lookUpResult, syncFor, types, ref } = await acceptedPayout()
  await syncFor(failsFor - hour)
  lookUpResult.shows = [foundOf(ref, { id: 'l-1', order: 'po-1', method: 'failed' })]
  await syncFor(2 * day)
  expect(types()).toEqual(['payout.failed'])
})

test('a payout whose look-ups fail does not count as paid', async () => {
  const { lookUpResult, syncFor, types, ref } = await acceptedPayout()
  lookUpResult.shows = 'unreachable'
  await syncFor(failsFor + 3 * day)
  expect(types()).toEqual([])
  lookUpResult.shows = [foundOf(ref, { id: 'l-1', order: 'po-1', method: 'failed' })]
  await syncFor(2 * day)
  expect(types()).toEqual(['payout.failed'])
})

test('a payout does not count as paid if the store could not record its failure', async () => {
  const { lookUpResult, syncFor, types, ref, broken } = await acceptedPayout()
  await syncFor(failsFor - hour)
  lookUpResult.shows = [foundOf(ref, { id: 'l-1', order: 'po-1', method: 'failed' })]
  broken.claims = 1
  await syncFor(3 * day)
  expect(types()).toEqual(['payout.failed'])
})

test('if the store could not record that it counts as paid, this is tried again', async () => {
  const { syncFor, types, broken } = await acceptedPayout()
  await syncFor(failsFor - hour)
  broken.claims = 1
  await syncFor(3 * day)
  expect(types()).toEqual(['payout.confirmed'])
})

test('a payout that can fail for less than an hour is looked up before it counts as paid', async () => {
  const { lookUpResult, syncFor, types, ref } = await acceptedPayout({ payoutFailureWindowMs: 30 * minute })
  lookUpResult.shows = [foundOf(ref, { id: 'l-1', order: 'po-1', method: 'failed' })]
  await syncFor(2 * hour, 10 * minute)
  expect(types()).toEqual(['payout.failed'])
})

test('at a vendor without look-ups, only the elapsed time counts', async () => {
  const clock = clockOf()
  const running = syncUnderTest({ vendor: vendorOf({ payoutFailureWindowMs: failsFor }), clock })
  const payment = await running.begin(intentOf('out-1', { kind: 'payout' }))
  const accepted = { state: 'accepted', result: { status: 'accepted', payment } } as const
  const learned = { vendorIds: ['po-1'], replaces: true }
  await running.store.conclude(intentOf('out-1', { kind: 'payout' }), accepted, learned, running.rules)
  clock.at += failsFor + day
  await running.sync()
  expect(running.receivedEvents).toMatchObject([{ type: 'payout.confirmed', by: 'elapsed' }])
})

describe('a withdrawal', () => {
  const approved = async () => {
    const running = await acceptedPayout()
    const ref = await running.begin(intentOf('with-1', { kind: 'withdrawal' }), 'started', 'w-1')
    return { ...running, ref }
  }

  const approve = ({ pipeline, ref, clock }: Awaited<ReturnType<typeof approved>>) =>
    pipeline.record({
      report: {
        id: `decided:approve|${ref}`,
        at: new Date(clock.at).toISOString(),
        rail: 'r',
        vendorId: '',
        method: 'decided:approve',
        members: {},
      },
      from: { type: 'own', intent: ref, proof: 'response', learns: false },
    })

  test('is closed with the amount that the customer requested', async () => {
    const running = await approved()
    await running.send({ id: 'n-1', order: 'w-1', method: 'debit', amount: '60.00' })
    await approve(running)
    await running.syncFor(failsFor + day)
    expect(running.receivedEvents.filter(({ reference }) => reference === 'with-1')).toMatchObject([
      { type: 'withdrawal.requested', amount: sek('60.00') },
      { type: 'payout.confirmed', amount: sek('60.00'), by: 'elapsed' },
    ])
    expect(await running.reviews.list()).toEqual([])
  })

  test('can fail for the same time after its approval, whenever its checkout was opened', async () => {
    const running = await approved()
    await running.syncFor(5 * day)
    await running.send({ id: 'n-1', order: 'w-1', method: 'debit' })
    await approve(running)
    await running.syncFor(failsFor - day)
    const paid = () =>
      running.receivedEvents.filter(({ type, reference }) => type === 'payout.confirmed' && reference === 'with-1')
    expect(paid()).toEqual([])
    await running.syncFor(2 * day)
    expect(paid()).toHaveLength(1)
  })
})
