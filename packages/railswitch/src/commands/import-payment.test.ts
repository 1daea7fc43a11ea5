import {
  isLeft,
  left,
  memoryStore,
  PaymentError,
  type PaymentEvent,
  type PaymentProvider,
  type PaymentRef,
  right,
  type Store,
} from '@railswitch/core'
import { createPayments } from '../create-payments.ts'
import { accepted, bank, nothingFound } from '../scenarios/__fixtures__/bank.ts'
import { shopAtTrustly } from '../scenarios/__fixtures__/shop-at-trustly.ts'

const decision = { by: 'Finance', why: 'older than the installation' }
const amount = { value: '100.00', currency: 'SEK' }

test('a deposit that is older than the installation is refunded at its vendor, and no handler receives its events', async () => {
  const shop = await shopAtTrustly()
  try {
    const before = shop.start({ store: memoryStore() })
    const customer = { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country: 'SE', locale: 'sv' }
    await before.deposit({ reference: 'old-1', amount, customer, returnUrl: 'https://shop.example/' })
    const { orderId } = shop.order('old-1')
    shop.sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await shop.sandbox.trustly.idle()
    const eventsBefore = shop.events.length
    const payments = shop.start()
    const deposit = { rail: 't', reference: 'old-1', amount, vendorIds: [orderId] as const, state: 'credited' as const }
    const { payment } = await payments.importPayment({ deposit, ...decision })
    expect(await payments.getDeposit({ payment })).toMatchObject({ state: 'credited', refundable: amount })
    const refund = {
      reference: 'refund-0',
      amount: { value: '30.00', currency: 'SEK' },
      payment,
      vendorIds: [orderId] as const,
    }
    await payments.importPayment({ refund, ...decision })
    expect(await payments.getDeposit({ payment })).toMatchObject({ refundable: { value: '70.00' } })
    const rest = { payment, reference: 'refund-1', amount: { value: '70.00', currency: 'SEK' } }
    expect(await payments.refund(rest)).toMatchObject({ status: 'accepted', rail: 't' })
    expect(shop.order('old-1').refunds).toHaveLength(1)
    expect(shop.events).toHaveLength(eventsBefore)
    await expect(
      payments.importPayment({ deposit: { ...deposit, amount: rest.amount }, ...decision }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    const { history } = await payments.getDeposit({ payment })
    expect(history[0]).toMatchObject({ proof: 'person', members: { by: 'Finance' } })
  } finally {
    await shop.close()
  }
})

test('all mistakes of an import are reported at once, by field', async () => {
  const payments = createPayments<void>({
    logger: false,
    active: 'bank',
    providers: { bank: bank(async () => left(new PaymentError(lost))) },
    store: memoryStore(),
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
  })
  const deposit = {
    rail: 'none',
    reference: 'a b',
    amount: { value: '1e3', currency: 'SEK' },
    vendorIds: [],
    state: 'reversed',
    begunAt: 'yesterday',
  }
  const error = await payments.importPayment({ deposit, by: '', why: 'x' } as never).catch((thrown) => thrown)
  expect(error.issues.map(({ field }: { field: string }) => field)).toEqual([
    'by',
    'deposit.reference',
    'deposit.amount.value',
    'deposit.vendorIds',
    'deposit.begunAt',
    'deposit.state',
    'deposit.rail',
  ])
})

const lost = {
  code: 'no_valid_response',
  effect: 'may_have_happened',
  retry: 'same_attempt',
  message: 'lost',
  hint: '',
} as const

describe('an import that is cut off', () => {
  const deposit = {
    rail: 'bank',
    reference: 'order-1',
    amount,
    vendorIds: ['1'] as const,
    state: 'credited' as const,
  }
  const later = () => new Date(Date.now() + 3_600_000)
  const shopOver = (store: Store<void>, now = () => new Date()) => {
    const sent: string[] = []
    const events: PaymentEvent[] = []
    const rail = bank(async ({ intent }) => {
      sent.push(intent.reference)
      return accepted
    })
    const payments = createPayments<void>({
      logger: false,
      active: 'bank',
      providers: { bank: rail },
      store,
      callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
      clock: now,
    })
    const onEvent = (event: PaymentEvent) => void events.push(event)
    payments.on({
      'deposit.reversed': () => ({ recovered: false }),
      'deposit.credited': onEvent,
      'review.needed': onEvent,
    })
    return { payments, sent, events }
  }
  const unavailableStore = new Error('the store is away')
  const unavailable = () => Promise.reject(unavailableStore)

  test('before the result of a refund is recorded leads to no call by sync, and the same import completes it', async () => {
    const store = memoryStore()
    const { payments } = shopOver(store)
    const { payment } = await payments.importPayment({ deposit, ...decision })
    const refund = { payment, reference: 'r-1', amount, vendorIds: ['9'] as const }
    await expect(
      shopOver({ ...store, conclude: unavailable }).payments.importPayment({ refund, ...decision }),
    ).rejects.toMatchObject({ code: 'store_failed', cause: unavailableStore })
    const laterShopshop = shopOver(store, later)
    expect((await laterShopshop.payments.sync()).manualReview).toMatchObject([
      { why: expect.stringContaining('import it again') },
    ])
    expect(laterShopshop.sent).toEqual([])
    await payments.importPayment({ refund, by: 'Ada', why: 'once more' })
    expect(await payments.getDeposit({ payment })).toMatchObject({ refunds: [{ state: 'accepted' }], reviews: [] })
  })

  test('before its vendor ids are recorded has no effect, and the same import completes it', async () => {
    const store = memoryStore()
    await expect(
      shopOver({ ...store, conclude: unavailable }).payments.importPayment({ deposit, ...decision }),
    ).rejects.toMatchObject({ code: 'store_failed', cause: unavailableStore })
    const { payments, sent } = shopOver(store)
    const payment = 'rs1.bank.deposit.order-1.1' as PaymentRef
    expect(await payments.getDeposit({ payment })).toMatchObject({
      credited: { value: '0.00' },
      refundable: { value: '0.00' },
    })
    await expect(payments.refund({ payment, reference: 'r-1', amount })).rejects.toMatchObject({
      code: 'exceeds_refundable',
    })
    expect(sent).toEqual([])
    await payments.importPayment({ deposit, ...decision })
    expect(await payments.getDeposit({ payment })).toMatchObject({ state: 'credited', refundable: amount })
  })

  test('before its reports are handled is completed by sync, and no handler receives its events', async () => {
    const store = memoryStore()
    const { payments } = shopOver({ ...store, complete: unavailable })
    const { payment } = await payments.importPayment({ deposit, ...decision })
    const laterShopshop = shopOver(store, later)
    expect(await laterShopshop.payments.sync()).toMatchObject({ failed: 0 })
    expect(laterShopshop.events).toEqual([])
    expect(await payments.getDeposit({ payment })).toMatchObject({ state: 'credited' })
  })

  test('before its reports are stored rejects with an error', async () => {
    const store = memoryStore()
    const adopting = shopOver({ ...store, claim: unavailable }).payments.importPayment({ deposit, ...decision })
    await expect(adopting).rejects.toMatchObject({
      code: 'store_failed',
      hint: expect.stringContaining('repeat the same import'),
    })
  })
})

describe('an import at a vendor', () => {
  const deposit = { rail: 'bank', reference: 'order-1', amount, vendorIds: ['1'] as const, state: 'credited' as const }
  const shopWith = (rail: Partial<PaymentProvider>) => {
    const payments = createPayments<void>({
      logger: false,
      active: 'bank',
      providers: { bank: bank(async () => accepted, rail) },
      store: memoryStore(),
      callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    })
    payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
    return payments
  }
  const unreachable = () => async () => left(new PaymentError(lost))
  const broken: PaymentProvider['lookUp'] = () => {
    throw new Error('marked-secret')
  }
  const partly: PaymentProvider['lookUp'] = () => async () =>
    right({ found: [], absenceProves: false, failed: new PaymentError(lost) })

  test.each<[string, Partial<PaymentProvider>, string]>([
    ['that has no look-up', {}, 'the vendor has no look-up'],
    ['whose look-up fails', { lookUp: unreachable }, 'the look-up failed: no_valid_response'],
    ['whose look-up fails for this payment', { lookUp: partly }, 'the look-up failed: no_valid_response'],
    ['that does not show it', { lookUp: () => nothingFound }, 'the vendor does not show it'],
    ['whose adapter fails', { lookUp: broken }, 'the look-up failed'],
    ['whose cross-check fails', { crossCheck: unreachable }, 'the look-up failed: no_valid_response'],
  ])('%s is unconfirmed, with name and reason', async (_, rail, reason) => {
    const payments = shopWith(rail)
    const { payment, confirmed } = await payments.importPayment({ deposit, ...decision })
    expect(confirmed).toBe(false)
    const { history, state } = await payments.getDeposit({ payment })
    expect(state).toBe('credited')
    expect(history.at(-1)).toMatchObject({ method: 'imported:unconfirmed', members: { ...decision, reason } })
  })
})

test('an import whose adapter fails says so in the log, without the words of the error', async () => {
  const logged: unknown[] = []
  const payments = createPayments<void>({
    active: 'bank',
    providers: {
      bank: bank(async () => accepted, {
        lookUp: () => {
          throw new TypeError('marked-secret')
        },
      }),
    },
    store: memoryStore(),
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    logger: { info: () => {}, warn: () => {}, error: (...line) => void logged.push(line) },
  })
  payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
  const deposit = { rail: 'bank', reference: 'order-1', amount, vendorIds: ['1'] as const, state: 'credited' as const }
  const { payment } = await payments.importPayment({ deposit, ...decision })
  const err = expect.objectContaining({ name: 'PaymentError', message: 'The provider bank failed (TypeError).' })
  expect(logged).toEqual([[{ payment, err }, 'import not confirmed: the look-up threw']])
  expect(JSON.stringify(logged)).not.toContain('marked-secret')
})

describe('after a backup was restored, on a rail that cannot repeat a request', () => {
  const restored = (reconciled: boolean) => {
    const sent: string[] = []
    const events: PaymentEvent[] = []
    const rail = bank(
      async ({ intent }) => {
        sent.push(intent.reference)
        return left(new PaymentError(lost))
      },
      { replays: false },
    )
    const payments = createPayments<void>({
      logger: false,
      active: 'bank',
      providers: { bank: rail },
      store: memoryStore(),
      reconciled,
      callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    })
    payments.on({
      'deposit.reversed': () => ({ recovered: false }),
      'deposit.credited': (event) => void events.push(event),
    })
    return { payments, sent, events }
  }

  test('money out is refused, and nothing is sent', async () => {
    const { payments, sent } = restored(false)
    const deposit = {
      rail: 'bank',
      reference: 'order-1',
      amount,
      vendorIds: ['1'] as const,
      state: 'credited' as const,
    }
    const { payment } = await payments.importPayment({ deposit, ...decision })
    const refund = { payment, reference: 'r-1', amount }
    await expect(payments.refund(refund)).rejects.toMatchObject({ code: 'reconciliation_required', effect: 'not_sent' })
    expect(isLeft(await payments.fp.refund(refund)())).toBe(true)
    expect(sent).toEqual([])
  })

  test('money that was sent since and is imported is not sent again after the store is reconciled', async () => {
    const { payments, sent } = restored(true)
    const deposit = {
      rail: 'bank',
      reference: 'order-1',
      amount,
      vendorIds: ['1'] as const,
      state: 'credited' as const,
    }
    const { payment } = await payments.importPayment({ deposit, ...decision })
    await payments.importPayment({ refund: { payment, reference: 'r-1', amount, vendorIds: ['9'] }, ...decision })
    await expect(payments.refund({ payment, reference: 'r-1', amount })).rejects.toMatchObject({ code: 'conflict' })
    expect(sent).toEqual([])
  })
})
