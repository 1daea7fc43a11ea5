import { postgresStore } from '@railswitch/store-postgres'
import pg from 'pg'
import { configFromEnv, createPayments } from 'railswitch'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.warn(error.message)) // an idle connection broke
await pool.query(
  'create table if not exists orders (reference text primary key, shipped boolean not null default false)',
)

const store = postgresStore({ pool })
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
    commit((tx) => tx.query('update orders set shipped = true where reference = $1', [reference]))
  },
  'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
})

export const startDeposit = async (reference: string) => {
  await pool.query('insert into orders (reference) values ($1) on conflict do nothing', [reference])
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
  const { rows } = await pool.query('select shipped from orders where reference = $1', [reference])
  const { shipped } = rows[0]
  return { rail, state, credited: credited.value, refunded: refunded.value, shipped }
}

// Handles what no callback reported.
setInterval(() => payments.sync().catch(console.error), 60_000).unref()

// A deployment ends the process: running handlers finish first.
process.once('SIGTERM', () => payments.close().finally(() => process.exit()))
