import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly

beforeEach(async () => {
  shop = await shopAtTrustly()
})
afterEach(() => shop.close())

const inFull = { amount: '100.00', currency: 'SEK' }
const types = () => shop.events.map(({ type }) => type)
const idle = () => shop.sandbox.trustly.idle()

/** A deposit that is paid in the sandbox. */
const paid = async (reference = 'order-1') => {
  const payments = shop.start()
  const { payment } = await payments.deposit(depositOf(reference))
  const { orderId } = shop.order(reference)
  shop.sandbox.trustly.complete(orderId)
  await idle()
  return { payments, payment, orderId }
}

describe('notifications in any order', () => {
  test.each([
    [
      ['pending', 'credit'],
      ['deposit.not_credited_yet', 'deposit.credited'],
    ],
    [['credit', 'pending'], ['deposit.credited']],
    [['credit'], ['deposit.credited']],
  ] as const)('%j are one deposit.credited, even if each comes twice', async (notify, receivedEvents) => {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    const { orderId } = shop.order('order-1')
    const ids = notify.map((method) => shop.sandbox.trustly.notify(orderId, method, { ...inFull }))
    await idle()
    for (const id of ids) expect(await shop.sandbox.trustly.redeliver(id)).toBe('accepted')
    expect(types()).toEqual(receivedEvents)
    expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
  })

  test('pending and credit at the same moment are one deposit.credited', async () => {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    shop.sandbox.trustly.complete(shop.order('order-1').orderId)
    await idle()
    expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
  })
})

describe('a refund that comes back', () => {
  test('is not a second deposit, and its money can be refunded again', async () => {
    const { payments, payment, orderId } = await paid()
    await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
    shop.sandbox.trustly.returnRefund(orderId, '30.00')
    await idle()
    expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
    expect(shop.events.at(-1)).toMatchObject({ type: 'refund.failed', refund: 'r-1', amount: sek('30.00') })
    expect((await payments.getDeposit({ reference: 'order-1' })).refundable).toEqual(sek('100.00'))
  })

  test('has no refund in its event if two refunds of the same amount exist', async () => {
    const { payments, payment, orderId } = await paid()
    await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
    await payments.refund({ payment, reference: 'r-2', amount: sek('30.00') })
    shop.sandbox.trustly.returnRefund(orderId, '30.00')
    await idle()
    expect(shop.events.at(-1)).toMatchObject({ type: 'refund.failed', refund: null, candidates: ['r-1', 'r-2'] })
  })
})

describe('a reversal', () => {
  test.each([
    [true, 'OK'],
    [false, 'FAILED'],
  ])('after a refund has the exposure, and recovered: %s is acknowledged as %s', async (recovered, answer) => {
    const { payments, payment, orderId } = await paid()
    await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
    shop.behaviour.recovered = recovered
    shop.sandbox.trustly.debit(orderId)
    await idle()
    expect(shop.events.at(-1)).toMatchObject({ type: 'deposit.reversed', exposure: sek('30.00') })
    expect(shop.order('order-1').debits).toEqual([{ amount: '100.00', answer }])
    expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({
      state: 'reversed',
      refundable: sek('0.00'),
    })
  })

  test('of an unknown order is never acknowledged as OK', async () => {
    const { orderId } = await paid()
    const id = shop.sandbox.trustly.notify(orderId, 'debit', {
      ...inFull,
      orderid: '9999999999',
      messageid: 'not-ours',
    })
    await idle()
    expect(shop.events.at(-1)).toMatchObject({ type: 'review.needed', payment: null, reason: 'foreign_order' })
    const sent = shop.order('order-1').notifications.find((notification) => notification.id === id)
    expect(sent?.delivered).toBe(false)
    expect((await shop.start().getDeposit({ reference: 'order-1' })).state).toBe('credited')
  })
})

describe('contradictory money', () => {
  test('a credit after a cancel ships nothing and needs review', async () => {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    const { orderId } = shop.order('order-1')
    shop.sandbox.trustly.cancel(orderId)
    await idle()
    shop.sandbox.trustly.notify(orderId, 'credit', inFull)
    await idle()
    expect(types()).toEqual(['deposit.not_credited', 'review.needed'])
    const { history } = await payments.getDeposit({ reference: 'order-1' })
    expect(history.map(({ proof, method, state }) => [proof, method, state])).toEqual([
      ['signature', 'cancel', 'not_credited'],
      ['signature', 'credit', 'credited'],
    ])
  })

  test.each([
    ['another amount', { amount: '99.00' }, 'amount_differs'],
    ['another currency', { currency: 'EUR' }, 'currency_differs'],
  ])('%s is not credited and needs review', async (_name, data, reason) => {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    shop.sandbox.trustly.notify(shop.order('order-1').orderId, 'credit', { ...inFull, ...data })
    await idle()
    expect(types()).not.toContain('deposit.credited')
    const payment = await payments.getDeposit({ reference: 'order-1' })
    expect(payment.state).not.toBe('credited')
    expect(payment.reviews).toMatchObject([{ reason }])
  })

  test("one order's notification at another order's address is a report of its own order", async () => {
    const { orderId } = await paid('order-1')
    const payments = shop.start()
    await payments.deposit(depositOf('order-2'))
    const messageid = shop.order('order-1').messageId
    shop.sandbox.trustly.notify(shop.order('order-2').orderId, 'credit', { ...inFull, orderid: orderId, messageid })
    await idle()
    expect((await payments.getDeposit({ reference: 'order-2' })).state).toBe('pending')
  })
})

