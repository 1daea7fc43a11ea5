import { memoryStore } from '@railswitch/core'
import { clockOf, day, hour, intentOf, runtimeOf } from './__fixtures__/pipeline-under-test.ts'
import { attack, type Shop, shop } from './__fixtures__/shop.ts'
import type { Message } from './__fixtures__/vendor.ts'

const tokens: readonly (readonly [string, (running: Shop) => Promise<string | null>])[] = [
  ['no token', async () => null],
  ['a broken token', async () => 'not.a.token'],
  ["another payment's token", ({ tokenOf }) => tokenOf(intentOf('order-2'))],
  ["the refused attempt's token", ({ tokenOf }) => tokenOf(intentOf('order-1'))],
  ["an older attempt's token", ({ tokenOf }) => tokenOf(intentOf('order-1', { attempt: 2 }))],
  ["the answered attempt's own token", ({ tokenOf }) => tokenOf(intentOf('order-1', { attempt: 3 }))],
  ["another rail's token", ({ tokenOf }) => tokenOf(intentOf('order-3', { rail: 'other' }))],
]

const statements: readonly Message['method'][] = ['credit', 'pending', 'cancel', 'account']
const questions: readonly Message['method'][] = ['debit', 'kyc']

describe.each(tokens)("another merchant's signed callback that echoes our reference, with %s", (_name, tokenFor) => {
  test('changes no payment, and no handler sees its money, account or person', async () => {
    const running = await shop()
    const token = await tokenFor(running)
    for (const method of [...statements, ...questions]) await running.send(attack(method, `evil-${method}`), token)
    expect(running.receivedEvents).toMatchObject([
      { type: 'review.needed', reason: 'foreign_order', payment: null, now: null },
    ])
    expect(JSON.stringify(running.receivedEvents)).not.toMatch(/Mallory|tx-evil|100\.00/)
    const after = [await running.record('order-1'), await running.record('order-2'), await running.record('order-3')]
    expect(after).toEqual(running.before)
  })

  test.each(statements)('is acknowledged if it is a statement (%s)', async (method) => {
    const running = await shop()
    expect(await running.send(attack(method), await tokenFor(running))).toMatchObject({ status: 200, body: '"ok"' })
  })

  test.each(questions)('is not acknowledged if it is a question (%s), however often', async (method) => {
    const running = await shop()
    const token = await tokenFor(running)
    for (const _delivery of [1, 2, 3])
      expect(await running.send(attack(method), token)).toEqual({ status: 503, contentType: 'text/plain', body: '' })
  })
})

test('orders that are not ours are one review per rail and day, with a count', async () => {
  const { send, openReviews, receivedEvents, clock } = await shop()
  for (const id of ['a', 'b', 'b', 'c']) await send(attack('credit', id))
  await send({ ...attack('credit', 'a'), order: 'tx-evil-2' }, null, 'other')
  clock.at += day
  await send(attack('credit', 'd'))
  expect((await openReviews()).map(({ id, rail, count }) => [id, rail, count])).toEqual([
    ['r:review:foreign_order:2026-01-01', 'r', 3],
    ['other:review:foreign_order:2026-01-01', 'other', 1],
    ['r:review:foreign_order:2026-01-02', 'r', 1],
  ])
  expect(receivedEvents.map(({ id }) => id)).toEqual([
    'r:review:foreign_order:2026-01-01',
    'other:review:foreign_order:2026-01-01',
    'r:review:foreign_order:2026-01-02',
  ])
})

test('a foreign order is acknowledged even if the handler of its review fails, and sync emits the review', async () => {
  const { send, application, handleDue, clock, types } = await shop()
  application.failing.add('review.needed')
  expect((await send(attack('credit'))).status).toBe(200)
  application.failing.clear()
  clock.at += hour
  expect(await handleDue()).toEqual(['handled'])
  expect(types()).toEqual(['review.needed'])
})

describe('a genuine token of an intent that is not stored', () => {
  const lost = intentOf('order-lost', { attempt: 3 })

  test('is lost data: one review for each intent, and no money', async () => {
    const { send, tokenOf, openReviews, receivedEvents } = await shop()
    const token = await tokenOf(lost)
    expect((await send(attack('credit', 'l-1'), token)).status).toBe(200)
    expect((await send(attack('debit', 'l-2'), token)).status).toBe(503)
    await send(attack('credit', 'l-3'), await tokenOf(intentOf('order-gone')))
    expect(receivedEvents.map(({ type, id }) => [type, id])).toEqual([
      ['review.needed', 'r:review:record_missing:order-lost_3'],
      ['review.needed', 'r:review:record_missing:order-gone'],
    ])
    expect((await openReviews()).map(({ reason, count }) => [reason, count])).toEqual([
      ['record_missing', 2],
      ['record_missing', 1],
    ])
  })

  test('has an event with the time of the first report', async () => {
    const { send, tokenOf, receivedEvents, openReviews } = await shop()
    await send(attack('credit', 'l-1'), await tokenOf(lost))
    expect(receivedEvents.map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z'])
    expect((await openReviews()).map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z'])
  })

  test('has a review that sync emits if the handler failed', async () => {
    const { send, tokenOf, application, handleDue, clock, types } = await shop()
    application.failing.add('review.needed')
    await send(attack('credit', 'l-1'), await tokenOf(lost))
    clock.at += hour
    expect(await handleDue()).toEqual(['failed'])
    application.failing.clear()
    clock.at += day
    expect(await handleDue()).toEqual(['handled'])
    expect(types()).toEqual(['review.needed'])
  })

  test('stored reports are applied when their order becomes known', async () => {
    const { send, begin, tokenOf, types, handleDue, clock } = await shop()
    await send({ ...attack('credit', 'l-1'), order: 'tx-lost' }, await tokenOf(lost))
    await begin(lost, 'started', 'tx-lost')
    clock.at += hour
    await handleDue()
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
  })
})

test('a resolved day is open again for a new report, though an older one has found its payment', async () => {
  const running = await shop()
  const { send, begin, openReviews, store, rules, pipeline, clock } = running
  await send({ ...attack('credit', 'n-early'), order: 'tx-9' })
  const [review] = await openReviews()
  for await (const { key } of store.reviews(rules)) {
    const { id = '', count, latest = '' } = review ?? {}
    const members = { review: id, by: 'Ada', why: 'ours', count: String(count), latest }
    const report = { id: `person|${id}`, at: latest, rail: 'r', vendorId: '', method: 'resolved', members }
    await pipeline.record({ report, from: { type: 'unowned', record: key } })
  }
  expect(await openReviews()).toEqual([])
  await begin(intentOf('order-9'), 'started', 'tx-9')
  clock.at += 1000
  await send({ ...attack('credit', 'n-lost'), order: 'tx-lost', amount: '5000.00' })
  expect(await openReviews()).toMatchObject([{ reason: 'foreign_order', count: 1 }])
})

test('a flood of foreign orders does not delete what a genuine token names', async () => {
  const clock = clockOf()
  const store = memoryStore({ runtime: runtimeOf(clock), unowned: { reports: 3, days: 60 } })
  const { send, tokenOf, openReviews } = await shop({ clock, store })
  await send({ ...attack('credit', 'n-lost'), order: 'tx-lost' }, await tokenOf(intentOf('order-lost')))
  for (const n of [1, 2, 3, 4]) {
    clock.at += 1000
    await send({ ...attack('credit', `evil-${n}`), order: `tx-evil-${n}` })
  }
  expect((await openReviews()).map(({ reason, count }) => [reason, count])).toEqual([
    ['record_missing', 1],
    ['foreign_order', 3],
  ])
})
