import { type CallLog, createCallLog } from '../calls/call-log.ts'
import type { Faults } from '../chaos/faults.ts'
import { type Activity, createActivity } from '../checkout/activity.ts'
import { createCheckout } from '../checkout/checkout.ts'
import type { InactivityTimeout } from '../checkout/inactivity-timeout.ts'
import type { DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { IdleOptions } from '../delivery/until-acknowledged.ts'
import type { Environment } from '../environment.ts'
import type { HttpRequest, HttpResponse, Route } from '../platform/routes.ts'
import { type Api, createApi } from './api/api.ts'
import { recordCall, type TrustlyRequest } from './api/call-log.ts'
import { createCallRate } from './api/call-rate.ts'
import { readBooks, type TrustlyBooks } from './books.ts'
import { createTrustlyCheckout } from './checkout/trustly-checkout.ts'
import { createEngine } from './engine.ts'
import type { TrustlySimulatedEvents } from './lifecycle/simulated-events.ts'
import { createSignatures, type Hash, type SignMessage } from './signing/signature.ts'
import {
  type Account,
  createKeys,
  createMerchant,
  privatePem,
  publicPem,
  type TrustlyMerchant,
  type TrustlyMerchantAccount,
  toAccount,
} from './state/merchant.ts'
import { createMerchantAdmin, type TrustlyMerchantAdmin } from './state/merchant-admin.ts'
import type { Order } from './state/order.ts'
import type { TrustlySwitches } from './state/switches.ts'
import { createStranger, type TrustlyStranger } from './stranger/stranger.ts'
import { createStrangerAccount } from './stranger/stranger-account.ts'

/** The options of Trustly's sandbox. Everything has a default. */
export interface TrustlyOptions {
  /** Merchant accounts besides the sandbox's own, `trustly.merchant`. */
  readonly merchants?: readonly TrustlyMerchantAccount[]
  /** The wait before each retry of a notification, in milliseconds; there is no retry after the last one.
   *  10 s, 1 min, 5 min, 30 min, 1 h unless given: the vendor does not publish its schedule. */
  readonly redeliverAfterMs?: readonly number[]
  /** The hash of responses and notifications: the merchant's own (`mirror`, the default) or a fixed one. */
  readonly answerHash?: 'mirror' | Hash
  /** The balance of `merchant`, by currency (`{ SEK: '1000.00' }`), and its switches. */
  readonly balance?: Readonly<Record<string, string>>
  readonly switches?: Partial<TrustlySwitches>
  /** Also sends notifications to other machines. Off by default. */
  readonly allowRemote?: boolean
  /** The private RSA keys of the vendor, of `merchant` and of `stranger`, as PEM; new ones unless given. Generating a
   *  pair takes longer than the rest of the start, so tests that start many sandboxes should generate them once. */
  readonly keys?: { readonly vendor?: string; readonly merchant?: string; readonly stranger?: string }
}

/** Trustly's sandbox, with the events that happen to its orders (`complete`, `cancel`, …). */
export interface TrustlySandbox extends TrustlySimulatedEvents, TrustlyMerchantAdmin {
  /** The JSON-RPC address, `…/api/1`; `…/1` is the same. */
  readonly url: string
  /** Verifies what the vendor signs: PEM, SPKI; 2048 bits and new at every start, unless `keys` were given. */
  readonly publicKey: string
  /** The account that always exists, with a new key unless `keys` were given. */
  readonly merchant: TrustlyMerchant
  /** Another merchant, which may order with your MessageID and your address. Its key is generated when it is needed. */
  readonly stranger: TrustlyStranger
  /** A snapshot of one merchant's orders and money: by default of the first in `merchants`, else of `merchant`. */
  readonly books: (username?: string) => TrustlyBooks
  /** Every call so far, oldest first. */
  readonly requests: () => readonly TrustlyRequest[]
  readonly faults: Faults
  /** Holds all notifications, or one order's, until they are released. */
  readonly hold: (orderId?: string) => void
  readonly release: (orderId?: string) => void
  /** Resolves when every notification so far, or every one of the order, had its first attempt or is held. */
  readonly attempted: (orderId?: string) => Promise<void>
  /** Resolves when no notification is in flight or scheduled, whether or not it was acknowledged. Given options, it
   *  rejects with the notifications that were not, and the reasons. */
  readonly idle: (options?: IdleOptions) => Promise<void>
}

export interface StartedTrustly {
  readonly sandbox: TrustlySandbox
  readonly usernames: readonly string[]
  /** The vendor's records, for its operator. */
  readonly context: ReturnType<typeof createEngine>['context']
  readonly accounts: ReadonlyMap<string, Account>
  readonly inactivity: Pick<InactivityTimeout<Order>, 'watch'>
  /** The private keys in PEM. */
  readonly privateKeys: () => { readonly vendor: string; readonly merchant: string; readonly stranger: string }
  readonly calls: CallLog<TrustlyRequest>
  /** The answers that a repeated UUID gets. */
  readonly answers: Pick<Api, 'save' | 'restore'>
  readonly activity: Activity<Order>
  readonly deliveries: DeliveryQueue
  readonly routes: readonly Route[]
  readonly close: () => Promise<void>
}

const apiPaths = ['/api/1', '/1']
const checkoutPath = '/trustly/checkout/'
const defaultRetries = [10_000, 60_000, 300_000, 1_800_000, 3_600_000]

/** Starts the vendor on a server whose address is known. */
export const startTrustly = async (
  environment: Environment,
  {
    merchants = [],
    redeliverAfterMs = defaultRetries,
    answerHash = 'mirror',
    allowRemote = false,
    keys = {},
    ...own
  }: TrustlyOptions,
): Promise<StartedTrustly> => {
  const { url, clock, platform } = environment
  const { verify, ...signatures } = createSignatures(platform)
  const [{ publicKey, privateKey }, merchant] = await Promise.all([
    createKeys(keys.vendor),
    createMerchant(keys.merchant),
  ])
  const stranger = createStrangerAccount(keys.stranger)
  const sign: SignMessage = (message, hash) => signatures.sign(message, privateKey, hash)
  const all = [{ ...merchant, ...own }, ...merchants]
  const accounts = new Map([...all.map(toAccount), stranger.account].map((account) => [account.username, account]))
  const first = (merchants[0] ?? merchant).username
  const engine = createEngine(environment, {
    sign,
    verify,
    answerHash,
    redeliverAfterMs,
    allowRemote,
    stranger: stranger.account,
    checkoutUrl: `${url}${checkoutPath}`,
  })
  const { context, deliveries, inactivity } = engine
  const merchantAdmin = createMerchantAdmin({ ...context, find: (username = first) => accountOf(accounts, username) })
  fundAll(merchantAdmin, all)
  const api = createApi({
    accounts,
    context,
    callRate: createCallRate(clock.now),
    sign,
    verify,
    answerHash,
    longest: environment.longest.messages,
  })
  const calls = createCallLog<TrustlyRequest>(environment.longest.messages)
  const answer = createJsonRpc(api, { engine, calls, changed: environment.changes.note })
  const activity = createActivity<Order>(clock.now)
  const checkout = createTrustlyCheckout({ ...context, inactivity, clock, checkoutPath })
  return {
    sandbox: {
      ...engine.events,
      ...merchantAdmin,
      ...operationsOf(engine),
      url: `${url}/api/1`,
      publicKey: publicPem(publicKey),
      merchant,
      stranger: createStranger({ context, stranger, merchantAdmin }),
      books: (username = first) => readBooks(context, username),
      requests: () => calls.all.values().map(({ entry }) => entry),
    },
    usernames: [...accounts.keys()],
    context,
    accounts,
    inactivity,
    privateKeys: () => ({
      vendor: privatePem(privateKey),
      merchant: merchant.privateKey,
      stranger: stranger.credentials.privateKey,
    }),
    calls,
    answers: api,
    activity,
    deliveries,
    routes: [
      ...apiPaths.map((path) => ({ path, methods: ['POST'], handle: answer })),
      {
        path: checkoutPath,
        methods: ['GET', 'POST'],
        handle: createCheckout(checkout, { random: platform.random, activity }),
      },
    ],
    close: deliveries.close,
  }
}

type Engine = ReturnType<typeof createEngine>

const operationsOf = ({
  deliveries,
  vendorChaos,
}: Engine): Pick<TrustlySandbox, 'attempted' | 'faults' | 'hold' | 'idle' | 'release'> => ({
  faults: vendorChaos.faults,
  hold: deliveries.hold,
  release: deliveries.release,
  attempted: async (orderId) => void (await deliveries.attempted(orderId)),
  idle: deliveries.idle,
})

/** Answers calls, logs them, and applies chaos to the responses. */
const createJsonRpc =
  (api: Api, { engine: { context, vendorChaos }, calls, changed }: JsonRpc) =>
  async ({ path, body }: HttpRequest): Promise<HttpResponse> => {
    const handled = api.handle(body)
    const { dropped, change } = vendorChaos.onCall(handled.method)
    const call = calls.add(recordCall(handled, { at: context.now(), answerDropped: dropped, path, body }))
    changed()
    call.response = await change({ status: 200, headers: jsonHeaders, body: handled.text })
    changed()
    return call.response
  }

interface JsonRpc {
  readonly engine: Engine
  readonly calls: CallLog<TrustlyRequest>
  readonly changed: () => void
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8' }

const fundAll = ({ fund }: TrustlyMerchantAdmin, merchants: readonly TrustlyMerchantAccount[]): void => {
  for (const { username, balance = {} } of merchants)
    for (const [currency, amount] of Object.entries(balance)) fund(amount, currency, username)
}

const accountOf = (accounts: ReadonlyMap<string, Account>, username: string): Account => {
  const account = accounts.get(username)
  if (!account) throw new Error(`There is no merchant ${username}.`)
  return account
}
