import { randomInt } from 'node:crypto'
import type { Faults } from '../chaos/faults.ts'
import { createInterference } from '../chaos/vendor-chaos.ts'
import { createCheckout } from '../checkout/checkout.ts'
import { createDelivery, type Delivery, type Letter } from '../delivery/delivery.ts'
import { createSwitches, type Switches } from '../operator/switches.ts'
import type { HttpAnswer, HttpRequest, Route } from '../platform/http-server.ts'
import type { Surroundings } from '../surroundings.ts'
import { createApi } from './api/api.ts'
import { type PayablRequest, toLogEntry } from './api/call-log.ts'
import { assume, type PayablAssumptions } from './assumptions/assumptions.ts'
import { type PayablBooks, readBooks } from './books.ts'
import { createPayablDialect } from './chaos/wire-variants.ts'
import { createCashier, createPayablPatience } from './checkout/payabl-checkout.ts'
import { createLifeCycle } from './lifecycle/life-cycle.ts'
import { createWorld, type PayablWorld, transactionIn } from './lifecycle/simulated-events.ts'
import { createNotifier } from './notifications/notifier.ts'
import { createLedger } from './state/ledger.ts'
import {
  type Account,
  createMerchant,
  type PayablMerchant,
  type PayablMerchantAccount,
  toAccount,
  toMinor,
} from './state/merchant.ts'
import { createShadow } from './stranger/notification-copy.ts'
import { createStranger, type PayablStranger } from './stranger/stranger.ts'

/** How payabl's twin behaves. Everything has a default. */
export type PayablOptions = {
  /** Accounts that it knows besides its own, `payabl.merchant`. */
  readonly merchants?: readonly PayablMerchantAccount[]
  /** What support sets up for `payabl.merchant`. */
  readonly account?: Omit<PayablMerchantAccount, keyof PayablMerchant>
  /** Waits before each further attempt of a notification, in milliseconds. None unless given: payabl promises no
   *  second attempt. */
  readonly redeliverAfterMs?: readonly number[]
  /** Also sends notifications to other machines. Off by default. */
  readonly allowRemote?: boolean
  /** The id of the first transaction; the others count on. Nine digits at random unless given. */
  readonly firstTransactionId?: number
  /** What payabl leaves open, where it should be another way than usual. */
  readonly assumptions?: Partial<PayablAssumptions>
}

/** payabl's twin, with what the world does to its payments (`credit`, `abort`, …). */
export type PayablSandbox = PayablWorld & {
  /** The address before the actions, `…/pay/backoffice` unless assumed otherwise. */
  readonly url: string
  /** The account that is always there, with a fresh secret. */
  readonly merchant: PayablMerchant
  /** Another merchant, which may order with your orderid and your address. Its secret is its own, so that whoever checks
   *  `security` refuses its notifications. */
  readonly stranger: PayablStranger
  /** Another shop of the merchant that `books` is about by default, with the same id and secret: its payments and
   *  notifications are genuine, and under transaction ids that your shop has never seen. */
  readonly otherShop: PayablStranger
  /** A snapshot of one merchant's payments and money: by default of the first in `merchants`, else of `merchant`. */
  readonly books: (merchantId?: string) => PayablBooks
  /** Every request so far, oldest first. */
  readonly requests: () => readonly PayablRequest[]
  readonly faults: Faults
  /** Sets what a merchant has in a currency, `100.00`; the merchant is as in `books`. */
  readonly setBalance: (currency: string, amount: string, merchantId?: string) => void
  /** Answers some of the questions that payabl leaves open another way from now on. Throws on an answer that none is. */
  readonly change: (assumptions: Partial<PayablAssumptions>) => void
  readonly switches: () => PayablAssumptions
  /** Keeps back all notifications, or one payment's, until they are released. */
  readonly hold: (transactionId?: string) => void
  readonly release: (transactionId?: string) => void
  /** Resolves when every notification so far, or every one of the payment, had its first attempt or is held. */
  readonly attempted: (transactionId?: string) => Promise<void>
  /** Resolves when no notification is in flight or waiting for its next attempt. */
  readonly idle: () => Promise<void>
}

export type StartedPayabl = {
  readonly sandbox: PayablSandbox
  readonly merchantIds: readonly string[]
  readonly letter: (notificationId: string) => Letter | undefined
  readonly switches: Switches
  readonly delivery: Delivery
  readonly routes: readonly Route[]
  readonly close: () => Promise<void>
}

const checkoutPath = '/payabl/checkout/'

