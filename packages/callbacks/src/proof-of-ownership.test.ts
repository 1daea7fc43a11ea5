import type { Conclusion } from '@railswitch/core'
import {
  clockOf,
  day,
  hour,
  intentOf,
  pipelineUnderTest,
  secret,
  storeOf,
  type UnderTest,
} from './__fixtures__/pipeline-under-test.ts'
import { type Message, vendorOf } from './__fixtures__/vendor.ts'

const refused: Conclusion = {
  state: 'refused',
  error: { code: 'declined', effect: 'refused', again: 'next_attempt', message: 'declined', hint: 'none' },
}

const many = vendorOf({ transactions: 'many', signs: 'identity' })

/** A shop at two rails of one vendor: order-1 was refused at first, and is waiting at its second attempt. */
const shop = async (options: UnderTest = {}) => {
  const vendor = options.vendor ?? vendorOf()
  const rails = new Map([
    ['r', vendor],
    ['other', vendor],
  ])
  const running = pipelineUnderTest({ ...options, rails })
  await running.begin(intentOf('order-1'), refused, 'tx-refused')
  await running.begin(intentOf('order-1', { attempt: 2 }), 'started', 'tx-1')
  await running.begin(intentOf('order-2'), 'started', 'tx-2')
  await running.begin(intentOf('order-3', { rail: 'other' }), 'started', 'tx-3')
  const before = [await running.record('order-1'), await running.record('order-2'), await running.record('order-3')]
  return { ...running, before }
}

/** What another merchant's customer can bring about: signed by the vendor, our reference, an order of his own. */
const attack = (method: Message['method'], id = 'evil-1'): Message => ({
  id,
  order: 'tx-evil',
  echo: 'order-1_2',
  method,
  amount: '100.00',
  customer: { firstName: 'Mallory' },
})

type Shop = Awaited<ReturnType<typeof shop>>

const tokens: readonly (readonly [string, (running: Shop) => Promise<string | null>])[] = [
  ['no token', async () => null],
  ['a broken token', async () => 'not.a.token'],
  ["another payment's token", ({ tokenOf }) => tokenOf(intentOf('order-2'))],
  ["the refused attempt's token", ({ tokenOf }) => tokenOf(intentOf('order-1'))],
  ["the answered attempt's token", ({ tokenOf }) => tokenOf(intentOf('order-1', { attempt: 2 }))],
  ["another rail's token", ({ tokenOf }) => tokenOf(intentOf('order-3', { rail: 'other' }))],
]

const statements: readonly Message['method'][] = ['credit', 'pending', 'cancel', 'account']
const questions: readonly Message['method'][] = ['debit', 'kyc']

describe.each(tokens)("another merchant's signed callback that echoes our reference, with %s", (_name, tokenFor) => {
  test('changes no payment, and no handler sees its money, account or person', async () => {
    const running = await shop()
    const token = await tokenFor(running)
    for (const method of [...statements, ...questions]) await running.send(attack(method, `evil-${method}`), token)
    expect(running.heard).toMatchObject([{ type: 'review.needed', reason: 'foreign_order', payment: null, now: null }])
    expect(JSON.stringify(running.heard)).not.toMatch(/Mallory|tx-evil|100\.00/)
    const after = [await running.record('order-1'), await running.record('order-2'), await running.record('order-3')]
    expect(after).toEqual(running.before)
  })

  test.each(statements)('is acknowledged when it states (%s)', async (method) => {
    const running = await shop()
    expect(await running.send(attack(method), await tokenFor(running))).toMatchObject({ status: 200, body: '"ok"' })
  })

  test.each(questions)('is not answered when it asks (%s), however often', async (method) => {
    const running = await shop()
    const token = await tokenFor(running)
    for (const _delivery of [1, 2, 3])
      expect(await running.send(attack(method), token)).toEqual({ status: 503, contentType: 'text/plain', body: '' })
  })
})

test('orders that are not ours are one review per rail and day, with a count', async () => {
  const { send, reviews, heard, clock } = await shop()
  for (const id of ['a', 'b', 'b', 'c']) await send(attack('credit', id))
  await send({ ...attack('credit', 'a'), order: 'tx-evil-2' }, null, 'other')
  clock.at += day
  await send(attack('credit', 'd'))
  expect((await reviews.list()).map(({ id, rail, count }) => [id, rail, count])).toEqual([
    ['r:review:foreign_order:2026-01-01', 'r', 3],
    ['other:review:foreign_order:2026-01-01', 'other', 1],
    ['r:review:foreign_order:2026-01-02', 'r', 1],
  ])
  expect(heard.map(({ id }) => id)).toEqual([
    'r:review:foreign_order:2026-01-01',
    'other:review:foreign_order:2026-01-01',
    'r:review:foreign_order:2026-01-02',
  ])
})

