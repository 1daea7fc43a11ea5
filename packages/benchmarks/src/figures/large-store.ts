import { type PostgresStore, postgresStore } from '@railswitch/store-postgres'
import pg from 'pg'
import type { Figure, MeasureOptions } from '../measurement/figure.ts'
import { median } from '../measurement/median.ts'
import { firstGeneratedId, generatePayments, type Template } from '../postgres/generate-payments.ts'
import { postgresMissing, startServer } from '../postgres/private-server.ts'
import { timedStore } from '../postgres/timed-store.ts'
import { createShop, creditOf } from '../vendors/shop.ts'

const few = 10_000
const operations = ['begin', 'conclude', 'claim', 'complete', 'leaseDue', 'sweep'] as const

export const largeStore: Figure = {
  id: 'P12',
  what: 'the store with many payments',
  beside: `the same with ${few}`,
  hold: { most: 1.5 },
  reach: { most: 1.1 },
  lacks: postgresMissing,
  measure: async (options) => {
    const server = await startServer()
    const pool = new pg.Pool({ ...server.address, max: 8 })
    try {
      const stores = [
        await createFilledStore(pool, 'small', few, options),
        await createFilledStore(pool, 'large', options.payments, options),
        await createFilledStore(pool, 'again', few, options),
      ] as const
      await pool.query('vacuum analyze')
      const rounds = Math.min(31, options.effort.rounds)
      for (let round = 0; round <= rounds; round += 1) {
        options.progress(`round ${round} of ${rounds}`)
        for (const store of stores) await store.use(round)
      }
      const [small, large, again] = stores
      const bytes = await bytesPerPayment(pool, 'large', options.payments)
      return operations.map((operation) => ({
        of: `${operation} at ${options.payments}`,
        value: large.time(operation) / small.time(operation),
        control: again.time(operation) / small.time(operation),
        detail: `${large.time(operation).toFixed(2)} ms, small ${small.time(operation).toFixed(2)} ms; ${bytes} bytes a payment`,
      }))
    } finally {
      await pool.end()
      await server.stop()
    }
  },
}

const createFilledStore = async (pool: pg.Pool, schema: string, payments: number, { progress }: MeasureOptions) => {
  const store = postgresStore({ pool, schema })
  await store.migrate()
  await pool.query(
    `create table ${schema}.shop_rows (id bigint generated always as identity primary key, reference text not null)`,
  )
  const template = await credit(pool, store, schema)
  // A year of payments: none is old enough for sweep.
  const age = `(n % 365) * interval '1 day'`
  await generatePayments(pool, schema, template, { from: 1, to: payments, age }, (done) =>
    progress(`${done} of ${payments} payments`),
  )
  const { store: timed, take } = timedStore(store)
  const shop = shopOf(timed, schema)
  const times = new Map<string, number[]>()
  let old = payments
  const use = async (round: number): Promise<void> => {
    await generatePayments(pool, schema, template, { from: old + 1, to: old + 20, age: `interval '500 days'` })
    old += 20
    for (let index = 0; index < 10; index += 1) await shop.deliver(creditOf(await shop.open(`new-${round}-${index}`)))
    await shop.payments.sync({ limit: 10 })
    const swept = await timed.sweep()
    if (swept !== 20) throw new Error(`P12: swept ${swept} payments instead of 20`)
    const taken = take()
    // The first round compiles, and fills the caches.
    if (round > 0) for (const [name, values] of taken) times.set(name, [...(times.get(name) ?? []), ...values])
  }
  return { use, time: (operation: string) => median(times.get(operation) ?? []) }
}

/** A credited deposit, from which the others are made. */
const credit = async (pool: pg.Pool, store: PostgresStore<pg.PoolClient>, schema: string): Promise<Template> => {
  const shop = shopOf(store, schema)
  const opened = await shop.open('template')
  const delivery = creditOf(opened)
  await shop.deliver(delivery)
  await shop.payments.sync()
  const { rows } = await pool.query(`select max(id) < ${firstGeneratedId} as below from ${schema}.payments`)
  if (!rows[0].below) throw new Error('P12: the ids of the template are not below the generated ones')
  const { orderId, reference } = opened
  return { reference, orderId, notificationId: `9${orderId}` }
}

const shopOf = (store: PostgresStore<pg.PoolClient>, schema: string) =>
  createShop({
    store,
    write: (tx, reference) => tx.query(`insert into ${schema}.shop_rows (reference) values ($1)`, [reference]),
    firstOrderId: orderIds(),
  })

let shops = 0
const orderIds = (): number => 1_000_000_000 + 10_000_000 * shops++

const bytesPerPayment = async (pool: pg.Pool, schema: string, payments: number): Promise<string> => {
  const { rows } = await pool.query(
    'select sum(pg_total_relation_size(c.oid))::bigint as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = $2',
    [schema, 'r'],
  )
  return (Number(rows[0].bytes) / payments).toFixed(0)
}