/** Starts the vendor on a server whose address is known. */
export const startPayabl = ({ url, clock, chaos }: Surroundings, options: PayablOptions): StartedPayabl => {
  const { merchants = [], account = {}, redeliverAfterMs = [], allowRemote = false } = options
  const merchant = createMerchant()
  const stranger = createMerchant('sandbox_stranger')
  const known = [{ ...account, ...merchant }, ...merchants, stranger].map(toAccount)
  const accounts = new Map(known.map((entry) => [entry.merchantId, entry]))
  const assumptions = assume(options.assumptions ?? {})
  const basePath = `/${assumptions.path}/`
  const checkoutUrl = `${url}${checkoutPath}`
  const patience = createPayablPatience(clock, (payment) => lifeCycle.abort(payment, assumptions.expiryErrorcode))
  const ledger = createLedger(options.firstTransactionId ?? randomInt(200_000_000, 900_000_000))
  const { now } = clock
  const paymentOf = (paymentId: string) => {
    const payment = ledger.payments().find((candidate) => candidate.paymentId === paymentId)
    if (!payment) throw new Error(`There is no payment ${paymentId}.`)
    return payment
  }
  const interference = createInterference({
    vendor: 'payabl',
    chaos,
    clock,
    dialect: createPayablDialect((transactionId) => ledger.find(transactionId)?.payment.account.secret),
    world: {
      subjectOf: (answer) => ledger.find(new URLSearchParams(answer).get('transactionid') ?? '')?.payment.paymentId,
      pay: (paymentId) => lifeCycle.credit(paymentOf(paymentId)),
      takeBack: (paymentId) => lifeCycle.chargeBack(paymentOf(paymentId)),
      failPayout: (paymentId) => paymentOf(paymentId).transactions.map((payout) => lifeCycle.failPayout(payout)),
      told: (paymentId) => delivery.told(paymentId),
      strangersCallback: (callback) => shadow(callback),
    },
  })
  const delivery = createDelivery({ clock, redeliverAfterMs, allowRemote, interference })
  const notifier = createNotifier({ assumptions, clock, delivery })
  const lifeCycle = createLifeCycle({ ledger, notifier, assumptions, clock })
  const vendor = { ledger, lifeCycle, notifier, assumptions, checkoutUrl, now }
  const api = createApi({ accounts, ...vendor })
  const world = createWorld({ ledger, lifeCycle, notifier, delivery })
  const requests: PayablRequest[] = []
  const answer = async ({ path, body }: HttpRequest): Promise<HttpAnswer> => {
    const handled = await api(path.slice(basePath.length), body)
    const { dropped, change } = interference.meetCall(handled.action)
    requests.push(toLogEntry(handled, { at: now(), answerDropped: dropped }))
    return change(handled.answer)
  }
  const first = merchants[0] ?? merchant
  const accountOf = (merchantId = first.merchantId): Account => {
    const found = accounts.get(merchantId)
    if (!found) throw new Error(`There is no merchant ${merchantId}.`)
    return found
  }
  const shadow = createShadow({ ...vendor, account: accountOf(stranger.merchantId) })
  const subjectOf = (transactionId?: string) =>
    transactionId === undefined ? undefined : transactionIn(ledger, transactionId).payment.paymentId
  const checkout = createCheckout(
    createCashier({ ledger, lifeCycle, assumptions, patience, clock, checkoutPath, checkoutUrl }),
  )
  return {
    sandbox: {
      ...world,
      url: `${url}${basePath.slice(0, -1)}`,
      merchant,
      stranger: createStranger({ vendor, merchant: stranger, account: accountOf(stranger.merchantId) }),
      otherShop: createStranger({ vendor, merchant: first, account: accountOf() }),
      books: (merchantId) => readBooks({ ledger, notifier, checkoutUrl }, accountOf(merchantId)),
      requests: () => [...requests],
      faults: interference.faults,
      setBalance: (currency, amount, merchantId) => {
        accountOf(merchantId).balance.set(currency, toMinor(amount))
      },
      change: (changes) => void Object.assign(assumptions, assume({ ...assumptions, ...changes })),
      switches: () => ({ ...assumptions }),
      hold: (transactionId) => delivery.hold(subjectOf(transactionId)),
      release: (transactionId) => delivery.release(subjectOf(transactionId)),
      attempted: async (transactionId) => void (await delivery.told(subjectOf(transactionId))),
      idle: delivery.idle,
    },
    merchantIds: [...accounts.keys()],
    letter: notifier.find,
    switches: createSwitches({
      read: () => assumptions,
      write: (changes) => Object.assign(assumptions, assume({ ...assumptions, ...changes })),
    }),
    delivery,
    routes: [
      { path: basePath, methods: ['POST'], handle: answer },
      { path: checkoutPath, methods: ['GET', 'POST'], handle: checkout },
    ],
    close: delivery.close,
  }
}
