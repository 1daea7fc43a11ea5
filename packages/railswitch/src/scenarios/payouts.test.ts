import { createHash } from 'node:crypto'
import {
  type Fact,
  left,
  memoryStore,
  type OperationCall,
  PaymentError,
  type PaymentEvent,
  type PaymentProvider,
  type PayoutInput,
  paymentRef,
  type Report,
  right,
} from '@railswitch/core'
import { createPayments } from '../create-payments.ts'
import { bank, nothingFound } from './__fixtures__/bank.ts'

const amount = { value: '50.00', currency: 'EUR' }
const account = { country: 'DE', accountNumber: 'DE89370400440532013000' }
const payee = { id: 'c', firstName: 'Ada', lastName: 'Byron' }
const toAccount: PayoutInput = { reference: 'out-1', amount, to: { account }, customer: payee }

const lost = () =>
  left(
    new PaymentError({
      code: 'no_valid_response',
      effect: 'may_have_happened',
      retry: 'same_attempt',
      message: 'lost',
      hint: '',
    }),
  )

/** A vendor whose payouts have the result that a test chooses, and whose callbacks have the facts that a test passes. */
const payingBank = (more: Partial<PaymentProvider> = {}) => {
  const calls: (OperationCall & { readonly input: unknown })[] = []
  const vendor = { answers: true, notification: null as Notification | null, decided: [] as string[] }
  const base = bank(async () => lost())
  const rail: PaymentProvider = {
    ...base,
    capabilities: {
      ...base.capabilities,
      'payout.toDepositor': { yes: true },
      'payout.toAccount': { yes: true },
      withdrawal: { yes: true },
    },
    questions: { withdrawal: ['withdrawal.requested'] },
    operations: {
      ...base.operations,
      payout: (input, call) => async () => {
        calls.push({ ...call, input })
        if (!vendor.answers) return lost()
        return right({ result: { status: 'accepted', payment: paymentRef(call.intent) }, vendorIds: ['2'] })
      },
      withdrawal:
        (_input, { intent }) =>
        async () =>
          right({
            result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
            vendorIds: ['3'],
          }),
    },
    decideWithdrawal: (_thread, _withdrawal, decision) => async () => {
      vendor.decided.push(decision)
      return vendor.answers ? right(undefined) : lost()
    },
    interpret: ({ reports }) => reports.flatMap((report) => factOf(report)),
    verifyCallback: ({ body }) => {
      const { notification } = vendor
      const id = createHash('sha256').update(body).digest('hex')
      return right({
        report: {
          id,
          at: '2026-01-01T00:00:00.000Z',
          vendorId: notification?.vendorId ?? '2',
          method: notification?.type ?? 'nothing',
          money: amount,
          members: {},
        },
        merchantReference: 'out-1',
        signs: 'everything',
        isQuestion: notification?.type === 'withdrawal.requested',
        customer: { accountHolder: 'Ada Byron' },
        acknowledge: (answer) => ({ status: 200, contentType: 'application/json', body: JSON.stringify(answer) }),
      })
    },
    ...more,
  }
  return { rail, calls, vendor }
}

type Notification = {
  readonly type: 'payout.failed' | 'payout.confirmed' | 'withdrawal.requested'
  readonly vendorId: string
}

/** This vendor's methods are the types of our facts. */
const factOf = ({ id, at, vendorId, method, intent, money }: Report): readonly Fact[] => {
  if (!intent || !money || !/^(payout\.(failed|confirmed)|withdrawal\.requested)$/.test(method)) return []
  const type = method as Notification['type']
  return [{ type, intent, vendorId, at, evidence: [id], source: 'vendor', key: id, amount: money }]
}

