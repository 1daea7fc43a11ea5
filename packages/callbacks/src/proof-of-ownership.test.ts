import type { Conclusion } from '@railswitch/core'
import { clockOf, intentOf, pipelineUnderTest, secret, storeOf } from './__fixtures__/pipeline-under-test.ts'
import { type Shop, shop } from './__fixtures__/shop.ts'
import { type Message, vendorOf } from './__fixtures__/vendor.ts'

const many = vendorOf({ transactions: 'many', signs: 'identity' })

describe('a vendor with one order for each intent, whose signature covers everything', () => {
  test('a report that comes before the response is proven by its token', async () => {
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

  test('if the response names another order than the token, only the order of the response is applied, and a review is open', async () => {
    const { send, begin, tokenOf, record, store, rules, types, openReviews } = await shop()
    const intent = intentOf('order-4')
    const payment = await begin(intent)
    await send({ id: 'n-1', order: 'tx-evil', method: 'pending' }, await tokenOf(intent))
    const conclusion = { state: 'started', result: { payment, redirectUrl: 'u', expiresAt: null } } as const
    await store.conclude(intent, conclusion, { vendorIds: ['tx-4'], replaces: true }, rules)
    await send({ id: 'n-2', order: 'tx-evil', method: 'credit' }, await tokenOf(intent))
    expect(types()).toEqual(['deposit.not_credited_yet', 'review.needed'])
    await send({ id: 'n-3', order: 'tx-4', method: 'credit' })
    expect(types()).toContain('deposit.credited')
    expect((await openReviews()).map(({ reason }) => reason).sort()).toEqual(['foreign_order', 'vendor_id_differs'])
    expect(rules.derive(await record('order-4')).state).toMatchObject({ state: 'credited' })
  })

  test('a fixed address without tokens works for orders whose id is known', async () => {
    const { send, types } = await shop()
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' })
    expect(types()).toEqual(['deposit.credited'])
  })

  test('a known id takes precedence over any token and any echoed reference', async () => {
    const { send, tokenOf, receivedEvents } = await shop()
    await send(
      { id: 'n-1', order: 'tx-2', echo: 'order-1_2', method: 'credit' },
      await tokenOf(intentOf('order-1', { attempt: 2 })),
    )
    expect(receivedEvents).toMatchObject([{ type: 'deposit.credited', reference: 'order-2' }])
  })

  test('an id of one rail proves nothing on another', async () => {
    const { send, types } = await shop()
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' }, null, 'other')
    expect(types()).toEqual(['review.needed'])
  })

  test('a report of a refused attempt ships nothing', async () => {
    const { send, types, openReviews } = await shop()
    await send({ id: 'n-1', order: 'tx-refused', method: 'credit' })
    expect(types()).toEqual(['review.needed'])
    expect(await openReviews()).toMatchObject([{ reason: 'unexpected_credit' }])
  })
})

describe('a vendor with many transactions for each intent, whose signature does not cover the money', () => {
  const order = intentOf('order-1', { attempt: 2 })

  test('a known id without a token moves no money and needs review', async () => {
    const { send, types, openReviews } = await shop({ vendor: many })
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' })
    expect(types()).toEqual(['review.needed'])
    expect(await openReviews()).toMatchObject([{ reason: 'unsigned_money', vendorId: 'tx-1' }])
  })

  test('at a fixed address, a report with an unknown id is stored with the payment that it names, unproven', async () => {
    const { send, record, receivedEvents } = await shop({ vendor: many })
    expect((await send({ id: 'n-1', order: 'tx-new', echo: 'order-1_2', method: 'credit' })).status).toBe(200)
    expect((await record('order-1')).reports).toMatchObject([{ id: 'n-1', proof: 'unproven', intent: null }])
    expect(receivedEvents).toEqual([])
  })

  test('a redelivery with a token raises the proof, and the event is emitted once', async () => {
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
    const { send, tokenOf, types, openReviews } = await shop({ vendor: many })
    const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }
    await send(credit)
    await send(credit, await tokenOf(order))
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
    expect(await openReviews()).toEqual([])
  })

  test('later transactions of an order are proven by its token, even after the response', async () => {
    const { send, tokenOf, types, rules, record } = await shop({ vendor: many })
    const token = await tokenOf(intentOf('order-2'))
    await send({ id: 'n-1', order: 'tx-declined', method: 'cancel' }, token)
    await send({ id: 'n-2', order: 'tx-paid', method: 'credit', at: '2026-01-01T00:01:00.000Z' }, token)
    expect(types()).toEqual(['deposit.not_credited', 'deposit.credited'])
    expect(rules.derive(await record('order-2')).state).toMatchObject({ state: 'credited' })
  })

  test('the token of another payment does not prove the money of a known id', async () => {
    const { send, tokenOf, types } = await shop({ vendor: many })
    await send({ id: 'n-1', order: 'tx-1', method: 'credit' }, await tokenOf(intentOf('order-2')))
    expect(types()).toEqual(['review.needed'])
  })

  test.each([
    ['a broken token', async () => 'not.a.token'],
    ["another rail's token", ({ tokenOf }: Shop) => tokenOf(intentOf('order-3', { rail: 'other' }))],
  ])('%s proves as little as no token', async (_name, tokenFor) => {
    const running = await shop({ vendor: many })
    await running.send({ id: 'n-1', order: 'tx-new', echo: 'order-1_2', method: 'credit' }, await tokenFor(running))
    expect(running.receivedEvents).toEqual([])
    expect(running.logs.join()).toContain('token is not ours')
  })

  test('the token of a refused attempt ships nothing', async () => {
    const { send, tokenOf, types } = await shop({ vendor: many })
    await send({ id: 'n-1', order: 'tx-new', method: 'credit' }, await tokenOf(intentOf('order-1')))
    expect(types()).toEqual(['review.needed'])
  })
})

test('a token signed with an older secret is still valid until the secret is removed', async () => {
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
