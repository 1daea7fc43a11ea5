import { equal } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { storeOverDrizzle } from '../examples/drizzle.ts'
import { storeOverKysely } from '../examples/kysely.ts'
import { storeOverPg } from '../examples/pg.ts'
import { storeOverPrisma } from '../examples/prisma.ts'
import { creditOf, depositOf, handled, requestOf, rules } from './__fixtures__/material.ts'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import type { PostgresStore } from './index.ts'

interface Shop {
  shipped: { reference: string }
}

type Query = <A>(text: string, ...values: unknown[]) => Promise<A>

/** What Prisma's own client offers of itself, over pg. */
const standInForPrisma = (pool: pg.Pool) => ({
  async $transaction<A>(run: (tx: { $queryRawUnsafe: Query }) => Promise<A>, options: object): Promise<A> {
    equal(JSON.stringify(options), '{"isolationLevel":"ReadCommitted"}')
    const client = await pool.connect()
    try {
      await client.query('begin')
      const result = await run({ $queryRawUnsafe: query })
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
    async function query<B>(text: string, ...values: unknown[]): Promise<B> {
      return (await client.query(text, values)).rows as B
    }
  },
})

const intent = depositOf('order-1')
const credit = creditOf('n-order-1', 'order-1')

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`the examples${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let pool: pg.Pool
  beforeAll(async () => {
    server = await startPrivatePostgres()
    pool = server.connect()
    await pool.query('create table shipped (reference text)')
  })
  beforeEach(() => pool.query('drop schema if exists railswitch cascade; truncate shipped'))
  afterAll(() => server?.remove())

  const insert = `insert into shipped values ('order-1')`
  const examples = {
    pg: () => checks(storeOverPg(pool), (tx) => tx.query(insert)),
    Drizzle: () => checks(storeOverDrizzle(drizzle(pool)), (tx) => tx.execute(sql.raw(insert))),
    Kysely: () =>
      checks(storeOverKysely(new Kysely<Shop>({ dialect: new PostgresDialect({ pool }) })), (tx) =>
        tx.insertInto('shipped').values({ reference: 'order-1' }).execute(),
      ),
    'Prisma’s shape': () => checks(storeOverPrisma(standInForPrisma(pool)), (tx) => tx.$queryRawUnsafe(insert)),
  }

  test.each(Object.entries(examples))(
    'over %s, the application’s rows and our mark are written together or not at all',
    (_, example) => example(),
  )

  async function checks<Tx>(store: PostgresStore<Tx>, write: (tx: Tx) => Promise<unknown>): Promise<void> {
    await store.migrate()
    expect((await store.begin(requestOf(intent), rules)).state).toBe('new')
    const first = await store.claim(credit, 10_000, rules)
    if (first.state !== 'leased') throw new Error(first.state)
    const failing = async (tx: Tx): Promise<void> => {
      await write(tx)
      throw new Error('changed its mind')
    }
    await expect(store.complete(first.lease, handled('order-1', failing), rules)).rejects.toThrow('changed its mind')
    expect(await shipped()).toBe(0)
    const second = await store.claim(credit, 10_000, rules)
    if (second.state !== 'leased') throw new Error(second.state)
    expect(second.record.reports).toMatchObject([credit.report])
    expect(await store.complete(second.lease, handled('order-1', write), rules)).toBe(true)
    expect(await shipped()).toBe(1)
    const third = await store.claim(credit, 10_000, rules)
    expect([third.state, third.record.emitted.length]).toEqual(['idle', 1])
  }

  async function shipped(): Promise<number> {
    return (await pool.query('select from shipped')).rows.length
  }
})

const example = (name: string): string => readFileSync(new URL(`../examples/${name}.ts`, import.meta.url), 'utf8')

test.each(['drizzle', 'kysely', 'prisma'])('docs/stores.md shows the example of %s as it runs here', (name) => {
  const page = readFileSync(new URL('../../../docs/stores.md', import.meta.url), 'utf8')
  const shown = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
  expect(shown).toContain(example(name))
})
