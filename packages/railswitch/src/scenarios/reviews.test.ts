import { bank, creditedAt, failure, nothingFound } from './__fixtures__/bank.ts'
import { depositOf, type ShopAtTrustly, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

const decision = { by: 'Finance', why: 'seen in the back office' }

describe('a refund whose outcome no call can find out', () => {
  /** A shop an hour later, after a look-up that found nothing. */
  const inVain = async () => {
    let hours = 0
    const rail = bank(async () => failure('may_have_happened'), { replays: false, lookUp: () => nothingFound })
    const shop = await creditedAt(rail, () => new Date(Date.now() + hours * 3_600_000))
    await shop.payments.refund(shop.refund)
    const sync = (later: number) => {
      hours += later
      return shop.payments.sync()
    }
    return {
      ...shop,
      sync,
      synced: await sync(1),
      refundRef: (await shop.payments.getDeposit({ reference: 'r-1' })).refunds[0]?.ref,
    }
  }

  test('is reported once and listed until a person has decided', async () => {
    const { payments, events, sync, synced, refundRef } = await inVain()
    expect(synced.manualReview).toMatchObject([{ payment: refundRef }])
    expect((await sync(2)).manualReview).toEqual([])
    await sync(48)
    expect(events).toMatchObject([{ type: 'review.needed', reason: 'outcome_unknown' }])
    expect(await payments.listReviews()).toMatchObject([{ id: events[0]?.id, rail: 'bank', reference: 'order-1' }])
  })

  test.each([
    ['confirmed', 'refund.confirmed', '0.00'],
    ['failed', 'refund.failed', '100.00'],
  ] as const)('is %s after a person’s decision, with name and reason', async (as, type, refundable) => {
    const { payments, events, refundRef } = await inVain()
    if (!refundRef) throw new Error('There is no refund.')
    for (let twice = 0; twice < 2; twice += 1) await payments.resolveReview({ refund: refundRef, as, ...decision })
    expect(events.at(-1)).toMatchObject({ type, refund: 'r-1' })
    expect(events).toHaveLength(2)
    const payment = await payments.getDeposit({ reference: 'r-1' })
    expect(payment).toMatchObject({ refunds: [{ state: as }], refundable: { value: refundable }, reviews: [] })
    expect(payment.history.at(-1)).toMatchObject({
      proof: 'person',
      members: { by: 'Finance' },
    })
    expect(await payments.listReviews()).toEqual([])
  })

  test('whose review is resolved is no longer listed, and still counts', async () => {
    const { payments, refund } = await inVain()
    const [review] = await payments.listReviews()
    await payments.resolveReview({ review: review?.id ?? '', ...decision })
    expect(await payments.listReviews()).toEqual([])
    await expect(payments.refund({ ...refund, reference: 'r-2' })).rejects.toMatchObject({ code: 'exceeds_refundable' })
  })
})

describe('a resolution', () => {
  test.each([
    [{ review: 'x', by: '', why: 'y' }, 'by'],
    [{ review: 'x', by: 'Finance', why: ' ' }, 'why'],
    [{ review: 'x', by: 'F'.repeat(201), why: 'y' }, 'by'],
    [{ review: 'x', by: 'Finance', why: 'no database stores \u0000' }, 'why'],
  ])('%j is refused for its %s', async (resolution, field) => {
    const { payments } = await creditedAt(bank(async () => failure('not_sent')))
    await expect(payments.resolveReview(resolution)).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ field }],
    })
  })

  test('of an unknown review is not found', async () => {
    const { payments, refund } = await creditedAt(bank(async () => failure('not_sent')))
    await expect(payments.resolveReview({ review: 'nothing', ...decision })).rejects.toMatchObject({
      code: 'not_found',
    })
    const unknown = { refund: refund.payment, as: 'confirmed', ...decision } as const
    await expect(payments.resolveReview(unknown)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('at the sandbox', () => {
  let shop: ShopAtTrustly
  beforeEach(async () => {
    shop = await shopAtTrustly()
  })
  afterEach(() => shop.close())

  const deposited = async () => {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    const { orderId } = shop.order('order-1')
    return { payments, orderId }
  }
  const types = () => shop.events.map(({ type }) => type)

  test('resolving the review of a credit after a cancel ships nothing, and more money is a new review', async () => {
    const { payments, orderId } = await deposited()
    shop.sandbox.trustly.cancel(orderId)
    await shop.sandbox.trustly.idle()
    shop.sandbox.trustly.notify(orderId, 'credit', { amount: '100.00', currency: 'SEK' })
    await shop.sandbox.trustly.idle()
    const [review] = await payments.listReviews()
    expect(review).toMatchObject({ reference: 'order-1', reason: 'credited_and_cancelled' })
    await payments.resolveReview({ review: review?.id ?? '', ...decision })
    expect(await payments.listReviews()).toEqual([])
    expect(types()).toEqual(['deposit.not_credited', 'review.needed'])
    shop.sandbox.trustly.notify(orderId, 'debit', { amount: '40.00', currency: 'SEK' })
    await shop.sandbox.trustly.idle()
    expect(await payments.listReviews()).toHaveLength(1)
  })

  test('the review of an unknown payment’s reports is listed until it is resolved, and a decision that cannot be stored is an error', async () => {
    const { payments, orderId } = await deposited()
    const foreignCredit = { amount: '1.00', currency: 'SEK', orderid: '9999999999', messageid: 'not-ours' }
    shop.sandbox.trustly.notify(orderId, 'credit', foreignCredit)
    await shop.sandbox.trustly.idle()
    const [review] = await payments.listReviews()
    expect(review).toMatchObject({ rail: 't', payment: null, reason: 'foreign_order' })
    const unavailable = () => Promise.reject(new Error('the store is away'))
    const cutOff = shop.start({ store: { ...shop.store, claim: unavailable } })
    await expect(cutOff.resolveReview({ review: review?.id ?? '', ...decision })).rejects.toMatchObject({
      code: 'store_failed',
      retry: 'same_attempt',
    })
    await payments.resolveReview({ review: review?.id ?? '', ...decision })
    expect(await payments.listReviews()).toEqual([])
  })
})
