// What is the same with every framework: the payments, their handlers, and what the routes call.
import { configFromEnv, createPayments, memoryStore } from 'railswitch'

export const payments = createPayments({
  ...configFromEnv(process.env), // RAILSWITCH_ACTIVE is the switch
  store: memoryStore(), // loses its payments with the process: the examples of stores keep them
  requires: ['deposit', 'refund.partial'],
})

payments.on({
  'deposit.credited': ({ reference, amount, now }) => {
    if (now?.state !== 'credited') return // reversed in the meantime: `deposit.reversed` follows
    console.log(`${reference}: ${amount.value} ${amount.currency} credited: ship the goods`)
  },
  'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
})

export const startDeposit = (reference: string) =>
  payments.deposit({
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
  const { payment } = await payments.getDeposit({ reference })
  return payments.refund({ payment, reference: `${reference}-refund`, amount: { value: '100.00', currency: 'SEK' } })
}

export const readOrder = async (reference: string) => {
  const { rail, state, credited, refunded } = await payments.getDeposit({ reference })
  return { rail, state, credited: credited.value, refunded: refunded.value }
}

// Handles what no callback reported.
setInterval(() => payments.sync().catch(console.error), 60_000).unref()

// A deployment ends the process: running handlers finish first.
process.once('SIGTERM', () => payments.close().finally(() => process.exit()))
