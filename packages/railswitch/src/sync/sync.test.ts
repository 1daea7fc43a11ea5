import { PaymentError, type PaymentEvent, type Store } from '@railswitch/core'
import {
  clockOf,
  day,
  hour,
  intentOf,
  type Message,
  minute,
  storeOf,
  syncUnderTest,
  type UnderTest,
} from './__fixtures__/sync-under-test.ts'

const creditOf = (order: string): Message => ({ id: `n-${order}`, order, method: 'credit' })

/** Deposits whose credit was reported, and whose handler failed. */
const failedCredits = async (orders: readonly string[], options: UnderTest = {}) => {
  const clock = options.clock ?? clockOf()
  const store = options.store ?? storeOf(clock)
  const refusing = syncUnderTest({ clock, store })
  refusing.application.failing.add('deposit.credited')
  for (const order of orders) {
    await refusing.begin(intentOf(order), 'started', order)
    await refusing.send(creditOf(order))
  }
  return { clock, store }
}

test('a pending event is handled once, without the vendor', async () => {
  const { clock, store } = await failedCredits(['o-1'])
  const { sync, types } = syncUnderTest({ clock, store })
  clock.at += hour
  expect(await sync()).toMatchObject({ payments: 1, handled: 1, failed: 0 })
  clock.at += hour
  expect(await sync()).toMatchObject({ handled: 0, failed: 0 })
  expect(types()).toEqual(['deposit.credited'])
})

test('payments that changed less than a minute ago are left alone', async () => {
  const { clock, store } = await failedCredits(['o-1'])
  const { sync } = syncUnderTest({ clock, store })
  clock.at += minute - 1
  expect(await sync()).toMatchObject({ payments: 0 })
  clock.at += 1
  expect(await sync()).toMatchObject({ payments: 1, handled: 1 })
})

test('sync continues after a failed event, counts both, and retries the failed one at growing intervals', async () => {
  const { clock, store } = await failedCredits(['o-1', 'o-2', 'o-3'])
  const { sync, receivedEvents, application } = syncUnderTest({ clock, store })
  let attempts = 0
  application.handle = ({ reference }) => {
    if (reference !== 'o-2') return
    attempts += 1
    throw new Error('this one never')
  }
  clock.at += hour
  expect(await sync()).toMatchObject({ handled: 2, failed: 1 })
  expect(receivedEvents.map(({ reference }) => reference)).toEqual(['o-1', 'o-3'])
  const intervals: number[] = []
  for (let before = attempts, waited = 0; intervals.length < 4; ) {
    clock.at += 10 * minute
    waited += 10 * minute
    await sync()
    if (attempts === before) continue
    intervals.push(waited / minute)
    before = attempts
    waited = 0
  }
  expect(intervals).toEqual([...intervals].sort((a, b) => a - b))
  expect(intervals[3]).toBeGreaterThan(intervals[0] ?? 0)
})

test('an event whose payment another process handles does not count as failed', async () => {
  const { clock, store } = await failedCredits(['o-1'])
  const { sync, rules } = syncUnderTest({ clock, store })
  clock.at += hour
  const record = await store.find('o-1')
  await store.claimRecord(record?.key ?? '', day, rules)
  expect(await sync()).toMatchObject({ payments: 1, handled: 0, failed: 0 })
})

test('two simultaneous runs of sync handle each event once', async () => {
  const orders = Array.from({ length: 20 }, (_, index) => `o-${index}`)
  const { clock, store } = await failedCredits(orders)
  const [one, other] = [syncUnderTest({ clock, store }), syncUnderTest({ clock, store })]
  clock.at += hour
  await Promise.all([one.sync(), other.sync()])
  expect(
    [...one.receivedEvents, ...other.receivedEvents].map(({ reference }: PaymentEvent) => reference).sort(),
  ).toEqual([...orders].sort())
})