test('a foreign order is acknowledged though the handler of its review fails, and sync emits the review', async () => {
  const { send, application, sync, clock, types } = await shop()
  application.failing.add('review.needed')
  expect((await send(attack('credit'))).status).toBe(200)
  application.failing.clear()
  clock.at += hour
  expect(await sync()).toMatchObject({ handled: 1 })
  expect(types()).toEqual(['review.needed'])
})

describe('a genuine token of an intent that this store lacks', () => {
  const lost = intentOf('order-lost', { attempt: 3 })

  test('is lost data: a review of its own for each intent, and no money', async () => {
    const { send, tokenOf, reviews, heard } = await shop()
    const token = await tokenOf(lost)
    expect((await send(attack('credit', 'l-1'), token)).status).toBe(200)
    expect((await send(attack('debit', 'l-2'), token)).status).toBe(503)
    await send(attack('credit', 'l-3'), await tokenOf(intentOf('order-gone')))
    expect(heard.map(({ type, id }) => [type, id])).toEqual([
      ['review.needed', 'r:review:record_missing:order-lost_3'],
      ['review.needed', 'r:review:record_missing:order-gone'],
    ])
    expect((await reviews.list()).map(({ reason, count }) => [reason, count])).toEqual([
      ['record_missing', 2],
      ['record_missing', 1],
    ])
  })

  test('its event says when it was first reported, as every event does', async () => {
    const { send, tokenOf, heard, reviews } = await shop()
    await send(attack('credit', 'l-1'), await tokenOf(lost))
    expect(heard.map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z'])
    expect((await reviews.list()).map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z'])
  })

  test('its review is emitted by sync when the handler failed', async () => {
    const { send, tokenOf, application, sync, clock, types } = await shop()
    application.failing.add('review.needed')
    await send(attack('credit', 'l-1'), await tokenOf(lost))
    clock.at += hour
    expect(await sync()).toMatchObject({ handled: 0, failed: 1 })
    application.failing.clear()
    clock.at += day
    expect(await sync()).toMatchObject({ handled: 1, failed: 0 })
    expect(types()).toEqual(['review.needed'])
  })

  test('what came is applied when its order becomes known', async () => {
    const { send, begin, tokenOf, types, sync, clock } = await shop()
    await send({ ...attack('credit', 'l-1'), order: 'tx-lost' }, await tokenOf(lost))
    await begin(lost, 'started', 'tx-lost')
    clock.at += hour
    await sync()
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
  })
})

describe('one order for each intent, everything signed', () => {
  test('a report that comes before the response is believed through its token', async () => {
    const { send, begin, tokenOf, types, store, rules } = await shop()
    const intent = intentOf('order-4')
    await begin(intent)
    await send({ id: 'n-1', order: 'tx-4', method: 'credit' }, await tokenOf(intent))
    expect(types()).toEqual(['deposit.credited'])
    const started = { payment: 'p', redirectUrl: 'u', expiresAt: null }
    const conclusion = { state: 'started', result: started } as unknown as Conclusion
    expect(await store.conclude(intent, conclusion, { vendorIds: ['tx-4'], replaces: true }, rules)).toEqual({
      taken: [],
    })
    await send({ id: 'n-2', order: 'tx-4', method: 'debit' })
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('a response that names another order than the token taught needs review, and its order alone is believed', async () => {
    const { send, begin, tokenOf, record, store, rules, types, reviews } = await shop()
    const intent = intentOf('order-4')
    const payment = await begin(intent)
    await send({ id: 'n-1', order: 'tx-evil', method: 'pending' }, await tokenOf(intent))
    const conclusion = { state: 'started', result: { payment, redirectUrl: 'u', expiresAt: null } } as const
    await store.conclude(intent, conclusion, { vendorIds: ['tx-4'], replaces: true }, rules)
    await send({ id: 'n-2', order: 'tx-evil', method: 'credit' }, await tokenOf(intent))
    expect(types()).toEqual(['deposit.not_credited_yet', 'review.needed'])
    await send({ id: 'n-3', order: 'tx-4', method: 'credit' })
    expect(types()).toContain('deposit.credited')
    expect((await reviews.list()).map(({ reason }) => reason).sort()).toEqual(['foreign_order', 'vendor_id_differs'])
    expect(rules.derive(await record('order-4')).state).toMatchObject({ state: 'credited' })
  })

  test('a fixed address without tokens serves orders whose id is known', async () => {
    const { send, types } = await shop()
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' })
    expect(types()).toEqual(['deposit.credited'])
  })

  test('an id that is known outweighs any token and any echoed reference', async () => {
    const { send, tokenOf, heard } = await shop()
    await send(
      { id: 'n-1', order: 'tx-2', echo: 'order-1_2', method: 'credit' },
      await tokenOf(intentOf('order-1', { attempt: 2 })),
    )
    expect(heard).toMatchObject([{ type: 'deposit.credited', reference: 'order-2' }])
  })

  test('an id of one rail proves nothing at another', async () => {
    const { send, types } = await shop()
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' }, null, 'other')
    expect(types()).toEqual(['review.needed'])
  })

  test('a report of a refused attempt ships nothing', async () => {
    const { send, types, reviews } = await shop()
    await send({ id: 'n-1', order: 'tx-refused', method: 'credit' })
    expect(types()).toEqual(['review.needed'])
    expect(await reviews.list()).toMatchObject([{ reason: 'unexpected_credit' }])
  })
})

describe('many transactions for each intent, the money not signed', () => {
  const order = intentOf('order-1', { attempt: 2 })

  test('a known id without a token moves no money: it needs review', async () => {
    const { send, types, reviews } = await shop({ vendor: many })
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' })
    expect(types()).toEqual(['review.needed'])
    expect(await reviews.list()).toMatchObject([{ reason: 'unsigned_money', vendorId: 'tx-1' }])
  })

  test('at a fixed address a report of an unknown id stands with the payment that it names, unproven', async () => {
    const { send, record, heard } = await shop({ vendor: many })
    expect((await send({ id: 'n-1', order: 'tx-new', echo: 'order-1_2', method: 'credit' })).status).toBe(200)
    expect((await record('order-1')).reports).toMatchObject([{ id: 'n-1', proof: 'unproven', intent: null }])
    expect(heard).toEqual([])
  })

  test('a redelivery with a token raises the proof, and then the event is emitted, once', async () => {
    const { send, tokenOf, record, types } = await shop({ vendor: many })
    const credit: Message = { id: 'n-1', order: 'tx-new', echo: 'order-1_2', method: 'credit' }
    await send(credit)
    const token = await tokenOf(order)
    expect((await send(credit, token)).status).toBe(200)
    expect((await send(credit, token)).status).toBe(200)
    await send(credit)
    expect(types()).toEqual(['deposit.credited'])
    expect((await record('order-1')).reports).toMatchObject([{ id: 'n-1', proof: 'token' }])
  })

  test('a redelivery with a token closes the review of unsigned money', async () => {
    const { send, tokenOf, types, reviews } = await shop({ vendor: many })
    const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }
    await send(credit)
    await send(credit, await tokenOf(order))
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
    expect(await reviews.list()).toEqual([])
  })

  test('later transactions of one order are believed through its token, though the call was answered', async () => {
    const { send, tokenOf, types, rules, record } = await shop({ vendor: many })
    const token = await tokenOf(order)
    await send({ id: 'n-1', order: 'tx-declined', method: 'cancel' }, token)
    await send({ id: 'n-2', order: 'tx-paid', method: 'credit', at: '2026-01-01T00:01:00.000Z' }, token)
    expect(types()).toEqual(['deposit.not_credited', 'deposit.credited'])
    expect(rules.derive(await record('order-1')).state).toMatchObject({ state: 'credited' })
  })

  test("another payment's token proves no money of a known id", async () => {
    const { send, tokenOf, types } = await shop({ vendor: many })
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' }, await tokenOf(intentOf('order-2')))
    expect(types()).toEqual(['review.needed'])
  })

  test.each([
    ['a broken token', async () => 'not.a.token'],
    ["another rail's token", ({ tokenOf }: Shop) => tokenOf(intentOf('order-3', { rail: 'other' }))],
  ])('%s proves no more than none', async (_name, tokenFor) => {
    const running = await shop({ vendor: many })
    await running.send({ id: 'n-1', order: 'tx-new', echo: 'order-1_2', method: 'credit' }, await tokenFor(running))
    expect(running.heard).toEqual([])
    expect(running.logs.join()).toContain('token is not ours')
  })

  test("the refused attempt's token ships nothing", async () => {
    const { send, tokenOf, types } = await shop({ vendor: many })
    await send({ id: 'n-1', order: 'tx-new', method: 'credit' }, await tokenOf(intentOf('order-1')))
    expect(types()).toEqual(['review.needed'])
  })
})

test('a token signed with a secret that was rotated out still proves, until the secret is removed', async () => {
  const clock = clockOf()
  const store = storeOf(clock)
  const before = await shop({ clock, store })
  const intent = intentOf('order-4')
  await before.begin(intent)
  const token = await before.tokenOf(intent)
  const [newer, newest] = ['a-newer-secret-of-32-characters-xx', 'the-newest-secret-of-32-characters']
  const removed = pipelineUnderTest({ clock, store, secrets: [newest] })
  await removed.send({ id: 'n-1', order: 'tx-4', method: 'credit' }, token)
  expect(removed.types()).toEqual(['review.needed'])
  const rotated = pipelineUnderTest({ clock, store, secrets: [newer, secret] })
  await rotated.send({ id: 'n-1', order: 'tx-4', method: 'credit' }, token)
  expect(rotated.types()).toEqual(['deposit.credited'])
})
