import type { EventType, PaymentError, PaymentRef, Store } from '@railswitch/core'
import { createPayments } from '../../create-payments.ts'
import type { Payments } from '../../payments.ts'
import { type BankMessage, eur, versatileBank } from './versatile-bank.ts'

const customer = { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country: 'DE', locale: 'de' }
const amount = eur('10.00')
const returnUrl = 'https://shop.example/'
const audit = { by: 'Ada', why: 'tried' }

export interface Line {
  readonly level: string
  readonly fields: object
  readonly message: string
}

/** A shop with one rail, `bank`, on this store. `failing`: the events whose handler throws, and those whose write does. */
export const shopOn = <Tx>(store: Store<Tx>) => {
  const { rail, vendor } = versatileBank()
  const lines: Line[] = []
  const reported: { readonly error: unknown; readonly context: object }[] = []
  const log = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message })
  const clock = { at: Date.now() }
  const failing = { handlers: new Set<EventType>(), writes: new Set<EventType>(), error: new Error('marked-application') as unknown }
  const payments = createPayments<Tx>({
    active: 'bank',
    providers: { bank: rail },
    store,
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    onError: (error, context) => void reported.push({ error, context }),
    clock: () => new Date(clock.at),
  })
  const handle = (type: EventType, commit: (write: (tx: Tx) => Promise<unknown>) => void): void => {
    if (failing.handlers.has(type)) throw failing.error
    if (failing.writes.has(type)) commit(() => Promise.reject(failing.error))
  }
  payments.on({
    'deposit.credited': ({ type }, commit) => handle(type, commit),
    'deposit.reversed': () => ({ recovered: true }),
    'withdrawal.requested': ({ type }, commit) => {
      handle(type, commit)
      return { reserved: true }
    },
  })
  const receive = async (message: BankMessage | string) => {
    const body = typeof message === 'string' ? message : JSON.stringify(message)
    const request = new Request('https://shop.example/callbacks/bank', { method: 'POST', body })
    return (await payments.callbacks.web(request)).status
  }
  return { payments, vendor, lines, reported, clock, failing, receive }
}

export type ShopOn = ReturnType<typeof shopOn>

/** A method of `Payments`: what must have happened before its call, and the call. */
export interface MethodCall {
  readonly name: string
  prepare(shop: ShopOn): Promise<() => Promise<unknown>>
}

const message = (reference: string, method: BankMessage['method']): BankMessage => ({
  id: `n-${reference}`,
  order: `order of ${reference}`,
  method,
  amount: amount.value,
})

const pendingDeposit = ({ payments }: ShopOn, reference = 'order-1') => payments.deposit({ reference, amount, customer, returnUrl })

const creditedDeposit = async (shop: ShopOn): Promise<PaymentRef> => {
  const { payment } = await pendingDeposit(shop)
  await shop.receive(message('order-1', 'deposit.credited'))
  return payment
}

const requestedWithdrawal = async (shop: ShopOn): Promise<PaymentRef> => {
  const { payment } = await shop.payments.withdrawal({ reference: 'out-1', amount, customer, returnUrl })
  await shop.receive(message('out-1', 'withdrawal.requested'))
  return payment
}

const receivedAccount = async (shop: ShopOn): Promise<PaymentRef> => {
  const { payment } = await shop.payments.account({ reference: 'account-1', customer, returnUrl, mandate: true })
  await shop.receive(message('account-1', 'account.received'))
  return payment
}

const activeMandate = async (shop: ShopOn): Promise<PaymentRef> => {
  const { payment } = await shop.payments.mandate({ reference: 'mandate-1', customer, returnUrl })
  await shop.receive(message('mandate-1', 'mandate.active'))
  return payment
}

const charge = async (shop: ShopOn): Promise<() => ReturnType<Payments['charge']>> => {
  const payment = await receivedAccount(shop)
  const charged = { id: customer.id, email: customer.email }
  return () => shop.payments.charge({ reference: 'charge-1', amount, from: { payment }, customer: charged })
}

const foreignReport = (shop: ShopOn) => shop.receive({ ...message('foreign', 'deposit.credited'), order: 'order of another' })