const shopAt = ({ rail, vendor, calls }: ReturnType<typeof payingBank>) => {
  let hours = 0
  const events: PaymentEvent[] = []
  const answers = { reserved: true }
  const store = memoryStore()
  const payments = createPayments<void>({
    logger: false,
    active: 'bank',
    providers: { bank: rail },
    store,
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    clock: () => new Date(Date.now() + hours * 3_600_000),
  })
  const onEvent = (event: PaymentEvent) => void events.push(event)
  payments.on({
    'deposit.reversed': () => ({ recovered: false }),
    'payout.confirmed': onEvent,
    'payout.failed': onEvent,
    'review.needed': onEvent,
    'withdrawal.requested': (event) => {
      onEvent(event)
      return { reserved: answers.reserved }
    },
  })
  return {
    payments,
    events,
    vendor,
    calls,
    answers,
    store,
    syncAfter: (later: number) => {
      hours += later
      return payments.sync()
    },
    async tell(notification: Notification, id: string = notification.type) {
      vendor.notification = notification
      const request = new Request('https://shop.example/callbacks/bank', { method: 'POST', body: id })
      return (await payments.callbacks.web(request)).text()
    },
    deposit: () =>
      payments.deposit({
        reference: 'order-1',
        amount,
        customer: { ...payee, email: 'a@b.example', country: 'DE', locale: 'de' },
        returnUrl: 'https://shop.example/',
      }),
    withdrawal: () =>
      payments.withdrawal({
        reference: 'out-1',
        amount,
        customer: { ...payee, email: 'a@b.example', country: 'DE', locale: 'de' },
        returnUrl: 'https://shop.example/',
      }),
  }
}

const failed: Notification = { type: 'payout.failed', vendorId: '2' }
const returned: Notification = { type: 'payout.failed', vendorId: '3' }

describe('a payout to bank details', () => {
  test('is accepted once, and repeated calls send nothing', async () => {
    const shop = shopAt(payingBank())
    const first = await shop.payments.payout(toAccount)
    expect(first).toMatchObject({ status: 'accepted', rail: 'bank', why: 'active' })
    expect(await shop.payments.payout(toAccount)).toMatchObject({ status: 'accepted', why: 'recorded' })
    expect(shop.calls).toHaveLength(1)
    expect(await shop.payments.getPayout({ reference: 'out-1' })).toMatchObject({ kind: 'payout', state: 'accepted' })
  })

  test('whose response was lost is unknown, needs manual review, and is never sent by sync', async () => {
    const shop = shopAt(payingBank())
    shop.vendor.answers = false
    const { payment, ...unknown } = await shop.payments.payout(toAccount)
    expect(unknown).toMatchObject({ status: 'unknown' })
    expect((await shop.syncAfter(1)).manualReview).toMatchObject([{ payment }])
    expect(shop.calls).toHaveLength(1)
    await expect(shop.payments.payout({ ...toAccount, attempt: 2 })).rejects.toMatchObject({ code: 'conflict' })
    await shop.payments.resolveReview({ payout: payment, as: 'failed', by: 'Finance', why: 'not in the back office' })
    expect(shop.events.map(({ type }) => type)).toEqual(['review.needed', 'payout.failed'])
    await expect(shop.payments.payout({ ...toAccount, attempt: 2 })).resolves.toMatchObject({ status: 'unknown' })
  })

  test('stores nothing about the payee', async () => {
    const shop = shopAt(payingBank())
    await shop.payments.payout(toAccount)
    const stored = JSON.stringify(await shop.store.find('out-1'))
    for (const secret of [account.accountNumber, payee.firstName, payee.lastName]) expect(stored).not.toContain(secret)
  })

  test('that failed is reported once, with the vendor’s customer details', async () => {
    const shop = shopAt(payingBank())
    await shop.payments.payout(toAccount)
    await shop.tell(failed, 'payoutfailed')
    await shop.tell(failed, 'credit')
    await shop.tell(failed, 'credit')
    expect(shop.events).toMatchObject([{ type: 'payout.failed', amount, customer: { accountHolder: 'Ada Byron' } }])
  })

  test.each([
    ['no name', { customer: { id: 'c' } }, 'customer.firstName'],
    ['no account number', { to: { account: { country: 'DE' } } }, 'to.account.accountNumber'],
    ['a date of birth in another form', { customer: { ...payee, dateOfBirth: '31.01.1979' } }, 'customer.dateOfBirth'],
    ['nowhere to go', { to: {} }, 'to.payment'],
    ["a refund's ref", { to: { payment: 'rs1.bank.refund.r.1' }, customer: { id: 'c' } }, 'to.payment'],
  ])('with %s is refused with the name of the field', async (_name, wrong, field) => {
    const shop = shopAt(payingBank())
    const error = await shop.payments.payout({ ...toAccount, ...wrong } as PayoutInput).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'invalid_input', effect: 'not_sent' })
    expect(error.issues.map((issue: { field: string }) => issue.field)).toContain(field)
    expect(shop.calls).toEqual([])
  })
})

