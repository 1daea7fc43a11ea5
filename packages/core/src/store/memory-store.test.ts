import { bankSaying, emittedAs, fact } from '../__fixtures__/bank.ts'
import {
  accepted,
  account,
  deposit,
  depositRef,
  refOf,
  refund,
  refused,
  report,
  sek,
  started,
} from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { Intent } from '../record/intent.ts'
import type { Report } from '../record/report.ts'
import { memoryStore } from './memory-store.ts'
import type { OpenedToken, Origin } from './ownership.ts'
import { createRecordRules } from './record-rules.ts'
import { WriteTimeout } from './within-time.ts'

const leaseMs = 1_000
const credited = fact('deposit.credited', { evidence: ['n-1'] })
const order = deposit().intent

const running = (facts: readonly Fact[] = [credited], unowned?: { reports: number; days: number }) => {
  const clock = { at: Date.UTC(2026, 0, 1) }
  const store = memoryStore({ now: () => new Date(clock.at), ...(unowned && { unowned }) })
  const rules = createRecordRules(bankSaying(facts))
  const begin = (intent: Intent = order, fingerprint = 'f') =>
    store.begin({ intent, fingerprints: [fingerprint] }, rules)
  const conclude = (
    intent: Intent,
    conclusion: Parameters<typeof store.conclude>[1],
    vendorIds: readonly string[] = [],
    more = {},
  ) => store.conclude(intent, conclusion, { vendorIds, replaces: true, ...more }, rules)
  const callback = (
    id: string,
    more: Partial<Report> = {},
    origin: Partial<Extract<Origin, { type: 'callback' }>> = {},
  ) => {
    const { intent: _intent, proof: _proof, ...arriving } = report(id, 'credit', more)
    const from: Origin = {
      type: 'callback',
      token: null,
      signs: 'everything',
      echo: null,
      transactions: 'one',
      ...origin,
    }
    return store.claim({ report: arriving, from }, leaseMs, rules)
  }
  const paid = async () => {
    await begin()
    await conclude(order, started(order), ['tx-1'])
    return callback('n-1')
  }
  return { store, rules, clock, begin, conclude, callback, paid }
}

const tokenOf = ({ kind, reference, attempt }: Intent): OpenedToken => ({ kind, reference, attempt })

