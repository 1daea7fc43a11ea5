import type { Faults } from '../chaos/faults.ts'
import { createInterference } from '../chaos/vendor-chaos.ts'
import { createCheckout } from '../checkout/checkout.ts'
import { watched } from '../checkout/inactivity-timeout.ts'
import { createDelivery, type Delivery, type Letter } from '../delivery/delivery.ts'
import type { HttpRequest, Route } from '../platform/http-server.ts'
import type { Surroundings } from '../surroundings.ts'
import { createApi } from './api/api.ts'
import { type TrustlyRequest, toLogEntry } from './api/call-log.ts'
import { createCallRate } from './api/call-rate.ts'
import { readBooks, type TrustlyBooks } from './books.ts'
import { createTrustlyDialect } from './chaos/wire-variants.ts'
import { createCashier, createTrustlyPatience } from './checkout/trustly-checkout.ts'
import { createCustomer } from './lifecycle/customer.ts'
import { createLifeCycle } from './lifecycle/money-in.ts'
import { createMoneyOut } from './lifecycle/money-out.ts'
import { createWorld, type TrustlyWorld } from './lifecycle/simulated-events.ts'
import { createWithdrawals } from './lifecycle/withdrawals.ts'
import { createNotifier } from './notifications/notifier.ts'
import type { Hash } from './signing/signature.ts'
import { createBankAccounts } from './state/bank-accounts.ts'
import { createLedger } from './state/ledger.ts'
import {
  createKeys,
  createMerchant,
  type TrustlyMerchant,
  type TrustlyMerchantAccount,
  toAccount,
} from './state/merchant.ts'
import { createTreasury, type TrustlyTreasury } from './state/merchant-admin.ts'
import type { TrustlySwitches } from './state/switches.ts'
import { createShadow } from './stranger/notification-copy.ts'
import { createStranger, type TrustlyStranger } from './stranger/stranger.ts'
import { createStrangerAccount } from './stranger/stranger-account.ts'

/** How Trustly's twin behaves. Everything has a default. */
export type TrustlyOptions = {
  /** Accounts that it knows besides its own, `trustly.merchant`. */
  readonly merchants?: readonly TrustlyMerchantAccount[]
  /** Waits before each further attempt of a notification, in milliseconds; after the last the twin gives up.
   *  10 s, 1 min, 5 min, 30 min, 1 h unless given: the vendor's own schedule is not published. */
  readonly redeliverAfterMs?: readonly number[]
  /** The hash of answers and notifications: the merchant's own (`mirror`, the default) or a fixed one. */
  readonly answerHash?: 'mirror' | Hash
  /** What `merchant` has, by currency (`{ SEK: '1000.00' }`), and how it is set up. */
  readonly balance?: Readonly<Record<string, string>>
  readonly switches?: Partial<TrustlySwitches>
  /** Also sends notifications to other machines. Off by default. */
  readonly allowRemote?: boolean
  /** The private RSA keys of the twin, of `merchant` and of `stranger`, as PEM; fresh unless given. To make a pair takes
   *  longer than the rest of the start, so whoever starts many sandboxes in a row makes them once. */
  readonly keys?: { readonly twin?: string; readonly merchant?: string; readonly stranger?: string }
}

/** Trustly's twin, with what the world does to its orders (`complete`, `cancel`, …). */
export type TrustlySandbox = TrustlyWorld &
  TrustlyTreasury & {
    /** The JSON-RPC address, `…/api/1`; `…/1` is the same. */
    readonly url: string
    /** Verifies what the twin signs: PEM, SPKI; 2048 bit and fresh with every start, unless `keys` were given. */
    readonly publicKey: string
    /** The account that is always there, with a fresh key unless `keys` were given. */
    readonly merchant: TrustlyMerchant
    /** Another merchant, which may order with your MessageID and your address. Its key is made when it is needed. */
    readonly stranger: TrustlyStranger
    /** A snapshot of one merchant's orders and money: by default of the first in `merchants`, else of `merchant`. */
    readonly books: (username?: string) => TrustlyBooks
    /** Every call so far, oldest first. */
    readonly requests: () => readonly TrustlyRequest[]
    readonly faults: Faults
    /** Keeps back all notifications, or one order's, until they are released. */
    readonly hold: (orderId?: string) => void
    readonly release: (orderId?: string) => void
    /** Resolves when every notification so far, or every one of the order, had its first attempt or is held. */
    readonly attempted: (orderId?: string) => Promise<void>
    /** Resolves when no notification is in flight or waiting for its next attempt. */
    readonly idle: () => Promise<void>
  }

