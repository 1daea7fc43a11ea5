import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  configFromEnv,
  createPayments,
  type Money,
  type PaymentEvent,
  type Payments,
  type PaymentsConfig,
  type ProviderDefinition,
  type Store,
} from 'railswitch'
import type { Order } from './order.ts'
import { orderPage, shopPage } from './pages.ts'

/** The article and the customer of this shop. The last name has a character outside ISO-8859-1. */
export const cart = { article: 'Wool blanket, grey', amount: { value: '249.90', currency: 'SEK' } as Money }
export const customer = {
  id: 'customer-77',
  firstName: 'Åsa',
  lastName: 'Öberg-Wałęsa',
  email: 'asa@customer.example',
  country: 'SE',
  locale: 'sv-SE',
}

export interface Shop {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly payments: Payments<void>
  readonly orders: ReadonlyMap<string, Order>
  /** Starts an order and returns the address of its checkout. */
  checkout(reference: string): Promise<string>
  close(): Promise<void>
}

export interface ShopOptions {
  /** Selects the rail and its account. Nothing else in the shop depends on the vendor. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Providers that are not part of railswitch, which `env` may name. */
  readonly definitions?: readonly ProviderDefinition[]
  readonly store: Store<void>
  readonly port?: number
  readonly logger?: PaymentsConfig['logger']
  readonly onEvent?: (event: PaymentEvent) => void
}

/** An example shop. It uses `railswitch` and names no vendor. */
export const startShop = async (options: ShopOptions): Promise<Shop> => {
  const { env, definitions = [], store, port = 0, logger, onEvent = () => {} } = options
  const orders = new Map<string, Order>()
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const payments = createPayments<void>({
    ...configFromEnv({ ...env, RAILSWITCH_CALLBACK_URL: `${url}/callbacks` }, definitions),
    store,
    statement: 'SHOP.EXAMPLE',
    requires: ['deposit', 'refund.partial'],
    ...(logger !== undefined && { logger }),
  })

  const mark = (event: PaymentEvent, status: Order['status'] | null, note: string): void => {
    const order = event.reference === null ? undefined : orders.get(event.reference)
    if (order && status) order.status = status
    order?.notes.push(note)
    onEvent(event)
  }
  payments.on({
    'deposit.not_credited_yet': (event) =>
      mark(event, 'approved', 'The bank approved the payment; the money has not arrived yet.'),
    'deposit.credited': (event) => mark(event, 'paid', `${textOf(event.amount)} was credited; the order is shipped.`),
    'deposit.not_credited': (event) => mark(event, 'cancelled', `Not credited: ${event.reason}.`),
    'deposit.reversed': (event) => {
      mark(event, 'reversed', `${textOf(event.amount)} was reversed.`)
      return { recovered: false }
    },
    'refund.confirmed': (event) => mark(event, null, `Refund ${event.refund} was confirmed.`),
    'refund.failed': (event) => mark(event, null, `Refund ${event.refund ?? event.candidates.join(' or ')} failed.`),
    'review.needed': (event) => mark(event, null, `Manual review needed: ${event.reason}.`),
  })

  return {
    url,
    payments,
    orders,
    checkout,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function checkout(reference: string): Promise<string> {
    const { payment, redirectUrl } = await payments.deposit({
      reference,
      amount: cart.amount,
      customer,
      returnUrl: `${url}/orders/${reference}`,
    })
    if (!orders.has(reference)) orders.set(reference, { reference, payment, status: 'processing', notes: [] })
    return redirectUrl
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    if (path.startsWith('/callbacks/')) return payments.callbacks.node(request, response)
    if (request.method === 'POST' && path === '/orders')
      return redirect(response, await checkout(`order-${1001 + orders.size}`))
    const order = orders.get(path.replace('/orders/', ''))
    if (order) return page(response, orderPage(order, await payments.getDeposit({ reference: order.reference })))
    return path === '/' ? page(response, shopPage(cart, customer)) : page(response, shopPage(cart, customer), 404)
  }
}

const textOf = ({ value, currency }: Money): string => `${value} ${currency}`

const redirect = (response: ServerResponse, location: string): void => {
  response.writeHead(303, { location }).end()
}

const page = (response: ServerResponse, html: string, status = 200): void => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html)
}
