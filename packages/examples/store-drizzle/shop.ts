import { postgresStore } from '@railswitch/store-postgres'
import { eq, type SQL, sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { boolean, pgTable, text } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { configFromEnv, createPayments } from 'railswitch'

const orders = pgTable('orders', {
  reference: text().primaryKey(),
  shipped: boolean().notNull().default(false),
})

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.warn(error.message)) // an idle connection broke
const db = drizzle(pool)
await db.execute(
  sql`create table if not exists orders (reference text primary key, shipped boolean not null default false)`,
)

type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0]

/** Drizzle numbers parameters itself. */
const bound = (query: string, values: readonly (string | null)[]): SQL =>
  sql.join(
    query
      .split(/\$(\d+)/)
      .map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`)),
  )

const store = postgresStore<Transaction>({
  transaction: (run) => db.transaction(run, { isolationLevel: 'read committed' }),
  query: async (tx, query, values) => (await tx.execute(bound(query, values))).rows,
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
    commit((tx) => tx.update(orders).set({ shipped: true }).where(eq(orders.reference, reference)))
  },
  'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
})

export const startDeposit = async (reference: string) => {
  await db.insert(orders).values({ reference }).onConflictDoNothing()
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
  const [order] = await db.select().from(orders).where(eq(orders.reference, reference))
  const shipped = order?.shipped
  return { rail, state, credited: credited.value, refunded: refunded.value, shipped }
}

// Handles what no callback reported.
setInterval(() => payments.sync().catch(console.error), 60_000).unref()

// A deployment ends the process: running handlers finish first.
process.once('SIGTERM', () => payments.close().finally(() => process.exit()))