export type StartedTrustly = {
  readonly sandbox: TrustlySandbox
  readonly usernames: readonly string[]
  readonly letter: (notificationId: string) => Letter | undefined
  readonly delivery: Delivery
  readonly routes: readonly Route[]
  readonly close: () => Promise<void>
}

const checkoutPath = '/trustly/checkout/'
const growingWaits = [10_000, 60_000, 300_000, 1_800_000, 3_600_000]

/** Starts the vendor on a server whose address is known. */
export const startTrustly = async (
  { url, clock, chaos }: Surroundings,
  {
    merchants = [],
    redeliverAfterMs = growingWaits,
    answerHash = 'mirror',
    allowRemote = false,
    keys = {},
    ...own
  }: TrustlyOptions,
): Promise<StartedTrustly> => {
  const [{ publicKey, privateKey }, merchant] = await Promise.all([
    createKeys(keys.twin),
    createMerchant(keys.merchant),
  ])
  const all = [{ ...merchant, ...own }, ...merchants]
  const stranger = createStrangerAccount(keys.stranger)
  const known = [...all.map(toAccount), stranger.account]
  const accounts = new Map(known.map((account) => [account.username, account]))
  const { now } = clock
  const checkoutUrl = `${url}${checkoutPath}`
  const patience = createTrustlyPatience(clock, (order) => lifeCycle.cancel(order))
  const ledger = watched(createLedger(now), patience)
  const bankAccounts = createBankAccounts()
  const interference = createInterference({
    vendor: 'trustly',
    chaos,
    clock,
    dialect: createTrustlyDialect(privateKey),
    world: {
      subjectOf: (answer) => JSON.parse(answer).result?.data?.orderid,
      pay: (orderId) => world.complete(orderId, { notify: ['credit'] }),
      takeBack: (orderId) => world.debit(orderId),
      failPayout: (orderId) => world.failPayout(orderId),
      told: (orderId) => delivery.told(orderId),
      strangersCallback: (callback) => shadow(callback),
    },
  })
  const delivery = createDelivery({ clock, redeliverAfterMs, allowRemote, interference })
  const notifier = createNotifier({ privateKey, answerHash, clock, delivery })
  const lifeCycle = createLifeCycle({ ledger, notifier, now })
  const moneyOut = createMoneyOut({ ledger, notifier, now })
  const withdrawals = createWithdrawals({ lifeCycle, moneyOut, notifier })
  const vendor = { ledger, bankAccounts, lifeCycle, moneyOut, withdrawals, notifier, checkoutUrl, now }
  const shadow = createShadow({ ...vendor, account: stranger.account })
  const api = createApi({ accounts, vendor, callRate: createCallRate(now), privateKey, answerHash })
  const world = createWorld({ ...vendor, customer: createCustomer(vendor), delivery })
  const requests: TrustlyRequest[] = []
  const answer = ({ body }: HttpRequest) => {
    const handled = api(body)
    const { dropped, change } = interference.meetCall(handled.method)
    requests.push(toLogEntry(handled, { at: now(), answerDropped: dropped }))
    return change({ status: 200, headers: jsonHeaders, body: handled.text })
  }
  const first = merchants[0] ?? merchant
  const find = (username = first.username) => {
    const account = accounts.get(username)
    if (!account) throw new Error(`There is no merchant ${username}.`)
    return account
  }
  const treasury = createTreasury({ ledger, find, now })
  for (const { username, balance = {} } of all)
    for (const [currency, amount] of Object.entries(balance)) treasury.fund(amount, currency, username)
  return {
    sandbox: {
      ...world,
      ...treasury,
      url: `${url}/api/1`,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      merchant,
      stranger: createStranger({ vendor, stranger, treasury }),
      books: (username = first.username) => readBooks(vendor, username),
      requests: () => [...requests],
      faults: interference.faults,
      hold: delivery.hold,
      release: delivery.release,
      attempted: async (orderId) => void (await delivery.told(orderId)),
      idle: delivery.idle,
    },
    usernames: [...accounts.keys()],
    letter: notifier.find,
    delivery,
    routes: [
      { path: '/api/1', methods: ['POST'], handle: answer },
      { path: '/1', methods: ['POST'], handle: answer },
      {
        path: checkoutPath,
        methods: ['GET', 'POST'],
        handle: createCheckout(createCashier({ ...vendor, patience, clock, checkoutPath })),
      },
    ],
    close: delivery.close,
  }
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8' }
