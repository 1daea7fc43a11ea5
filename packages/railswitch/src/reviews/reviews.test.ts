import type { Store } from '@railswitch/core'
import {
  clockOf,
  day,
  hour,
  intentOf,
  type Message,
  sek,
  storeOf,
  syncUnderTest,
  type UnderTest,
  vendorOf,
} from '../sync/__fixtures__/sync-under-test.ts'

const decision = { by: 'Ada', why: 'seen in the back office' }
const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }
const many = vendorOf({ transactions: 'many', signs: 'identity' })

const depositAt = async (options: UnderTest = {}) => {
  const running = syncUnderTest(options)
  const payment = await running.begin(intentOf('order-1'), 'started', 'tx-1')
  return { ...running, payment }
}

const refundOf = async (running: Awaited<ReturnType<typeof depositAt>>, reference: string) => {
  const intent = intentOf(reference, { kind: 'refund', of: running.payment, expect: sek('30.00') })
  const resolveBy = { resolveBy: 'operator', notBefore: '2026-01-01T00:00:00.000Z' } as const
  return running.begin(intent, {
    state: 'unknown',
    result: { status: 'unknown', payment: running.payment, ...resolveBy },
  })
}

describe('a review', () => {
  test('that is resolved is no longer listed, and stays resolved when its report comes again', async () => {
    const { send, reviews, types } = await depositAt()
    const other: Message = { ...credit, amount: '90.00' }
    await send(other)
    const [review] = await reviews.list()
    expect(review).toMatchObject({ reason: 'amount_differs', money: sek('90.00'), reference: 'order-1' })
    await reviews.resolve({ review: review?.id ?? '', ...decision })
    await send(other)
    expect(await reviews.list()).toEqual([])
    expect(types()).toEqual(['review.needed'])
  })

  test('of another amount that a person accepts credits the deposit with what has arrived', async () => {
    const { send, reviews, types, receivedEvents, record, rules } = await depositAt()
    await send({ ...credit, amount: '90.00' })
    const [review] = await reviews.list()
    await reviews.resolve({ review: review?.id ?? '', as: 'credited', ...decision })
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
    expect(receivedEvents.at(-1)).toMatchObject({ type: 'deposit.credited', amount: sek('90.00') })
    const derived = rules.derive(await record('order-1'))
    expect(derived.state).toMatchObject({ state: 'credited', credited: sek('90.00'), refundable: sek('90.00') })
    expect(await reviews.list()).toEqual([])
  })

  test('of another amount is accepted by the ref of the deposit as well, unless there are several amounts', async () => {
    const { send, reviews, receivedEvents, payment } = await depositAt()
    await send({ ...credit, amount: '90.00' })
    await send({ ...credit, id: 'n-2', order: 'tx-1', amount: '80.00' })
    await expect(reviews.resolve({ deposit: payment, as: 'credited', ...decision })).rejects.toMatchObject({
      issues: [{ field: 'deposit', rule: 'has reviews of several amounts' }],
    })
    const [review] = (await reviews.list()).filter(({ money }) => money?.value === '80.00')
    await reviews.resolve({ review: review?.id ?? '', ...decision })
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    expect(receivedEvents.at(-1)).toMatchObject({ type: 'deposit.credited', amount: sek('90.00') })
  })

  test('that is resolved does not hide the next one of its reason', async () => {
    const { send, reviews, types } = await depositAt()
    await send({ ...credit, amount: '90.00' })
    const [first] = await reviews.list()
    await reviews.resolve({ review: first?.id ?? '', ...decision })
    await send({ ...credit, id: 'n-2', order: 'tx-1', amount: '110.00' })
    const [next, ...others] = await reviews.list()
    expect(others).toEqual([])
    expect(next?.id).not.toBe(first?.id)
    expect(types()).toEqual(['review.needed', 'review.needed'])
  })

  test('is in the history of the payment with name and reason', async () => {
    const { send, reviews, record } = await depositAt()
    await send({ ...credit, amount: '90.00' })
    const [review] = await reviews.list()
    await reviews.resolve({ review: review?.id ?? '', ...decision })
    expect((await record('order-1')).reports.at(-1)).toMatchObject({
      proof: 'person',
      members: { review: review?.id, ...decision },
    })
  })

  test("of a day's foreign orders is open again after further reports, and is not emitted again", async () => {
    const { send, reviews, types } = await depositAt()
    const foreign: Message = { id: 'f-1', order: 'tx-evil', method: 'credit' }
    await send(foreign)
    const [review] = await reviews.list()
    const resolve = () => reviews.resolve({ review: review?.id ?? '', ...decision })
    await resolve()
    await send(foreign)
    expect(await reviews.list()).toEqual([])
    await send({ ...foreign, id: 'f-2' })
    expect(await reviews.list()).toMatchObject([{ id: review?.id, count: 2 }])
    await resolve()
    expect(await reviews.list()).toEqual([])
    expect(types()).toEqual(['review.needed'])
  })

  test('of a lost payment can be resolved', async () => {
    const { send, reviews, tokenOf } = await depositAt()
    await send({ id: 'l-1', order: 'tx-l', method: 'credit' }, await tokenOf(intentOf('lost')))
    const [review] = await reviews.list()
    await reviews.resolve({ review: review?.id ?? '', ...decision })
    expect(await reviews.list()).toEqual([])
  })
})