describe('a lost response', () => {
  test('to a deposit, then a crash: one order in the sandbox', async () => {
    shop.sandbox.trustly.faults.dropNextAnswer('Deposit')
    await expect(shop.start().deposit(depositOf('order-1'))).rejects.toMatchObject({
      code: 'no_valid_response',
      effect: 'may_have_happened',
      retry: 'same_attempt',
    })
    const { redirectUrl } = await shop.start().deposit(depositOf('order-1'))
    expect(shop.sandbox.trustly.books().orders).toHaveLength(1)
    expect(redirectUrl).toBe(shop.order('order-1').checkoutUrl)
    expect(shop.sandbox.trustly.requests().map(({ outcome }) => outcome)).toEqual(['answered', 'replayed'])
  })

  test('to a refund, then a crash: one refund in the sandbox, and never an error', async () => {
    const { payments, payment } = await paid()
    const refund = { payment, reference: 'r-1', amount: sek('30.00') }
    shop.sandbox.trustly.faults.dropNextAnswer('Refund')
    expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
    expect(await shop.start().refund(refund)).toMatchObject({ status: 'accepted' })
    expect(shop.order('order-1').refunds).toEqual([{ amount: '30.00', state: 'executed' }])
  })

  test('to a refund is resolved by sync alone', async () => {
    const { payments, payment } = await paid()
    shop.sandbox.trustly.faults.dropNextAnswer('Refund')
    await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
    const later = shop.start({ clock: () => new Date(Date.now() + 3_600_000) })
    expect(await later.sync()).toMatchObject({ resolved: 1, manualReview: [] })
    expect((await later.getDeposit({ reference: 'order-1' })).refunds[0]?.state).toBe('accepted')
    expect(shop.order('order-1').refunds).toHaveLength(1)
  })

  test('an unreachable rail after a lost response leaves the refund unknown', async () => {
    const { payments, payment } = await paid()
    const refund = { payment, reference: 'r-1', amount: sek('30.00') }
    shop.sandbox.trustly.faults.dropNextAnswer('Refund')
    await payments.refund(refund)
    await shop.sandbox.close()
    expect(await payments.refund(refund)).toMatchObject({ status: 'unknown' })
    expect((await payments.getDeposit({ reference: 'order-1' })).refundable).toEqual(sek('70.00'))
  })

  test('an unreachable rail at the first call is an error, and nothing was sent', async () => {
    const payments = shop.start()
    await shop.sandbox.close()
    await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({
      code: 'unreachable',
      effect: 'not_sent',
      retry: 'same_attempt',
    })
  })
})

describe('the key', () => {
  test('another amount with the same reference is a conflict, and nothing is sent', async () => {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    const sent = shop.sandbox.trustly.requests().length
    await expect(payments.deposit(depositOf('order-1', '1.00'))).rejects.toMatchObject({ code: 'conflict' })
    expect(shop.sandbox.trustly.requests()).toHaveLength(sent)
  })

  test('the same amount in another notation is the same request', async () => {
    const payments = shop.start()
    const first = await payments.deposit(depositOf('order-1', '100'))
    expect(await payments.deposit({ ...depositOf('order-1', '100.00'), attempt: 1 })).toMatchObject({
      redirectUrl: first.redirectUrl,
      why: 'recorded',
    })
  })

  test('an abandoned checkout can be started again with attempt 2, but not after it was paid', async () => {
    const payments = shop.start()
    const first = await payments.deposit(depositOf('order-1'))
    shop.sandbox.trustly.cancel(shop.order('order-1').orderId)
    await idle()
    const second = await payments.deposit({ ...depositOf('order-1'), attempt: 2 })
    expect(second.redirectUrl).not.toBe(first.redirectUrl)
    expect((await fetch(second.redirectUrl)).status).toBe(200)
    shop.sandbox.trustly.complete(shop.order('order-1_2').orderId)
    await idle()
    expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
    await expect(payments.deposit({ ...depositOf('order-1'), attempt: 3 })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('of two simultaneous refunds that together exceed the refundable amount, one is refused before it is sent', async () => {
    const { payments, payment } = await paid()
    const outcomes = await Promise.allSettled(
      ['r-1', 'r-2'].map((reference) => payments.refund({ payment, reference, amount: sek('60.00') })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(shop.order('order-1').refunds).toEqual([{ amount: '60.00', state: 'executed' }])
    expect(shop.sandbox.trustly.requests().filter(({ method }) => method === 'Refund')).toHaveLength(1)
  })
})
