import { type Form, toBytes } from '../wire/form.ts'

/** An order of another shop, with any orderid and address. */
export interface PayablStrangerOrder {
  /** `payment_preauthorize` unless given. */
  readonly action?: 'payment_preauthorize' | 'payment_cft'
  readonly orderid: string
  /** On loopback, unless remote addresses are allowed. */
  readonly notificationUrl: string
  /** `100.00` and `EUR` unless given. */
  readonly amount?: string
  readonly currency?: string
}

export const defaultOrder = { action: 'payment_preauthorize', amount: '100.00', currency: 'EUR' } as const

const customer = { email: 'sam@stranger.example', firstname: 'Sam', lastname: 'Stranger' }

const parameters = {
  payment_preauthorize: {
    ...customer,
    country: 'SWE',
    language: 'sv',
    url_success: 'https://stranger.example/success',
    url_failed: 'https://stranger.example/fail',
    url_return: 'https://stranger.example/return',
  },
  payment_cft: {
    ...customer,
    accountname: 'Sam Stranger',
    birthday: '20011990',
    bankcountry: 'DE',
    accountnumber: 'DE89370400440532013000',
  },
} as const

/** All fields that the action requires, as in a request. */
export const toStrangerForm = (given: PayablStrangerOrder): Form => {
  const { action, orderid, notificationUrl, amount, currency } = { ...defaultOrder, ...given }
  const order = { orderid, notification_url: notificationUrl, amount, currency, payment_method: '116' }
  const fields = Object.entries({ ...parameters[action], ...order })
  return {
    values: new Map(fields.map(([name, text]) => [name, toBytes(text, 'utf8')])),
    encoded: new Map(fields.map(([name, text]) => [name, encodeURIComponent(text)])),
  }
}