describe("a payout to a depositor's account", () => {
  test('uses the rail of the deposit, and the adapter receives the deposit’s record', async () => {
    const shop = shopAt(payingBank())
    const { payment } = await shop.deposit()
    const out = { reference: 'out-1', amount, to: { payment }, customer: { id: 'c' } }
    expect(await shop.payments.payout(out)).toMatchObject({ status: 'accepted', why: 'recorded' })
    expect(shop.calls[0]?.source?.intents).toMatchObject([{ vendorIds: ['1'] }])
  })

  test('of an unknown deposit is refused before anything is sent', async () => {
    const shop = shopAt(payingBank())
    const payment = paymentRef({ rail: 'bank', kind: 'deposit', reference: 'order-9', attempt: 1 })
    const out = { reference: 'out-1', amount, to: { payment }, customer: { id: 'c' } }
    await expect(shop.payments.payout(out)).rejects.toMatchObject({ code: 'not_found', effect: 'not_sent' })
    expect(shop.calls).toEqual([])
  })

  test('whose response was lost is repeated by sync exactly as it was sent', async () => {
    const shop = shopAt(payingBank())
    const { payment } = await shop.deposit()
    shop.vendor.answers = false
    const statement = 'SHOP.EXAMPLE'
    await shop.payments.payout({ reference: 'out-1', amount, to: { payment }, customer: { id: 'c' }, statement })
    shop.vendor.answers = true
    expect(await shop.syncAfter(1)).toMatchObject({ resolved: 1, manualReview: [] })
    const [first, second] = shop.calls
    expect(second?.input).toEqual(first?.input)
    expect(second?.callbackUrl).toBe(first?.callbackUrl)
    expect(await shop.payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'accepted' })
  })
})

test('a payout and a deposit cannot have the same reference', async () => {
  const shop = shopAt(payingBank())
  await shop.deposit()
  const out = { ...toAccount, reference: 'order-1', attempt: 2 }
  await expect(shop.payments.payout(out)).rejects.toMatchObject({ code: 'conflict' })
  expect(shop.calls).toEqual([])
})

describe('at a vendor that reports only failures', () => {
  const quiet = { replays: false, payoutFailureWindowMs: 10 * 86_400_000, lookUp: () => nothingFound }

  test('an accepted payout counts as paid after the time limit, with `by: elapsed`', async () => {
    const shop = shopAt(payingBank(quiet))
    await shop.payments.payout(toAccount)
    await shop.syncAfter(9 * 24)
    expect(shop.events).toEqual([])
    await shop.syncAfter(2 * 24)
    expect(shop.events).toMatchObject([{ type: 'payout.confirmed', by: 'elapsed' }])
    await shop.tell(failed)
    expect(shop.events).toMatchObject([{ type: 'payout.confirmed' }, { type: 'payout.failed' }])
    expect(await shop.payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'returned' })
  })

  test('one that failed never counts as paid', async () => {
    const shop = shopAt(payingBank(quiet))
    await shop.payments.payout(toAccount)
    await shop.tell(failed)
    await shop.syncAfter(20 * 24)
    expect(shop.events.map(({ type }) => type)).toEqual(['payout.failed'])
  })
})

