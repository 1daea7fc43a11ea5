import { type CallLog, createCallLog } from '../calls/call-log.ts'
import type { RecordedCall, SignedText } from '../calls/recorded-call.ts'
import type { Faults } from '../chaos/faults.ts'
import { type Activity, createActivity } from '../checkout/activity.ts'
import { createCheckout } from '../checkout/checkout.ts'
import type { DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { IdleOptions } from '../delivery/until-acknowledged.ts'
import type { Environment } from '../environment.ts'
import { randomInteger } from '../platform/random.ts'
import type { HttpRequest, HttpResponse, Route } from '../platform/routes.ts'
import { createApi } from './api/api.ts'
import { type PayablRequest, readSignedText, recordCall } from './api/call-log.ts'
import { assume, type PayablAssumptions } from './assumptions/assumptions.ts'
import { type PayablBooks, readBooks } from './books.ts'
import { createPayablCheckout } from './checkout/payabl-checkout.ts'
import { createEngine } from './engine.ts'
import { type PayablSimulatedEvents, transactionIn } from './lifecycle/simulated-events.ts'
import {
  type Account,
  createMerchant,
  type PayablMerchant,
  type PayablMerchantAccount,
  toAccount,
  toMinor,
} from './state/merchant.ts'
import type { Payment } from './state/payment.ts'
import { createStranger, type PayablStranger } from './stranger/stranger.ts'
import { toBytes } from './wire/form.ts'

/** The options of payabl's sandbox. Everything has a default. */
export interface PayablOptions {
  /** Merchant accounts besides the sandbox's own, `payabl.merchant`. */
  readonly merchants?: readonly PayablMerchantAccount[]
  /** The settings of `payabl.merchant` that payabl's support makes. */
  readonly account?: Omit<PayablMerchantAccount, keyof PayablMerchant>
  /** The wait before each retry of a notification, in milliseconds. No retries unless given: payabl promises none. */
  readonly redeliverAfterMs?: readonly number[]
  /** The secret of `merchant`; a new one unless given. */
  readonly secret?: string
  /** Also sends notifications to other machines. Off by default. */
  readonly allowRemote?: boolean
  /** The id of the first transaction; later ids count up. Nine random digits unless given. */
  readonly firstTransactionId?: number
  /** Answers to questions that payabl's documents leave open, where they differ from the defaults. */
  readonly assumptions?: Partial<PayablAssumptions>
}

/** payabl's sandbox, with the events that happen to its payments (`credit`, `abort`, …). */
export interface PayablSandbox extends PayablSimulatedEvents {
  /** The address before the actions, `…/pay/backoffice` by default. */
  readonly url: string
  /** The account that always exists, with a new secret unless `secret` was given. */
  readonly merchant: PayablMerchant
  /** Another merchant, which may order with your orderid and your address. It has its own secret, so a shop that
   *  verifies `security` refuses its notifications. */
  readonly stranger: PayablStranger
  /** Another shop of the default merchant of `books`, with the same id and secret: its payments and notifications are
   *  genuine, with transaction ids that are unknown to your shop. */
  readonly otherShop: PayablStranger
  /** A snapshot of one merchant's payments and money: by default of the first in `merchants`, else of `merchant`. */
  readonly books: (merchantId?: string) => PayablBooks
  /** Every request so far, oldest first. */
  readonly requests: () => readonly PayablRequest[]
  readonly faults: Faults
  /** Sets a merchant's balance in a currency, `100.00`; the default merchant is that of `books`. */
  readonly setBalance: (currency: string, amount: string, merchantId?: string) => void
  /** Support replaces a merchant's secret: requests signed with the previous one are refused, and new notifications are
   *  signed with the new one. `merchant` keeps the first secret; the default merchant is that of `books`. */
  readonly setSecret: (secret: string, merchantId?: string) => void
  /** Changes answers to open questions from now on. Throws on an unknown question or answer. */
  readonly change: (assumptions: Partial<PayablAssumptions>) => void
  readonly switches: () => PayablAssumptions
  /** Holds all notifications, or one payment's, until they are released. */
  readonly hold: (transactionId?: string) => void
  readonly release: (transactionId?: string) => void
  /** Resolves when every notification so far, or every one of the payment, had its first attempt or is held. */
  readonly attempted: (transactionId?: string) => Promise<void>
  /** Resolves when no notification is in flight or scheduled, whether or not it was acknowledged. Given options, it
   *  rejects with the notifications that were not, and the reasons. */
  readonly idle: (options?: IdleOptions) => Promise<void>
}

export interface StartedPayabl {
  readonly sandbox: PayablSandbox
  readonly merchantIds: readonly string[]
  /** The vendor's records, for its operator. */
  readonly context: ReturnType<typeof createEngine>['context']
  readonly calls: CallLog<PayablRequest>
  /** The text that a call's signature covers; undefined where the merchant is unknown. */
  readonly signedText: (call: RecordedCall<PayablRequest>) => SignedText | undefined
  readonly activity: Activity<Payment>
  readonly account: (merchantId: string) => Account
  readonly deliveries: DeliveryQueue
  readonly routes: readonly Route[]
  readonly close: () => Promise<void>
}

const checkoutPath = '/payabl/checkout/'

/** Starts the vendor on a server whose address is known. */
export const startPayabl = (environment: Environment, options: PayablOptions): StartedPayabl => {
  const { merchants = [], account = {}, redeliverAfterMs = [], allowRemote = false } = options
  const { random } = environment.platform
  const merchant = { ...createMerchant(random), ...(options.secret !== undefined && { secret: options.secret }) }
  const stranger = createMerchant(random, 'sandbox_stranger')
  // As `railswitch sandbox --write-env` calls the shop for Trustly.
  const known = [{ name: 'SHOP.EXAMPLE', ...account, ...merchant }, ...merchants, stranger].map(toAccount)
  const accounts = new Map(known.map((entry) => [entry.merchantId, entry]))
  const first = merchants[0] ?? merchant
  const find = (merchantId = first.merchantId) => accountOf(accounts, merchantId)
  const assumptions = assume(options.assumptions ?? {})
  const engine = createEngine(environment, {
    assumptions,
    firstTransactionId: options.firstTransactionId ?? randomInteger(random, 200_000_000, 900_000_000),
    redeliverAfterMs,
    allowRemote,
    stranger: find(stranger.merchantId),
    checkoutUrl: `${environment.url}${checkoutPath}`,
  })
  const { context, deliveries, inactivity } = engine
  const basePath = `/${assumptions.path}/`
  const calls = createCallLog<PayablRequest>(environment.longest.messages)
  const changed = environment.changes.note
  const answer = createForms(createApi({ accounts, ...context }), { engine, basePath, calls, changed })
  const activity = createActivity<Payment>(environment.clock.now)
  const checkout = createPayablCheckout({ ...context, inactivity, clock: environment.clock, checkoutPath })
  return {
    sandbox: {
      ...engine.events,
      ...operationsOf(engine, find),
      url: `${environment.url}${basePath.slice(0, -1)}`,
      merchant,
      stranger: createStranger(context, find(stranger.merchantId)),
      otherShop: createStranger(context, find()),
      requests: () => calls.all.values().map(({ entry }) => entry),
    },
    merchantIds: [...accounts.keys()],
    context,
    calls,
    signedText: (call) => readSignedText(call, (merchantId) => accounts.get(merchantId)?.secret),
    activity,
    account: find,
    deliveries,
    routes: [
      { path: basePath, methods: ['POST'], handle: answer },
      { path: checkoutPath, methods: ['GET', 'POST'], handle: createCheckout(checkout, { random, activity }) },
    ],
    close: deliveries.close,
  }
}

type Engine = ReturnType<typeof createEngine>
type Operations = Pick<
  PayablSandbox,
  'attempted' | 'books' | 'change' | 'faults' | 'hold' | 'idle' | 'release' | 'setBalance' | 'setSecret' | 'switches'
>

const operationsOf = (engine: Engine, find: (merchantId?: string) => Account): Operations => {
  const { context, deliveries, vendorChaos } = engine
  const { assumptions, ledger } = context
  const subjectOf = (transactionId?: string) =>
    transactionId === undefined ? undefined : transactionIn(ledger, transactionId).payment.paymentId
  return {
    books: (merchantId) => readBooks(context, find(merchantId)),
    faults: vendorChaos.faults,
    setBalance: (currency, amount, merchantId) => {
      find(merchantId).balance.set(currency, toMinor(amount))
    },
    setSecret: (secret, merchantId) => {
      find(merchantId).secret = toBytes(secret, 'utf8')
    },
    change: (changes) => void Object.assign(assumptions, assume({ ...assumptions, ...changes })),
    switches: () => ({ ...assumptions }),
    hold: (transactionId) => deliveries.hold(subjectOf(transactionId)),
    release: (transactionId) => deliveries.release(subjectOf(transactionId)),
    attempted: async (transactionId) => void (await deliveries.attempted(subjectOf(transactionId))),
    idle: deliveries.idle,
  }
}

interface Served {
  readonly engine: Engine
  readonly basePath: string
  readonly calls: CallLog<PayablRequest>
  readonly changed: () => void
}

/** Answers requests, logs them, and applies chaos to the responses. */
const createForms =
  (api: ReturnType<typeof createApi>, { engine, basePath, calls, changed }: Served) =>
  async ({ path, body }: HttpRequest): Promise<HttpResponse> => {
    const handled = await api(path.slice(basePath.length), body)
    const { dropped, change } = engine.vendorChaos.onCall(handled.action)
    const received = { at: engine.context.now(), answerDropped: dropped, path, body }
    const call = calls.add(recordCall(handled, received))
    changed()
    call.response = await change(handled.answer)
    changed()
    return call.response
  }

const accountOf = (accounts: ReadonlyMap<string, Account>, merchantId: string): Account => {
  const account = accounts.get(merchantId)
  if (!account) throw new Error(`There is no merchant ${merchantId}.`)
  return account
}
