import { createHash } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryStore, type PaymentEvent, type PaymentRef } from '@railswitch/core'
import { type Sandbox, type SandboxOptions, startSandbox } from '@railswitch/sandbox'
import { createPayments } from '../../create-payments.ts'
import type { Payments } from '../../payments.ts'
import { depositOf } from './shop-at-trustly.ts'
import { keys } from '@railswitch/sandbox/fixtures/keys'

/** A shop with one payabl rail, `p`, which uses the sandbox over real HTTP. */
export interface ShopAtPayabl {
  readonly sandbox: Sandbox
  readonly payments: Payments<void>
  readonly events: PaymentEvent[]
  readonly url: string
  /** The shop answers no callback until `later` is called. */
  readonly silence: () => void
  /** Another installation with its own store and the same callback secrets. */
  readonly begunElsewhere: () => Payments<void>
  /** The same shop an hour or days later: calls without a response are overdue. */
  readonly later: (days?: number) => Payments<void>
  readonly transaction: (index?: number) => string
  readonly refunds: () => readonly string[]
  /** All payouts in the sandbox's books, as `orderid amount currency state`. */
  readonly payouts: () => readonly string[]
  readonly close: () => Promise<void>
}

export const shopAtPayabl = async (options: SandboxOptions['payabl'] = {}): Promise<ShopAtPayabl> => {
  const sandbox = await startSandbox({ payabl: options, trustly: { keys } })
  let listener: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`
  const events: PaymentEvent[] = []
  const store = memoryStore()
  const start = (now: () => Date, ownStore = store): Payments<void> => {
    const payments = createPayments<void>({
      logger: false,
      active: 'p',
      providers: {
        p: {
          use: 'payabl-trustly',
          environment: 'local',
          url: sandbox.payabl.url,
          merchantId: sandbox.payabl.merchant.merchantId,
          secret: sandbox.payabl.merchant.secret,
        },
      },
      store: ownStore,
      callbacks: { url, secrets: ['callback-secret-of-32-characters-x'] },
      clock: now,
    })
    const onEvent = (event: PaymentEvent) => events.push(event)
    payments.on({
      'deposit.not_credited_yet': onEvent,
      'deposit.credited': onEvent,
      'deposit.not_credited': onEvent,
      'deposit.reversed': (event) => {
        onEvent(event)
        return { recovered: true }
      },
      'refund.confirmed': onEvent,
      'payout.confirmed': onEvent,
      'payout.failed': onEvent,
      'review.needed': onEvent,
      unrecognised: onEvent,
    })
    listener = payments.callbacks.node
    return payments
  }
  return {
    sandbox,
    payments: start(() => new Date()),
    events,
    url,
    silence: () => {
      listener = (_request, response) => response.writeHead(503).end()
    },
    begunElsewhere: () => start(() => new Date(), memoryStore()),
    later: (days = 1 / 24) => start(() => new Date(Date.now() + days * 86_400_000)),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await sandbox.close()
    },
    transaction: (index = 0) => sandbox.payabl.books().payments[index]?.transactions[0]?.transactionId ?? '',
    refunds: () =>
      sandbox.payabl
        .books()
        .payments.flatMap(({ transactions }) => transactions[0]?.refunds.map(({ amount }) => amount) ?? []),
    payouts: () =>
      sandbox.payabl
        .books()
        .payments.flatMap(({ transactions }) => transactions)
        .filter(({ type }) => type === 'cft')
        .map(({ orderid, amount, currency, state }) => `${orderid} ${amount} ${currency} ${state}`),
  }
}

export const types = (events: readonly PaymentEvent[]) => events.map(({ type }) => type)

/** A deposit of the shop that is paid in the sandbox. */
export const paidAt = async (shop: ShopAtPayabl): Promise<PaymentRef> => {
  const { payment } = await shop.payments.deposit(depositOf('order-1'))
  shop.sandbox.payabl.credit(shop.transaction())
  await shop.sandbox.payabl.idle()
  return payment
}

/** A notification that payabl sends to the account's own address: its `security` is valid, and it has no token of ours. */
export const tellTokenless = async (
  { url, sandbox }: Pick<ShopAtPayabl, 'url' | 'sandbox'>,
  fields: Readonly<Record<string, string>>,
  at = new Date(),
) => {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const { transactionid, type, errorcode } = fields
  const signed = `${transactionid}${type}${errorcode}${timestamp}${sandbox.payabl.merchant.secret}`
  const security = createHash('sha256').update(signed).digest('hex')
  const body = new URLSearchParams({ amount: '100.00', currency: 'SEK', timestamp, security, ...fields })
  return fetch(`${url}/p`, { method: 'POST', body })
}
