import { postgresStore } from '@railswitch/store-postgres'
import {
  type PrivatePostgres,
  postgresMissing,
  startPrivatePostgres,
} from '@railswitch/store-postgres/fixtures/private-postgres'
import pg from 'pg'
import { createShop, creditOf } from '../vendors/shop.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`round trips to PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let pool: pg.Pool
  let statements: string[] = []
  const { query } = pg.Client.prototype

  beforeAll(async () => {
    server = await startPrivatePostgres()
    pool = server.connect()
    await postgresStore({ pool }).migrate()
    await pool.query('create table shop_rows (reference text not null)')
    // biome-ignore lint/suspicious/noExplicitAny: pg's own overloads
    pg.Client.prototype.query = function (this: pg.Client, ...values: any[]) {
      statements.push(String(values[0]?.text ?? values[0]))
      return query.apply(this, values as never)
    } as never
  })
  afterAll(async () => {
    pg.Client.prototype.query = query
    await server?.remove()
  })

  const tripsOf = async (call: () => Promise<unknown>): Promise<number> => {
    statements = []
    await call()
    return statements.length
  }

  test('of a deposit, of its credit, of a repeated credit, and of sync', async () => {
    const shop = createShop<pg.PoolClient>({
      store: postgresStore({ pool }),
      write: (tx, reference) => tx.query('insert into shop_rows values ($1)', [reference]),
      firstOrderId: 1_000_000_000,
    })
    // The first call checks the schema.
    await shop.deliver(creditOf(await shop.open('first')))
    await shop.payments.sync()
    const opened = await shop.open('second')
    expect({
      deposit: await tripsOf(() => shop.open('third')),
      credit: await tripsOf(() => shop.deliver(creditOf(opened))),
      repeatedCredit: await tripsOf(() => shop.deliver(creditOf(opened))),
      // Nothing is due yet.
      sync: await tripsOf(() => shop.payments.sync()),
    }).toEqual({ deposit: 18, credit: 12, repeatedCredit: 8, sync: 4 })
  })
})
