import { emittedAs, fact } from '../../__fixtures__/bank.ts'
import { WriteTimeout } from '../write-timeout.ts'
import { credited, leaseMs, order, storeWith } from './__fixtures__/store-with.ts'

describe('a lease', () => {
  test('is held by one worker at a time, until it ends, is released, or is completed', async () => {
    const { paid, callback, store, clock } = storeWith()
    const first = await paid()
    expect(first).toMatchObject({ state: 'leased', reportId: 'n-1' })
    expect((await callback('n-1')).state).toBe('busy')
    clock.at += leaseMs - 1
    expect((await callback('n-1')).state).toBe('busy')
    clock.at += 1
    const second = await callback('n-1')
    expect(second.state).toBe('leased')
    if (first.state === 'leased') await store.release(first.lease)
    expect((await callback('n-1')).state).toBe('busy')
    if (second.state === 'leased') await store.release(second.lease)
    expect((await callback('n-1')).state).toBe('leased')
  })

  test('is needed to mark an event as emitted, and nothing waits afterwards', async () => {
    const { paid, callback, store, rules } = storeWith()
    const claim = await paid()
    const [next] = rules.derive(claim.record).pending
    if (claim.state !== 'leased' || !next) throw new Error('nothing waits')
    const completion = { emitted: emittedAs(next), isLast: true, timeoutMs: 1_000 }
    expect(await store.complete('another', completion, rules)).toBe(false)
    expect(await store.complete(claim.lease, completion, rules)).toBe(true)
    expect((await store.find('order-1'))?.emitted).toEqual([emittedAs(next)])
    expect((await callback('n-1')).state).toBe('idle')
  })

  test('is extended by twice the time limit of a handler while further events wait', async () => {
    const { paid, callback, store, rules, clock } = storeWith([
      credited,
      fact('kyc.received', { abort: null, evidence: ['n-1'] }),
    ])
    const claim = await paid()
    const [next] = rules.derive(claim.record).pending
    if (claim.state !== 'leased' || !next) throw new Error('nothing waits')
    await store.complete(claim.lease, { emitted: emittedAs(next), isLast: false, timeoutMs: 600 }, rules)
    clock.at += 1_199
    expect((await callback('n-1')).state).toBe('busy')
    clock.at += 1
    expect((await callback('n-1')).state).toBe('leased')
  })

  test('is released when a write fails or takes too long, and nothing is marked', async () => {
    const { paid, callback, store, rules } = storeWith()
    const claim = await paid()
    const [next] = rules.derive(claim.record).pending
    if (claim.state !== 'leased' || !next) throw new Error('nothing waits')
    const completion = { emitted: emittedAs(next), isLast: true, timeoutMs: 1 }
    await expect(
      store.complete(claim.lease, { ...completion, write: () => new Promise(() => {}) }, rules),
    ).rejects.toThrow(WriteTimeout)
    expect((await store.find('order-1'))?.emitted).toEqual([])
    expect((await callback('n-1')).state).toBe('leased')
  })

  test('does not end while a write runs, however long it takes', async () => {
    const { paid, callback, store, rules, clock } = storeWith()
    const claim = await paid()
    const [next] = rules.derive(claim.record).pending
    if (claim.state !== 'leased' || !next) throw new Error('nothing waits')
    const states: string[] = []
    const write = async () => {
      clock.at += 10 * leaseMs
      states.push((await callback('n-1')).state)
    }
    await store.complete(claim.lease, { emitted: emittedAs(next), isLast: true, timeoutMs: 60_000, write }, rules)
    expect(states).toEqual(['busy'])
  })
})

test('releasing an ended lease does not end another one', async () => {
  const { paid, callback, store, clock } = storeWith()
  const first = await paid()
  clock.at += leaseMs
  expect((await callback('n-1')).state).toBe('leased')
  if (first.state === 'leased') await store.release(first.lease)
  await store.release('never given')
  expect((await callback('n-1')).state).toBe('busy')
})

describe('a record', () => {
  test('is due at once, leased until it is due again, and rescheduled by its lease alone', async () => {
    const { paid, store, rules, clock } = storeWith()
    await paid()
    const [now, later] = [clock.at, clock.at + 1_000].map((at) => new Date(at).toISOString())
    const lease = (before = now) => store.leaseDue({ before: before ?? '', until: later ?? '', limit: 5 }, rules)
    const [leased, ...others] = await lease()
    expect(others).toEqual([])
    expect(await lease()).toEqual([])
    await store.reschedule('another', null)
    expect(await lease(later)).toHaveLength(1)
    await store.reschedule(leased?.lease ?? '', null)
    expect(await lease(later)).toHaveLength(1)
  })

  test('is leased first if it has been due the longest', async () => {
    const { begin, store, rules, clock } = storeWith()
    const references = ['order-3', 'order-1', 'order-2']
    for (const reference of references) {
      await begin({ ...order, reference })
      clock.at += 1_000
    }
    const [before, until] = [clock.at, clock.at + 1_000].map((at) => new Date(at).toISOString()) as [string, string]
    const next = async (limit: number) =>
      (await store.leaseDue({ before, until, limit }, rules)).flatMap(({ record }) =>
        record.intents.map(({ intent }) => intent.reference),
      )
    expect(await next(2)).toEqual(['order-3', 'order-1'])
    expect(await next(2)).toEqual(['order-2'])
  })

  test('is not due again until something happens to it', async () => {
    const { paid, callback, store, rules, clock } = storeWith()
    await paid()
    const at = new Date(clock.at).toISOString()
    const lease = () => store.leaseDue({ before: at, until: at, limit: 1 }, rules)
    const [leased] = await lease()
    await store.reschedule(leased?.lease ?? '', null)
    expect(await lease()).toEqual([])
    await callback('n-1')
    expect(await lease()).toEqual([])
    await callback('n-2')
    expect(await lease()).toHaveLength(1)
  })
})
