import { PrismaPg } from '@prisma/adapter-pg'
import { postgresStore } from '@railswitch/store-postgres'
import { configFromEnv, createPayments } from 'railswitch'
import { type Prisma, PrismaClient } from './generated/client.ts'

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })

// Prisma ends a transaction after 5 seconds: `timeout` and `maxWait` stand beside `isolationLevel`.
const store = postgresStore<Prisma.TransactionClient>({
  transaction: (run) => prisma.$transaction(run, { isolationLevel: 'ReadCommitted' }),
  query: (tx, text, values) => tx.$queryRawUnsafe<object[]>(text, ...values),
})
await store.migrate()

export const payments = createPayments({
  ...configFromEnv(process.env), // RAILSWITCH_ACTIVE is the switch
  store,
  requires: ['deposit', 'refund.partial'],
})

payments.on({
  // One transaction writes this row and that the event was handled: an order is shipped exactly once.
  'deposit.credited': ({ reference, now }, commit) => {
    if (now?.state !== 'credited') return // reversed in the meantime: `deposit.reversed` follows
    commit((tx) => tx.order.update({ where: { reference }, data: { shipped: true } }))
  },
  'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
})

export const startDeposit = async (reference: string) => {
  await prisma.order.upsert({ where: { reference }, create: { reference }, update: {} })
  return payments.deposit({
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
}

export const refundPart = async (reference: string) => {
  const { payment } = await payments.getDeposit({ reference })
  return payments.refund({ payment, reference: `${reference}-refund`, amount: { value: '100.00', currency: 'SEK' } })
}

export const readOrder = async (reference: string) => {
  const { rail, state, credited, refunded } = await payments.getDeposit({ reference })
  const { shipped } = await prisma.order.findUniqueOrThrow({ where: { reference } })
  return { rail, state, credited: credited.value, refunded: refunded.value, shipped }
}

// Handles what no callback reported.
setInterval(() => payments.sync().catch(console.error), 60_000).unref()

// A deployment ends the process: running handlers finish first.
process.once('SIGTERM', () => payments.close().finally(() => process.exit()))
