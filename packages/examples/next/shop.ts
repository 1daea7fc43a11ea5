import { embeddedStore } from '@railswitch/store-postgres/embedded'
import { configFromEnv, createPayments } from 'railswitch'

const start = () => {
  const payments = createPayments({
    ...configFromEnv(process.env), // RAILSWITCH_ACTIVE is the switch
    store: embeddedStore({ folder: '.railswitch' }), // for development; in production, a store over your PostgreSQL
    requires: ['deposit', 'refund.partial'],
  })
  payments.on({
    'deposit.credited': ({ reference, amount, now }) => {
      if (now?.state !== 'credited') return // reversed in the meantime: `deposit.reversed` follows
      console.log(`${reference}: ${amount.value} ${amount.currency} credited: ship the goods`)
    },
    'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
  })
  return payments
}

let started: ReturnType<typeof start> | undefined

/** Starts with the first request: `next build` loads the routes, too, and has no configuration. A hot reload starts them again. */
export const payments = () => {
  started ??= start()
  return started
}

export const startDeposit = (reference: string) =>
  payments().deposit({
    reference,
    amount: { value: '249.90', currency: 'SEK' },
    customer: {
      id: 'customer-77',
      firstName: 'Åsa',
      lastName: 'Öberg',
      email: 'asa@customer.example',
      country: 'SE',
      locale: 'sv-SE',
    },
    returnUrl: `https://shop.example/orders/${reference}`,
  })

export const refundPart = async (reference: string) => {
  const { payment } = await payments().getDeposit({ reference })
  return payments().refund({ payment, reference: `${reference}-refund`, amount: { value: '100.00', currency: 'SEK' } })
}

export const readOrder = async (reference: string) => {
  const { rail, state, credited, refunded } = await payments().getDeposit({ reference })
  return { rail, state, credited: credited.value, refunded: refunded.value }
}