describe('a deposit whose money no signature covers', () => {
  const unsigned = async () => {
    const running = await depositAt({ vendor: many })
    await running.send({ ...credit, order: 'tx-1' })
    return running
  }

  test('is credited by a decision: emitted once, and its review is closed', async () => {
    const { reviews, payment, types, rules, record, receivedEvents } = await unsigned()
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    await reviews.resolve({ deposit: payment, as: 'credited', by: 'Bo', why: 'the same again' })
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
    expect(receivedEvents.at(-1)).toMatchObject({
      amount: sek('100.00'),
      now: { state: 'credited', net: sek('100.00') },
    })
    expect(rules.derive(await record('order-1')).state).toMatchObject({ state: 'credited', refundable: sek('100.00') })
    expect(await reviews.list()).toEqual([])
  })

  test.each(['by the review', 'by the ref'])(
    'is credited with the ordered amount, whatever amount a stranger has named: decided %s',
    async (how) => {
      const { send, reviews, payment, rules, record } = await depositAt({ vendor: many })
      await send({ ...credit, order: 'tx-1', amount: '9000.00' })
      const [review] = await reviews.list()
      expect(review).toMatchObject({ reason: 'unsigned_money', money: sek('9000.00') })
      const named = how === 'by the ref' ? { deposit: payment } : { review: review?.id ?? '' }
      await reviews.resolve({ ...named, as: 'credited', ...decision })
      expect(rules.derive(await record('order-1')).state).toMatchObject({
        credited: sek('100.00'),
        refundable: sek('100.00'),
      })
    },
  )

  test('is not shipped twice when the proof comes later', async () => {
    const { reviews, payment, types, send, tokenOf, sync, clock } = await unsigned()
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    await send(credit, await tokenOf(intentOf('order-1')))
    clock.at += hour
    await sync()
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
    expect(await reviews.list()).toEqual([])
  })

  test('is not shipped again when the proof came first', async () => {
    const { reviews, payment, types, send, tokenOf } = await unsigned()
    await send(credit, await tokenOf(intentOf('order-1')))
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
  })

  test('is reversed when a reversal is reported later', async () => {
    const { reviews, payment, types, send, tokenOf, rules, record } = await unsigned()
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    await send({ ...credit, id: 'n-2', method: 'debit' }, await tokenOf(intentOf('order-1')))
    expect(types()).toEqual(['review.needed', 'deposit.credited', 'deposit.reversed'])
    expect(rules.derive(await record('order-1')).state).toMatchObject({ state: 'reversed', refundable: sek('0.00') })
  })

  test("is credited in the vendor's other transaction, if this one has unsigned money", async () => {
    const { reviews, payment, types, send, tokenOf } = await depositAt({ vendor: many })
    const token = await tokenOf(intentOf('order-1'))
    await send({ id: 'n-1', order: 'tx-2', method: 'pending' }, token)
    const paid: Message = { id: 'n-2', order: 'tx-2', method: 'credit' }
    await send(paid)
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    expect(await reviews.list()).toEqual([])
    await send(paid, token)
    expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
    expect(await reviews.list()).toEqual([])
  })

  test('is credited once, even without any report', async () => {
    const { reviews, payment, types, send } = await depositAt()
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    await send(credit)
    expect(types()).toEqual(['deposit.credited'])
  })

  test.each(['begun', 'started as another transaction'])(
    'is credited in the transaction that is reported later, if none was known: %s',
    async (how) => {
      const running = syncUnderTest({ vendor: many })
      const { reviews, types, send, tokenOf, rules, record } = running
      const payment = await running.begin(intentOf('order-1'), 'started', how === 'begun' ? undefined : 'tx-0')
      await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
      await send({ ...credit, order: 'tx-9' }, await tokenOf(intentOf('order-1')))
      expect(types()).toEqual(['deposit.credited'])
      expect(await reviews.list()).toEqual([])
      expect(rules.derive(await record('order-1')).state).toMatchObject({ refundable: sek('100.00') })
    },
  )

  test('has an event that sync emits if its handler failed', async () => {
    const { reviews, payment, types, application, sync, clock } = await unsigned()
    application.failing.add('deposit.credited')
    await reviews.resolve({ deposit: payment, as: 'credited', ...decision })
    application.failing.clear()
    clock.at += hour
    expect(await sync()).toMatchObject({ handled: 1 })
    expect(types()).toEqual(['review.needed', 'deposit.credited'])
  })
})

