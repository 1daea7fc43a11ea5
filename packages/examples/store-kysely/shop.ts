import { postgresStore } from '@railswitch/store-postgres'
import { CompiledQuery, type Generated, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { configFromEnv, createPayments } from 'railswitch'

interface Database {
  orders: { reference: string; shipped: Generated<boolean> }
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.warn(error.message)) // an idle connection broke
const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
await db.schema
  .createTable('orders')
  .ifNotExists()
  .addColumn('reference', 'text', (column) => column.primaryKey())
  .addColumn('shipped', 'boolean', (column) => column.notNull().defaultTo(false))
  .execute()

const store = postgresStore<Transaction<Database>>({
  transaction: (run) => db.transaction().setIsolationLevel('read committed').execute(run),
  query: async (tx, text, values) => (await tx.executeQuery<object>(CompiledQuery.raw(text, [...values]))).rows,
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
    commit((tx) => tx.updateTable('orders').set({ shipped: true }).where('reference', '=', reference).execute())
  },
  'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
})

export const startDeposit = async (reference: string) => {
  await db
    .insertInto('orders')
    .values({ reference })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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
  const { shipped } = await db
    .selectFrom('orders')
    .select('shipped')
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow()
  return { rail, state, credited: credited.value, refunded: refunded.value, shipped }
}

// Handles what no callback reported.
setInterval(() => payments.sync().catch(console.error), 60_000).unref()

// A deployment ends the process: running handlers finish first.
process.once('SIGTERM', () => payments.close().finally(() => process.exit()))
