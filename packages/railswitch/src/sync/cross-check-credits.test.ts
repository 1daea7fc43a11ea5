import { type FoundReport, left, PaymentError, right, type Store } from '@railswitch/core'
import { foundOf } from './__fixtures__/look-ups.ts'
import {
  clockOf,
  day,
  hour,
  intentOf,
  minute,
  storeOf,
  syncUnderTest,
  vendorOf,
} from './__fixtures__/sync-under-test.ts'

type LookUpResult = FoundReport | null | 'unreachable'

const failed = new PaymentError({
  code: 'unreachable',
  effect: 'not_sent',
  retry: 'same_attempt',
  message: 'unreachable',
  hint: 'none',
})

/** A deposit whose credit is not covered by the signature. */
const credited = async (crossCheck = true) => {
  const clock = clockOf()
  const state: { shows: LookUpResult; failingClaims: number } = { shows: null, failingClaims: 0 }
  const lookedUpAt: number[] = []
  const working = storeOf(clock)
  const store: Store<void> = {
    ...working,
    claim: (...given) => {
      state.failingClaims -= 1
      return state.failingClaims >= 0 ? Promise.reject(new Error('away')) : working.claim(...given)
    },
  }
  const vendor = vendorOf({
    transactions: 'many',
    signs: 'identity',
    crossCheck: () => async () => {
      lookedUpAt.push(clock.at)
      return state.shows === 'unreachable' ? left(failed) : right(state.shows)
    },
  })
  const running = syncUnderTest({ vendor, clock, store, syncing: { crossCheck } })
  const intent = intentOf('order-1')
  const payment = await running.begin(intent, 'started', 'tx-1')
  await running.send({ id: 'n-1', order: 'tx-1', method: 'credit' }, await running.tokenOf(intent))
  const syncFor = async (ms: number, every = 10 * minute) => {
    for (let waited = 0; waited < ms; waited += every) {
      clock.at += every
      await running.sync()
    }
  }
  const checked = foundOf(payment, { id: 'c-1', order: 'tx-1', method: 'checked' }, false)
  const differs = foundOf(payment, { id: 'c-1', order: 'tx-1', method: 'differs' }, false)
  return { ...running, state, lookedUpAt, syncFor, checked, differs }
}

test('a credit is looked up an hour later, once', async () => {
  const { state, lookedUpAt, syncFor, checked, types, reviews } = await credited()
  state.shows = checked
  await syncFor(50 * minute)
  expect(lookedUpAt).toEqual([])
  await syncFor(5 * day, hour)
  expect(lookedUpAt).toHaveLength(1)
  expect(types()).toEqual(['deposit.credited'])
  expect(await reviews.list()).toEqual([])
})

test('a difference needs review and reverses nothing', async () => {
  const { state, syncFor, differs, types, reviews, rules, record } = await credited()
  state.shows = differs
  await syncFor(2 * hour)
  expect(types()).toEqual(['deposit.credited', 'review.needed'])
  expect(await reviews.list()).toMatchObject([{ reason: 'lookup_differs' }])
  expect(rules.derive(await record('order-1')).state).toMatchObject({ state: 'credited' })
})

test.each<[string, LookUpResult]>([
  ['shows nothing', null],
  ['is unreachable', 'unreachable'],
])('a vendor that %s is looked up again at growing intervals for a week', async (_name, shows) => {
  const { state, lookedUpAt, syncFor, reviews } = await credited()
  state.shows = shows
  await syncFor(7 * day, hour)
  const count = lookedUpAt.length
  expect(count).toBeGreaterThan(5)
  expect(count).toBeLessThan(20)
  await syncFor(10 * day, hour)
  expect(lookedUpAt.length).toBeLessThanOrEqual(count + 1)
  expect(await reviews.list()).toEqual([])
})

test('a result that the store could not record is looked up again', async () => {
  const { state, syncFor, differs, reviews } = await credited()
  state.shows = differs
  state.failingClaims = 1
  await syncFor(5 * hour)
  expect(await reviews.list()).toMatchObject([{ reason: 'lookup_differs' }])
})

test('nothing is looked up if crossCheck is false', async () => {
  const { lookedUpAt, syncFor } = await credited(false)
  await syncFor(2 * day, hour)
  expect(lookedUpAt).toEqual([])
})
