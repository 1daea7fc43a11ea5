import type { Recorded } from '@railswitch/callbacks'
import { type IncomingReport, type PaymentProvider, paymentRef } from '@railswitch/core'
import { lookUpsAt } from '../sync/__fixtures__/look-ups.ts'
import {
  clockOf,
  hour,
  intentOf,
  type Message,
  sek,
  syncUnderTest,
  vendorOf,
} from '../sync/__fixtures__/sync-under-test.ts'
import { createReviews } from './reviews.ts'

const decision = { by: 'Ada', why: 'seen in the back office' }
const at = '2026-01-01T00:00:00.000Z'
const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }
const deposit = paymentRef(intentOf('order-1'))

/** Reviews whose decisions are recorded by the test instead of handled. */
const notedReviews = async (vendor: PaymentProvider = vendorOf(), outcome: Recorded = 'handled') => {
  const running = syncUnderTest({ vendor })
  await running.begin(intentOf('order-1'), 'started', 'tx-1')
  const arrivals: IncomingReport[] = []
  const { resolve } = createReviews({
    rails: new Map([['r', vendor]]),
    rules: running.rules,
    store: running.store,
    now: () => new Date(running.clock.at),
    pipeline: {
      ...running.pipeline,
      record: async (arrival) => {
        arrivals.push(arrival)
        return outcome
      },
    },
  })
  return { ...running, resolve, arrivals }
}

const syncUnderTestWithReviews = (vendor: PaymentProvider) => {
  const running = syncUnderTest({ vendor })
  const { rules, store, pipeline, clock } = running
  const rails = new Map([['r', vendor]])
  return { ...running, ...createReviews({ rails, rules, store, pipeline, now: () => new Date(clock.at) }) }
}