describe('a withdrawal', () => {
  const requested: Notification = { type: 'withdrawal.requested', vendorId: '3' }

  test('asks its question, is approved, and emits its events', async () => {
    const shop = shopAt(payingBank())
    const { payment } = await shop.withdrawal()
    await expect(shop.payments.approve({ payment })).rejects.toMatchObject({ code: 'conflict' })
    expect(await shop.tell(requested)).toBe('{"reserved":true}')
    await shop.payments.approve({ payment })
    await shop.payments.approve({ payment })
    expect(shop.vendor.decided).toEqual(['approve'])
    await expect(shop.payments.deny({ payment })).rejects.toMatchObject({ code: 'conflict' })
    await shop.tell({ type: 'payout.confirmed', vendorId: '3' })
    expect(shop.events.map(({ type }) => type)).toEqual(['withdrawal.requested', 'payout.confirmed'])
  })

  test('whose approval was lost is approved again', async () => {
    const shop = shopAt(payingBank())
    const { payment } = await shop.withdrawal()
    await shop.tell(requested)
    shop.vendor.answers = false
    await expect(shop.payments.approve({ payment })).rejects.toMatchObject({ effect: 'may_have_happened' })
    shop.vendor.answers = true
    await shop.payments.approve({ payment })
    expect(await shop.payments.getPayout({ payment })).toMatchObject({ kind: 'withdrawal', state: 'accepted' })
  })

  test('that is denied returns the money once', async () => {
    const shop = shopAt(payingBank())
    const { payment } = await shop.withdrawal()
    await shop.tell(requested)
    await shop.payments.deny({ payment })
    await shop.tell(returned, 'cancel')
    await shop.tell(returned, 'credit')
    expect(shop.events.map(({ type }) => type)).toEqual(['withdrawal.requested', 'payout.failed'])
  })

  test('that could not be reserved returns nothing', async () => {
    const shop = shopAt(payingBank())
    await shop.withdrawal()
    shop.answers.reserved = false
    expect(await shop.tell(requested)).toBe('{"reserved":false}')
    expect(await shop.tell(requested)).toBe('{"reserved":false}')
    await shop.tell(returned, 'cancel')
    expect(shop.events.map(({ type }) => type)).toEqual(['withdrawal.requested'])
  })
})

test('a withdrawal is refused if its question has no handler', async () => {
  const { rail } = payingBank()
  const payments = createPayments<void>({
    logger: false,
    active: 'bank',
    providers: { bank: rail },
    store: memoryStore(),
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
  })
  payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
  const customer = { ...payee, email: 'a@b.example', country: 'DE', locale: 'de' }
  const withdrawalInput = { reference: 'out-1', amount, customer, returnUrl: 'https://shop.example/' }
  await expect(payments.withdrawal(withdrawalInput)).rejects.toMatchObject({
    code: 'handler_missing',
    effect: 'not_sent',
  })
})

describe('erasing personal data', () => {
  test('erases the customer of a payout to a depositor, and keeps the money', async () => {
    const shop = shopAt(payingBank())
    const { payment } = await shop.deposit()
    await shop.payments.payout({ reference: 'out-1', amount, to: { payment }, customer: { id: 'customer-77' } })
    expect(JSON.stringify(await shop.store.find('out-1'))).toContain('customer-77')
    await shop.payments.erasePersonalData({ reference: 'out-1' })
    expect(JSON.stringify(await shop.store.find('out-1'))).not.toContain('customer-77')
    expect(await shop.payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'accepted', amount })
  })

  test('is allowed for a checkout that was abandoned long ago', async () => {
    const shop = shopAt(payingBank({}))
    await shop.deposit()
    await shop.syncAfter(61 * 24)
    await expect(shop.payments.erasePersonalData({ reference: 'order-1' })).resolves.toBeUndefined()
  })

  test('is refused while a payment is open, and for an unknown payment', async () => {
    const shop = shopAt(payingBank())
    await shop.deposit()
    await expect(shop.payments.erasePersonalData({ reference: 'order-1' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(shop.payments.erasePersonalData({ reference: 'nothing' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
