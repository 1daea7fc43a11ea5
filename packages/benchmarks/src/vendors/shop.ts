import { right, type Transport } from '@railswitch/core/provider'
import { createPayments, type DepositInput, type Payments, type Store } from 'railswitch'
import { creditNotification, merchantPem, signedResponse, vendorPem } from './trustly.ts'

/** A deposit whose checkout is open: its credit can be delivered. */
export interface OpenDeposit {
  readonly reference: string
  readonly orderId: string
  readonly callbackUrl: string
  readonly messageId: string
}

interface ShopOptions<Tx> {
  readonly store: Store<Tx>
  /** The application's own write for a credit, in the transaction that marks it as handled. */
  readonly write: (tx: Tx, reference: string) => Promise<unknown>
  /** Order ids of the vendor begin here, so that two shops share none. */
  readonly firstOrderId: number
}

export interface Shop<Tx> {
  readonly payments: Payments<Tx>
  readonly open: (reference: string) => Promise<OpenDeposit>
  /** Delivers the credit of an open deposit, as Trustly does. */
  readonly deliver: (delivery: Delivery) => Promise<void>
}

/** A callback, ready to be delivered. */
export interface Delivery {
  readonly url: string
  readonly body: Buffer
}

/** A shop with one Trustly rail, whose vendor answers within this process. */
export const createShop = <Tx>({ store, write, firstOrderId }: ShopOptions<Tx>): Shop<Tx> => {
  const opened = new Map<string, OpenDeposit>()
  let orderId = firstOrderId
  const transport: Transport =
    ({ body }) =>
    async () => {
      const { method, params } = JSON.parse(Buffer.from(body).toString())
      const { EndUserID, MessageID, NotificationURL } = params.Data
      const id = `${orderId++}`
      opened.set(EndUserID, { reference: EndUserID, orderId: id, callbackUrl: NotificationURL, messageId: MessageID })
      const data = { orderid: id, url: `https://checkout.trustly.example/${id}` }
      return right({ status: 200, contentType: 'application/json', body: signedResponse(method, params.UUID, data) })
    }
  const payments = createPayments<Tx>({
    active: 'trustly',
    providers: {
      trustly: {
        use: 'trustly-direct',
        environment: 'local',
        url: 'http://127.0.0.1:9/api/1',
        username: 'shop',
        password: 'a-password',
        privateKey: merchantPem,
        publicKey: vendorPem,
      },
    },
    store,
    callbacks: { url: 'http://127.0.0.1:9/callbacks', secrets: ['a-secret-that-only-the-benchmarks-use-0001'] },
    statement: 'SHOP',
    logger: false,
    transport,
  })
  payments.on({
    'deposit.reversed': () => ({ recovered: false }),
    'deposit.credited': ({ reference }, commit) => commit((tx) => write(tx, reference)),
  })
  return {
    payments,
    async open(reference) {
      await payments.deposit(depositOf(reference))
      const found = opened.get(reference)
      if (!found || !opened.delete(reference)) throw new Error(`${reference} was not opened`)
      return found
    },
    async deliver({ url, body }) {
      const request = new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body.toString(),
      })
      const response = await payments.callbacks.web(request)
      const { result } = JSON.parse(await response.text())
      if (response.status !== 200 || result.data.status !== 'OK')
        throw new Error(`not acknowledged: ${response.status}`)
    },
  }
}

export const creditOf = ({ callbackUrl, orderId, messageId }: OpenDeposit): Delivery => ({
  url: callbackUrl,
  body: creditNotification({ orderId, messageId, notificationId: `9${orderId}` }),
})

/** The customer's id is the reference, so that the vendor's side can tell the deposits apart. */
const depositOf = (reference: string): DepositInput => ({
  reference,
  amount: { value: '249.90', currency: 'SEK' },
  customer: {
    id: reference,
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@shop.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: 'https://shop.example/thanks',
})