describe('a decision becomes a report', () => {
  test('of only the review that it names', async () => {
    const { send, reviews, resolve, arrivals, begin } = await notedReviews()
    await begin(intentOf('order-2'), 'started', 'tx-2')
    await send({ ...credit, amount: '90.00' })
    await send({ ...credit, id: 'n-2', order: 'tx-2', amount: '80.00' })
    await send({ ...credit, id: 'n-3', amount: '110.00' })
    const found = await reviews.list()
    expect(new Set(found.map(({ reference }) => reference))).toEqual(new Set(['order-1', 'order-2']))
    for (const { id } of found) await resolve({ review: id, ...decision })
    expect(arrivals).toStrictEqual(
      found.map(({ id, payment }) => ({
        report: {
          id: `person|${id}`,
          at,
          rail: 'r',
          vendorId: '',
          method: 'resolved',
          members: { review: id, ...decision },
        },
        from: { type: 'own', intent: payment, proof: 'person', learns: false },
      })),
    )
  })

  test('of a day’s foreign orders, with their number', async () => {
    const { send, reviews, resolve, arrivals, store, rules } = await notedReviews()
    await send({ ...credit, id: 'f-1', order: 'tx-evil' })
    await send({ ...credit, id: 'f-2', order: 'tx-evil' })
    const [review] = await reviews.list()
    const id = review?.id ?? ''
    await resolve({ review: id, ...decision })
    const keys: string[] = []
    for await (const { key } of store.reviews(rules)) keys.push(key)
    expect(arrivals).toStrictEqual([
      {
        report: {
          id: `person|${id}|2|${at}`,
          at,
          rail: 'r',
          vendorId: '',
          method: 'resolved',
          members: { review: id, ...decision, count: '2', latest: at },
        },
        from: { type: 'unowned', record: keys[0] },
      },
    ])
  })

  const decided = (intent: typeof deposit, method: string, vendorId: string, value: string) => ({
    report: { id: `${method}|${intent}`, at, rail: 'r', method, vendorId, money: sek(value), members: decision },
    from: { type: 'own', intent, proof: 'person', learns: false },
  })

  test('of the deposit’s only transaction, if the vendor has one for each', async () => {
    const { resolve, arrivals } = await notedReviews()
    await resolve({ deposit, as: 'credited', ...decision })
    expect(arrivals).toStrictEqual([decided(deposit, 'person:credited', 'tx-1', '100.00')])
  })

  describe('if a deposit can have several transactions, a decision becomes a report', () => {
    const many = vendorOf({ transactions: 'many', signs: 'identity' })

    test('of the one whose money no signature covers', async () => {
      const { send, resolve, arrivals, tokenOf } = await notedReviews(many)
      const token = await tokenOf(intentOf('order-1'))
      await send({ id: 'n-1', order: 'tx-2', method: 'pending' }, token)
      await send({ id: 'n-2', order: 'tx-2', method: 'differs' }, token)
      await send({ id: 'n-3', order: 'tx-2', method: 'credit' })
      await send({ id: 'n-4', order: 'tx-1', method: 'differs' }, token)
      await resolve({ deposit, as: 'credited', ...decision })
      const { report, ...from } = decided(deposit, 'person:credited', 'tx-2', '100.00')
      expect(arrivals).toStrictEqual([{ ...from, report: { ...report, id: `${report.id}|tx-2` } }])
    })

    test('of each transaction, if the customer pays with a second one later', async () => {
      const { begin, send, resolve, openReviews, tokenOf, clock, types } = syncUnderTestWithReviews(many)
      await begin(intentOf('order-1'), 'started', 'tx-0')
      const token = await tokenOf(intentOf('order-1'))
      for (const order of ['tx-1', 'tx-2']) {
        await send({ id: `p ${order}`, order, method: 'pending' }, token)
        await send({ id: `c ${order}`, order, method: 'credit', at: new Date(clock.at).toISOString() })
        await resolve({ deposit, as: 'credited', ...decision })
        clock.at += 60_000
      }
      expect((await openReviews()).map(({ reason }) => reason)).toEqual(['overpaid'])
      expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
    })

    test('of the payment itself if no transaction has unsigned money', async () => {
      const { resolve, arrivals } = await notedReviews(many)
      await resolve({ deposit, as: 'credited', ...decision })
      expect(arrivals).toStrictEqual([decided(deposit, 'person:credited', deposit, '100.00')])
    })

    test('only of the transaction whose review is named, if several have unsigned money', async () => {
      const { send, resolve, reviews, arrivals, tokenOf } = await notedReviews(many)
      const token = await tokenOf(intentOf('order-1'))
      for (const order of ['tx-1', 'tx-2']) {
        await send({ id: `p ${order}`, order, method: 'pending' }, token)
        await send({ id: `c ${order}`, order, method: 'credit' })
      }
      await expect(resolve({ deposit, as: 'credited', ...decision })).rejects.toMatchObject({
        code: 'invalid_input',
        issues: [{ field: 'deposit', rule: 'has several transactions whose money no signature covers' }],
      })
      expect(arrivals).toEqual([])
      const second = (await reviews.list()).find(({ vendorId }) => vendorId === 'tx-2')
      await resolve({ review: second?.id ?? '', as: 'credited', ...decision })
      const { report, ...from } = decided(deposit, 'person:credited', 'tx-2', '100.00')
      expect(arrivals).toStrictEqual([{ ...from, report: { ...report, id: `${report.id}|tx-2` } }])
    })

    test('of this attempt, whatever reviews another attempt has', async () => {
      const { begin, send, resolve, arrivals } = await notedReviews(many)
      await begin(intentOf('order-1', { attempt: 2 }), 'started', 'tx-9')
      await send({ id: 'n-9', order: 'tx-9', method: 'credit' })
      await resolve({ deposit, as: 'credited', ...decision })
      expect(arrivals).toStrictEqual([decided(deposit, 'person:credited', deposit, '100.00')])
    })
  })

  test.each(['confirmed', 'failed'] as const)('of money out that is %s', async (as) => {
    const { begin, send, resolve, arrivals } = await notedReviews()
    await send(credit)
    const refund = await begin(intentOf('refund-1', { kind: 'refund', of: deposit, expect: sek('30.00') }))
    const payout = await begin(intentOf('out-1', { kind: 'payout', expect: sek('40.00') }))
    await resolve({ refund, as, ...decision })
    await resolve({ payout, as, ...decision })
    expect(arrivals).toStrictEqual([
      decided(refund, `person:${as}`, '', '30.00'),
      decided(payout, `person:${as}`, '', '40.00'),
    ])
  })

  test('of money out whose review is named', async () => {
    const { lookUp } = lookUpsAt(clockOf())
    const { begin, send, resolve, reviews, arrivals, sync, clock } = await notedReviews(vendorOf({ lookUp }))
    await send(credit)
    const refund = await begin(intentOf('refund-1', { kind: 'refund', of: deposit, expect: sek('30.00') }))
    clock.at += hour
    await sync()
    const [review] = await reviews.list()
    const id = review?.id ?? ''
    expect(review).toMatchObject({ reason: 'outcome_unknown', payment: refund })
    await expect(resolve({ review: id, as: 'credited', ...decision })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [
        {
          field: 'as',
          rule: 'is not an outcome of a review with the reason outcome_unknown of a refund',
          fix: 'write confirmed or failed',
        },
      ],
    })
    await resolve({ review: id, as: 'failed', ...decision })
    expect(arrivals.map(({ report: { method, money } }) => [method, money])).toEqual([['person:failed', sek('30.00')]])
  })

  test('of no credit, if a review is about money that was sent out', async () => {
    const { send, reviews, resolve, arrivals, tokenOf } = await notedReviews()
    const token = await tokenOf(intentOf('order-1'))
    await send(credit, token)
    await send({ id: 'n-2', order: 'tx-1', method: 'debit', amount: '150.00' }, token)
    const [review] = await reviews.list()
    expect(review).toMatchObject({ reason: 'reversed_beyond_credit', payment: deposit })
    await expect(resolve({ review: review?.id ?? '', as: 'credited', ...decision })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [
        { field: 'as', rule: 'is not an outcome of a review with the reason reversed_beyond_credit of a deposit' },
      ],
    })
    expect(arrivals).toEqual([])
  })

  test('of no outcome, if a review has no payment', async () => {
    const { send, reviews, resolve } = await notedReviews()
    await send({ ...credit, id: 'f-1', order: 'tx-evil' })
    const [review] = await reviews.list()
    await expect(resolve({ review: review?.id ?? '', as: 'credited', ...decision })).rejects.toMatchObject({
      issues: [
        {
          field: 'as',
          rule: 'is not an outcome of a review with the reason foreign_order of a report without a payment',
        },
      ],
    })
  })

  test('of the amount that the customer of this attempt requested', async () => {
    const { begin, send, resolve, arrivals } = await notedReviews()
    const first = await begin(intentOf('out-1', { kind: 'withdrawal' }), 'started', 'w-1')
    await send({ id: 'w-n-1', order: 'w-1', method: 'debit', amount: '60.00' })
    await send({ id: 'w-n-2', order: 'w-1', method: 'cancel' })
    const second = await begin(intentOf('out-1', { kind: 'withdrawal', attempt: 2 }), 'started', 'w-2')
    await send({ id: 'w-n-3', order: 'w-2', method: 'debit', amount: '70.00' })
    await resolve({ payout: first, as: 'failed', ...decision })
    await resolve({ payout: second, as: 'failed', ...decision })
    expect(arrivals).toStrictEqual([
      decided(first, 'person:failed', '', '60.00'),
      decided(second, 'person:failed', '', '70.00'),
    ])
  })
})