describe('money out whose outcome no call can find out', () => {
  test.each([
    ['failed', 'refund.failed', sek('100.00')],
    ['confirmed', 'refund.confirmed', sek('70.00')],
  ] as const)('a refund is %s by a decision', async (as, type, refundable) => {
    const running = await depositAt()
    const { send, reviews, receivedEvents, rules, record } = running
    await send(credit)
    const refund = await refundOf(running, 'refund-1')
    await reviews.resolve({ refund, as, ...decision })
    await reviews.resolve({ refund, as, ...decision })
    expect(receivedEvents.slice(1)).toMatchObject([{ type, refund: 'refund-1', amount: sek('30.00') }])
    expect(rules.derive(await record('order-1')).state).toMatchObject({ refundable })
  })

  test.each([
    ['failed', 'payout.failed', 'failed'],
    ['confirmed', 'payout.confirmed', 'confirmed'],
  ] as const)('a payout is %s by a decision', async (as, type, state) => {
    const { begin, reviews, receivedEvents, rules, record } = syncUnderTest()
    const payout = await begin(intentOf('out-1', { kind: 'payout' }))
    await reviews.resolve({ payout, as, ...decision })
    expect(receivedEvents).toMatchObject([{ type, amount: sek('100.00') }])
    expect(rules.derive(await record('out-1')).state).toMatchObject({ state })
  })

  test('a withdrawal is decided with the amount that the customer requested', async () => {
    const { begin, send, reviews, receivedEvents } = syncUnderTest()
    const payout = await begin(intentOf('out-1', { kind: 'withdrawal' }), 'started', 'w-1')
    await send({ id: 'w-n-1', order: 'w-1', method: 'debit', amount: '60.00' })
    await reviews.resolve({ payout, as: 'failed', ...decision })
    expect(receivedEvents).toMatchObject([
      { type: 'withdrawal.requested', amount: sek('60.00') },
      { type: 'payout.failed', amount: sek('60.00') },
    ])
    expect(await reviews.list()).toEqual([])
  })
})

describe('a decision that is refused', () => {
  test('an unknown review and a payment of another kind are not found', async () => {
    const running = await depositAt()
    const { reviews, payment, begin } = running
    await running.send(credit)
    const refund = await refundOf(running, 'refund-1')
    const payout = await begin(intentOf('out-1', { kind: 'payout' }))
    for (const resolution of [
      { review: 'no such review' },
      { deposit: refund, as: 'credited' },
      { deposit: 'rs1.r.deposit.unknown.1' as typeof payment, as: 'credited' },
      { deposit: 'nonsense' as typeof payment, as: 'credited' },
      { refund: payment, as: 'failed' },
      { refund: payout, as: 'failed' },
      { payout: payment, as: 'failed' },
      { payout: refund, as: 'failed' },
    ] as const)
      await expect(reviews.resolve({ ...resolution, ...decision })).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([
    ['no name', { by: '', why: 'seen' }, 'by'],
    ['no reason', { by: 'Ada', why: '   ' }, 'why'],
    ['a reason that is not text', { by: 'Ada', why: 7 as unknown as string }, 'why'],
  ])('%s is refused', async (_name, wrong, field) => {
    const { reviews, payment } = await depositAt()
    await expect(reviews.resolve({ deposit: payment, as: 'credited', ...wrong })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ field }],
    })
  })

  test('a decision that the store could not record has no effect', async () => {
    const clock = clockOf()
    const working = storeOf(clock)
    const store: Store<void> = { ...working, claim: () => Promise.reject(new Error('away')) }
    const { reviews, payment, types } = await depositAt({ clock, store })
    await expect(reviews.resolve({ deposit: payment, as: 'credited', ...decision })).rejects.toMatchObject({
      code: 'store_failed',
    })
    clock.at += day
    expect(types()).toEqual([])
  })
})
