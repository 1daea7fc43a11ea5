import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DepositInput, memoryStore, type PaymentEvent, type Store } from '@railswitch/core'
import { type Sandbox, startSandbox } from '@railswitch/sandbox'
import { createPayments } from '../../create-payments.ts'
import { withoutStack } from '../../../../callbacks/src/__fixtures__/without-stack.ts'
import type { Payments } from '../../payments.ts'
import type { PaymentsConfig } from '../../config/payments-config.ts'
import { keys } from '@railswitch/sandbox/fixtures/keys'

export interface ShopAtTrustly {
  readonly sandbox: Sandbox
  readonly store: Store<void>
  readonly events: PaymentEvent[]
  readonly logs: string[]
  /** The callback address: `…/callbacks/t/<token>`. */
  readonly url: string
  /** What the handlers do. A test can change it while the shop runs. */
  readonly behaviour: {
    handle: (event: PaymentEvent) => void | Promise<void>
    recovered: boolean
    reserved: boolean
    proceed: boolean
  }
  /** How far the shop's clock is ahead. The store's clock is not. */
  readonly clock: { aheadMs: number }
  /** Starts a process of the shop with the same store. Each new process receives the callbacks. */
  start(more?: Partial<PaymentsConfig<void>>): Payments<void>
  /** Delivers the callbacks to payments that a test created itself. */
  listen(payments: Payments<void>): void
  /** The order of a reference, in the sandbox's books. */
  order(reference: string): ReturnType<Sandbox['trustly']['books']>['orders'][number]
  /** The signed notifications that the vendor sends meanwhile, each body once. They get 503. */
  capture(send: () => void): Promise<readonly CapturedCallback[]>
  close(): Promise<void>
}

export interface CapturedCallback {
  /** From `/callbacks` on. */
  readonly path: string
  readonly body: string
}

/** A shop with one Trustly rail, `t`, which uses the sandbox over real HTTP. */
export const shopAtTrustly = async (): Promise<ShopAtTrustly> => {
  const sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: Array.from({ length: 8 }, () => 25) } })
  let listener: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`
  const events: PaymentEvent[] = []
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields, withoutStack)}`)
  const store = memoryStore()
  const behaviour: ShopAtTrustly['behaviour'] = { handle: () => {}, recovered: false, reserved: true, proceed: true }
  const clock = { aheadMs: 0 }
  const onEvent = async (event: PaymentEvent): Promise<void> => {
    await behaviour.handle(event)
    events.push(event)
  }
  const { merchant, publicKey } = sandbox.trustly
  return {
    sandbox,
    store,
    events,
    logs,
    url,
    behaviour,
    clock,
    start: (more = {}) => {
      const payments = createPayments<void>({
        active: 't',
        providers: {
          t: {
            use: 'trustly-direct',
            environment: 'local',
            url: sandbox.trustly.url,
            publicKey,
            username: merchant.username,
            password: merchant.password,
            privateKey: merchant.privateKey,
            replayAfterMs: [],
          },
        },
        store,
        statement: 'SHOP',
        callbacks: { url, secrets: ['callback-secret-of-32-characters-x'] },
        logger: { info: log, warn: log, error: log },
        clock: () => new Date(Date.now() + clock.aheadMs),
        ...more,
      })
      payments.on({
        'deposit.not_credited_yet': onEvent,
        'deposit.credited': onEvent,
        'deposit.not_credited': onEvent,
        'deposit.reversed': async (event) => {
          await onEvent(event)
          return { recovered: behaviour.recovered }
        },
        'refund.confirmed': onEvent,
        'refund.failed': onEvent,
        'payout.confirmed': onEvent,
        'payout.failed': onEvent,
        'withdrawal.requested': async (event) => {
          await onEvent(event)
          return { reserved: behaviour.reserved }
        },
        'account.received': onEvent,
        'account.not_received': onEvent,
        'mandate.pending': onEvent,
        'mandate.active': onEvent,
        'mandate.moved': onEvent,
        'mandate.revoked': onEvent,
        'kyc.received': async (event) => {
          await onEvent(event)
          return { proceed: behaviour.proceed }
        },
        'review.needed': onEvent,
        unrecognised: onEvent,
      })
      listener = payments.callbacks.node
      return payments
    },
    listen: (payments) => {
      listener = payments.callbacks.node
    },
    order: (reference) => {
      const order = sandbox.trustly.books().orders.find(({ messageId }) => messageId === reference)
      if (!order) throw new Error(`The sandbox has no order ${reference}.`)
      return order
    },
    capture: async (send) => {
      const captured = new Map<string, CapturedCallback>()
      const before = listener
      listener = async (request, response) => {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        const body = Buffer.concat(chunks).toString()
        captured.set(body, { path: request.url ?? '', body })
        response.writeHead(503).end()
      }
      send()
      await sandbox.trustly.idle()
      listener = before
      return [...captured.values()]
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await sandbox.close().catch(() => undefined)
    },
  }
}

export const sek = (value: string) => ({ value, currency: 'SEK' })

export const depositOf = (reference: string, value = '100.00'): DepositInput => ({
  reference,
  amount: sek(value),
  customer: {
    id: 'customer-1',
    firstName: 'Åsa',
    lastName: 'Öberg-Wałęsa',
    email: 'asa@customer.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: 'https://shop.example/',
})

/** The callback of the credit of `order-1`, with bytes that the sandbox has signed. The shop has not received it. */
export const capturedCredit = async (shop: ShopAtTrustly, payments: Payments<void>): Promise<CapturedCallback> => {
  await payments.deposit(depositOf('order-1'))
  const captured = await shop.capture(() =>
    shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] }),
  )
  return captured.find(({ body }) => body.includes('"credit"')) ?? { path: '', body: '' }
}