export const everyMethod: readonly MethodCall[] = [
  { name: 'deposit', prepare: async (shop) => () => pendingDeposit(shop) },
  { name: 'fp.deposit', prepare: async ({ payments }) => () => unwrapped(payments.fp.deposit({ reference: 'order-1', amount, customer, returnUrl })) },
  {
    name: 'refund',
    prepare: async (shop) => {
      const payment = await creditedDeposit(shop)
      return () => shop.payments.refund({ payment, reference: 'refund-1', amount })
    },
  },
  {
    name: 'payout',
    prepare: async (shop) => {
      const payment = await receivedAccount(shop)
      return () => shop.payments.payout({ reference: 'payout-1', amount, to: { payment }, customer: { id: customer.id } })
    },
  },
  { name: 'withdrawal', prepare: async ({ payments }) => () => payments.withdrawal({ reference: 'out-1', amount, customer, returnUrl }) },
  { name: 'account', prepare: async ({ payments }) => () => payments.account({ reference: 'account-1', customer, returnUrl, mandate: true }) },
  { name: 'charge', prepare: charge },
  {
    name: 'charge (of a mandate)',
    prepare: async (shop) => {
      const payment = await activeMandate(shop)
      const charged = { id: customer.id, email: customer.email }
      return () => shop.payments.charge({ reference: 'charge-1', amount, from: { payment }, customer: charged })
    },
  },
  { name: 'mandate', prepare: async ({ payments }) => () => payments.mandate({ reference: 'mandate-1', customer, returnUrl }) },
  {
    name: 'importMandate',
    prepare: async (shop) => {
      const payment = await receivedAccount(shop)
      const mandate = { reference: 'mandate-1', customer, from: { payment }, mandateReference: '1234567890' }
      return () => shop.payments.importMandate(mandate)
    },
  },
  {
    name: 'cancelMandate',
    prepare: async (shop) => {
      const payment = await activeMandate(shop)
      return () => shop.payments.cancelMandate({ payment })
    },
  },
  {
    name: 'getMandate',
    prepare: async (shop) => {
      await activeMandate(shop)
      return () => shop.payments.getMandate({ reference: 'mandate-1' })
    },
  },
  ...(['approve', 'deny'] as const).map((name) => ({
    name,
    prepare: async (shop: ShopOn) => {
      const payment = await requestedWithdrawal(shop)
      return () => shop.payments[name]({ payment })
    },
  })),
  {
    name: 'cancelCharge',
    prepare: async (shop) => {
      const { payment } = await (await charge(shop))()
      return () => shop.payments.cancelCharge({ payment })
    },
  },
  {
    name: 'getDeposit',
    prepare: async (shop) => {
      await creditedDeposit(shop)
      return () => shop.payments.getDeposit({ reference: 'order-1' })
    },
  },
  {
    name: 'getPayout',
    prepare: async (shop) => {
      const payment = await requestedWithdrawal(shop)
      return () => shop.payments.getPayout({ payment })
    },
  },
  {
    name: 'getAccount',
    prepare: async (shop) => {
      await receivedAccount(shop)
      return () => shop.payments.getAccount({ reference: 'account-1' })
    },
  },
  ...(['pending', 'credited'] as const).map((state) => ({
    name: `importPayment (${state})`,
    prepare: async ({ payments }: ShopOn) => () =>
      payments.importPayment({ deposit: { rail: 'bank', reference: 'old-1', amount, vendorIds: ['7'], state }, ...audit }),
  })),
  {
    name: 'erasePersonalData',
    prepare: async (shop) => {
      const payment = await creditedDeposit(shop)
      return () => shop.payments.erasePersonalData({ payment })
    },
  },
  {
    name: 'sync',
    prepare: async (shop) => {
      await pendingDeposit(shop)
      await pendingDeposit(shop, 'order-2')
      shop.failing.handlers.add('deposit.credited')
      await shop.receive(message('order-2', 'deposit.credited'))
      shop.failing.handlers.clear()
      shop.clock.at += 3_600_000
      return () => shop.payments.sync()
    },
  },
  {
    name: 'listReviews',
    prepare: async (shop) => {
      await foreignReport(shop)
      return () => shop.payments.listReviews()
    },
  },
  {
    name: 'resolveReview (of a report)',
    prepare: async (shop) => {
      await foreignReport(shop)
      const [review] = await shop.payments.listReviews()
      return () => shop.payments.resolveReview({ review: review?.id ?? '', ...audit })
    },
  },
  {
    name: 'resolveReview (of a deposit)',
    prepare: async (shop) => {
      const { payment } = await pendingDeposit(shop)
      return () => shop.payments.resolveReview({ deposit: payment, as: 'credited', ...audit })
    },
  },
]

/** Everything that a method can answer with: its value, or what it threw or rejected with. */
export const outcomeOf = async (call: () => Promise<unknown>): Promise<{ readonly value: unknown } | { readonly error: unknown }> => {
  try {
    return { value: await call() }
  } catch (error) {
    return { error }
  }
}

const unwrapped = async (task: () => Promise<{ readonly _tag: 'Left'; readonly left: PaymentError } | { readonly _tag: 'Right'; readonly right: unknown }>) => {
  const result = await task()
  if (result._tag === 'Left') throw result.left
  return result.right
}