test('a store that fails for one payment does not end sync', async () => {
  const { clock, store: working } = await failedCredits(['o-1', 'o-2'])
  const first = (await working.find('o-1'))?.key
  const store: Store<void> = {
    ...working,
    claimRecord: (key, ...rest) =>
      key === first ? Promise.reject(new Error('marked-secret')) : working.claimRecord(key, ...rest),
  }
  const { sync, logs, receivedEvents } = syncUnderTest({ clock, store })
  clock.at += hour
  expect(await sync()).toMatchObject({ handled: 1, failed: 1 })
  expect(receivedEvents.map(({ reference }) => reference)).toEqual(['o-2'])
  expect(logs.join()).toContain('the store failed')
  expect(logs.join()).toContain('marked-secret')
})

test('a payment that cannot be derived does not stop the sync of the others', async () => {
  const { clock, store } = await failedCredits(['o-1', 'o-2'])
  const { rules } = syncUnderTest()
  const { sync, logs, types } = syncUnderTest({
    clock,
    store,
    syncing: {
      rules: {
        version: '1',
        derive: (record) => {
          if (record.intents[0]?.intent.reference === 'o-1') throw new Error('marked-secret')
          return rules.derive(record)
        },
      },
    },
  })
  clock.at += hour
  expect(await sync()).toMatchObject({ payments: 2, handled: 1 })
  expect(types()).toEqual(['deposit.credited'])
  expect(logs.join()).toContain('sync of a payment failed')
  expect(logs.join()).not.toContain('marked-secret')
})

test('at most `limit` payments are processed, and none after close()', async () => {
  const { clock, store } = await failedCredits(['o-1', 'o-2', 'o-3'])
  clock.at += hour
  const limited = syncUnderTest({ clock, store })
  expect(await limited.sync({ limit: 2 })).toMatchObject({ payments: 2, handled: 2 })
  const closed = syncUnderTest({ clock, store, syncing: { isClosed: () => true } })
  expect(await closed.sync()).toMatchObject({ payments: 0 })
  expect(await limited.sync()).toMatchObject({ payments: 1, handled: 1 })
})

test('eight payments are processed at once, and one that takes long holds up none of the others', async () => {
  const orders = Array.from({ length: 20 }, (_, index) => `o-${String(index).padStart(2, '0')}`)
  const { clock, store } = await failedCredits(orders)
  const { sync, application } = syncUnderTest({ clock, store })
  let running = 0
  let most = 0
  const ended: string[] = []
  let endFirst = (): void => {}
  application.handle = async ({ reference }) => {
    most = Math.max(most, ++running)
    if (reference === 'o-00') await new Promise<void>((resolve) => (endFirst = resolve))
    else await Promise.resolve()
    running -= 1
    ended.push(reference ?? '')
    if (ended.length === orders.length - 1) endFirst()
  }
  clock.at += hour
  expect(await sync()).toMatchObject({ payments: 20, handled: 20, failed: 0 })
  expect(most).toBe(8)
  expect(ended).toHaveLength(20)
  expect(ended.at(-1)).toBe('o-00')
})

const failure = new PaymentError({
  code: 'store_failed',
  effect: 'not_sent',
  retry: 'same_attempt',
  message: 'The store failed.',
  hint: 'none',
})

test('when the store fails, sync ends what it has begun, and says how much that was', async () => {
  const { clock, store: working } = await failedCredits(Array.from({ length: 12 }, (_, index) => `o-${index}`))
  let leased = 0
  const store: Store<void> = {
    ...working,
    leaseDue: (due, rules) => (++leased > 1 ? Promise.reject(failure) : working.leaseDue(due, rules)),
  }
  const { sync, receivedEvents } = syncUnderTest({ clock, store })
  clock.at += hour
  await expect(sync()).rejects.toMatchObject({ message: expect.stringContaining(' 8 payments were processed before.') })
  expect(receivedEvents).toHaveLength(8)
})