describe('a lease', () => {
  test('is one at a time, until it ends, is given back, or is completed', async () => {
    const { paid, callback, store, clock } = running()
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
    const { paid, callback, store, rules } = running()
    const claim = await paid()
    const [next] = rules.derive(claim.record).pending
    if (claim.state !== 'leased' || !next) throw new Error('nothing waits')
    const completion = { emitted: emittedAs(next), isLast: true, timeoutMs: 1_000 }
    expect(await store.complete('another', completion, rules)).toBe(false)
    expect(await store.complete(claim.lease, completion, rules)).toBe(true)
    expect((await store.find('order-1'))?.emitted).toEqual([emittedAs(next)])
    expect((await callback('n-1')).state).toBe('idle')
  })

  test('goes on while further events wait, for twice the time of a handler', async () => {
    const { paid, callback, store, rules, clock } = running([
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

  test('is given back with a write that fails or takes too long, and nothing is marked', async () => {
    const { paid, callback, store, rules } = running()
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

  test('is kept by a write, however long that takes', async () => {
    const { paid, callback, store, rules, clock } = running()
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

describe('a vendor id', () => {
  test('that a response taught replaces the one of a token, whose reports are not applied any more', async () => {
    const { begin, conclude, callback, store } = running()
    await begin()
    await callback('n-1', { vendorId: 'evil' }, { token: tokenOf(order) })
    expect((await store.find('order-1'))?.reports).toMatchObject([{ vendorId: 'evil', intent: depositRef }])
    await conclude(order, started(order), ['tx-1'])
    expect((await store.find('order-1'))?.reports).toMatchObject([{ vendorId: 'evil', intent: null }])
  })

  test('of a token stays where the response names it too, or replaces nothing', async () => {
    for (const learned of [{ vendorIds: ['tx-1'] }, { vendorIds: ['tx-2'], replaces: false }, { vendorIds: [] }]) {
      const { begin, store, callback, rules } = running()
      await begin()
      await callback('n-1', {}, { token: tokenOf(order) })
      await store.conclude(order, started(order), { replaces: true, ...learned }, rules)
      expect((await store.find('order-1'))?.reports).toMatchObject([{ intent: depositRef }])
    }
  })

  test('applies what was stored under it before, wherever that was', async () => {
    const { begin, conclude, callback, store } = running()
    expect((await callback('n-1')).record.unowned).toMatchObject({ reason: 'foreign_order', count: 1 })
    await begin()
    await conclude(order, started(order), ['tx-1'])
    expect((await store.find('order-1'))?.reports).toMatchObject([{ id: 'n-1', intent: depositRef }])
    expect((await callback('n-2', { vendorId: 'tx-9' })).record.unowned).toMatchObject({ count: 1 })
  })

  test('belongs to one payment: another one learns none, and with onlyIfFree nothing is written', async () => {
    const { paid, begin, conclude, store } = running()
    await paid()
    const other = { ...order, reference: 'order-2' }
    await begin(other)
    expect(await conclude(other, started(other), ['tx-1', 'tx-2'], { onlyIfFree: true })).toEqual({ taken: ['tx-1'] })
    expect((await store.find('order-2'))?.intents[0]).toMatchObject({ conclusion: null, vendorIds: [] })
    expect(await conclude(other, started(other), ['tx-1', 'tx-2'])).toEqual({ taken: ['tx-1'] })
    expect((await store.find('order-2'))?.intents[0]).toMatchObject({ vendorIds: ['tx-2'] })
    expect(await conclude(order, started(order), ['tx-1', 'tx-3'], { onlyIfFree: true })).toEqual({ taken: [] })
  })
})

describe('an intent', () => {
  test('is begun once, with the time of the store', async () => {
    const { begin } = running()
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

  test('that sent nothing is forgotten with its payment, unless it was resumed or reported of', async () => {
    const forgotten = running()
    await forgotten.begin()
    await forgotten.conclude(order, 'not_sent')
    expect(await forgotten.store.find('order-1')).toBeNull()
    expect(await forgotten.conclude(order, 'not_sent')).toEqual({ taken: [] })
    const resumed = running()
    await resumed.begin()
    await resumed.begin()
    await resumed.conclude(order, 'not_sent')
    expect((await resumed.store.find('order-1'))?.intents).toMatchObject([{ resumed: true }])
    const reported = running()
    await reported.begin()
    await reported.callback('n-1', {}, { token: tokenOf(order) })
    await reported.conclude(order, 'not_sent')
    expect((await reported.store.find('order-1'))?.intents).toHaveLength(1)
  })

  test('of a refund is found by its own reference, and shares the payment', async () => {
    const { paid, begin, conclude, store } = running()
    await paid()
    const back = refund('r-1').intent
    await begin(back)
    await conclude(back, accepted(back))
    expect((await store.find('r-1'))?.key).toBe((await store.find('order-1'))?.key)
    expect(await begin({ ...order, reference: 'r-1', attempt: 2 })).toMatchObject({
      state: 'refused',
      error: { code: 'conflict' },
    })
    expect(await begin({ ...back, of: depositRef, reference: 'r-2', expect: sek('70.01') })).toMatchObject({
      error: { code: 'exceeds_refundable' },
    })
  })
})

describe('reports of strangers', () => {
  test('are counted by day, and the oldest give way', async () => {
    const { callback, clock } = running([], { reports: 2, days: 60 })
    await callback('f-1', { vendorId: 'a' })
    clock.at += 1
    expect((await callback('f-2', { vendorId: 'b' })).dropped).toBeUndefined()
    expect((await callback('f-2', { vendorId: 'b' })).record.unowned?.count).toBe(2)
    clock.at += 1
    const third = await callback('f-3', { vendorId: 'c' })
    expect(third.dropped).toBe(1)
    expect((await callback('f-3', { vendorId: 'c' })).record.unowned?.count).toBe(2)
  })

  test('are kept for their days, and not for longer', async () => {
    const { callback, clock } = running([], { reports: 10, days: 1 })
    await callback('f-1', { vendorId: 'a' })
    clock.at += 86_400_000
    expect((await callback('f-2', { vendorId: 'b' })).dropped).toBeUndefined()
    clock.at += 1
    expect((await callback('f-3', { vendorId: 'c' })).dropped).toBe(1)
  })
})

describe('what sync looks at', () => {
  test('is due at once, lent until it is due again, and rescheduled by its loan alone', async () => {
    const { paid, store, rules, clock } = running()
    await paid()
    const [now, later] = [clock.at, clock.at + 1_000].map((at) => new Date(at).toISOString())
    const lease = (before = now) => store.leaseDue({ before: before ?? '', until: later ?? '', limit: 5 }, rules)
    const [lent, ...others] = await lease()
    expect(others).toEqual([])
    expect(await lease()).toEqual([])
    await store.reschedule('another', null)
    expect(await lease(later)).toHaveLength(1)
    await store.reschedule(lent?.loan ?? '', null)
    expect(await lease(later)).toHaveLength(1)
  })

  test('is not due while nothing happens to it', async () => {
    const { paid, callback, store, rules, clock } = running()
    await paid()
    const at = new Date(clock.at).toISOString()
    const lease = () => store.leaseDue({ before: at, until: at, limit: 1 }, rules)
    const [lent] = await lease()
    await store.reschedule(lent?.loan ?? '', null)
    expect(await lease()).toEqual([])
    await callback('n-1')
    expect(await lease()).toEqual([])
    await callback('n-2')
    expect(await lease()).toHaveLength(1)
  })
})

test('who a payment is for is erased; what was emitted stays', async () => {
  const { store, begin, callback } = running([])
  const asked = account().intent
  await begin({ ...asked, settings: { ...asked.settings, customerId: 'c-77' } })
  await callback('n-1', { members: { accountid: '88' } }, { token: tokenOf(asked) })
  expect(await store.erasePersonalData('account-1')).toBe(true)
  const stored = JSON.stringify(await store.find('account-1'))
  for (const gone of ['c-77', '88']) expect(stored).not.toContain(gone)
  expect(await store.erasePersonalData('nobody')).toBe(false)
})

test('records that need review are listed, and no others', async () => {
  const strange = fact('review', { reason: 'unexpected_credit', evidence: ['n-1'] })
  const { paid, begin, store, rules } = running([strange])
  await paid()
  await begin({ ...order, reference: 'order-2' })
  const found: string[] = []
  for await (const { intents } of store.reviews(rules)) found.push(...intents.map(({ intent }) => intent.reference))
  expect(found).toEqual(['order-1'])
})

test('a store of one process is not durable, knows no lost record, and stores nothing for an unknown intent', async () => {
  const { store, rules } = running()
  const from: Origin = { type: 'own', intent: refOf(deposit({ conclude: refused })), proof: 'lookup', learns: false }
  const { intent: _intent, proof: _proof, ...arriving } = report('n-1', 'credit')
  expect(store.durable).toBe(false)
  expect(await store.claimRecord('record-9', leaseMs, rules)).toBeNull()
  expect(await store.find('order-1')).toBeNull()
  await expect(store.claim({ report: arriving, from }, leaseMs, rules)).rejects.toThrow('There is no intent')
  await expect(
    store.claim({ report: arriving, from: { type: 'unowned', record: 'x' } }, leaseMs, rules),
  ).rejects.toThrow('There is no record x.')
})