describe('an error of a decision contains what happened and what to do', () => {
  const errorOf = (resolving: Promise<void>) =>
    resolving.then(
      () => null,
      ({ code, effect, retry, message, hint, issues }) => ({ code, effect, retry, message, hint, issues }),
    )

  test('if there is no such review or payment', async () => {
    const { resolve } = await notedReviews()
    const notFound = {
      code: 'not_found',
      effect: 'not_sent',
      retry: 'never',
      message: 'No open review or payment has this id.',
      hint: 'Use an id of listReviews(), or the payment ref of a deposit, refund or payout. A review of other money has another id.',
    }
    expect(await errorOf(resolve({ review: 'no such review', ...decision }))).toMatchObject(notFound)
    const nonsense = 'nonsense' as typeof deposit
    expect(await errorOf(resolve({ deposit: nonsense, as: 'credited', ...decision }))).toMatchObject(notFound)
    expect(await errorOf(resolve({ payout: nonsense, as: 'failed', ...decision }))).toMatchObject(notFound)
  })

  test('if the store failed', async () => {
    const { resolve } = await notedReviews(vendorOf(), 'not_stored')
    expect(await errorOf(resolve({ deposit, as: 'credited', ...decision }))).toMatchObject({
      code: 'store_failed',
      effect: 'not_sent',
      retry: 'same_attempt',
      message: 'The store could not record the decision.',
      hint: 'Nothing was decided: repair the store, then decide again.',
    })
  })

  test.each(['failed', 'busy'] as const)(
    'is not raised if the decision is stored and its handler %s',
    async (outcome) => {
      const { resolve } = await notedReviews(vendorOf(), outcome)
      expect(await errorOf(resolve({ deposit, as: 'credited', ...decision }))).toBeNull()
    },
  )

  test('if name or reason is missing', async () => {
    const { resolve, arrivals } = await notedReviews()
    const ruleAndFix = { rule: 'must be text of 1 to 200 characters', fix: 'write who decided, and why' }
    expect(await errorOf(resolve({ deposit, as: 'credited', by: '', why: '' }))).toMatchObject({
      issues: [
        { field: 'by', ...ruleAndFix },
        { field: 'why', ...ruleAndFix },
      ],
    })
    expect(arrivals).toEqual([])
  })
})
