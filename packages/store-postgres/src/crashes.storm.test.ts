import { PGlite } from '@electric-sql/pglite'
import { type DatabaseUnderTest, storeCrashCases } from '@railswitch/conformance'
import type pg from 'pg'
import { storeWithCounted } from './__fixtures__/failing-statements.ts'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { postgresStore } from './index.ts'

const onPostgres = postgresMissing ? describe.skip : describe
const rowsOfShop = 'create table rows_of_shop (id serial)'
const insertRow = 'insert into rows_of_shop default values'
const countRows = 'select count(*)::int as count from rows_of_shop'
const empty = ['delete from railswitch.payments', 'delete from rows_of_shop']

onPostgres(`a process that dies on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let pool: pg.Pool
  beforeAll(async () => {
    server = await startPrivatePostgres()
    pool = server.connect(8)
    await postgresStore({ pool }).migrate()
    await pool.query(rowsOfShop)
  })
  afterAll(() => server?.remove())

  /** The connection of a process that has died is closed without a word. */
  const cases = storeCrashCases(async (conditions) => {
    for (const statement of empty) await pool.query(statement)
    const database: DatabaseUnderTest<pg.PoolClient> = {
      open: async (beforeStatement) => ({
        store: postgresStore<pg.PoolClient>({
          ...conditions,
          transaction: async (run) => {
            const client = await pool.connect()
            const say = async (text: string): Promise<void> => {
              beforeStatement()
              await client.query(text)
            }
            try {
              await say('begin isolation level read committed')
              const result = await run(client)
              await say('commit')
              client.release()
              return result
            } catch (error) {
              client.release(true)
              throw error
            }
          },
          query: async (tx, text, values) => {
            beforeStatement()
            return (await tx.query(text, [...values])).rows
          },
        }),
      }),
      rows: {
        add: (tx) => tx.query(insertRow),
        count: async () => (await pool.query<{ count: number }>(countRows)).rows[0]?.count ?? 0,
      },
    }
    return database as DatabaseUnderTest
  })
  test.each(cases)('$id $name', ({ run }) => run())
})

describe('a process that dies on the embedded database', () => {
  let database: PGlite
  beforeAll(async () => {
    database = await PGlite.create('memory://')
    await storeWithCounted(database, () => {}).migrate()
    await database.exec(rowsOfShop)
  })
  afterAll(() => database?.close())

  const cases = storeCrashCases(async (conditions) => {
    for (const statement of empty) await database.query(statement)
    return {
      open: async (beforeStatement) => ({ store: storeWithCounted(database, beforeStatement, conditions) }),
      rows: {
        add: (tx) => (tx as PGlite).query(insertRow),
        count: async () => (await database.query<{ count: number }>(countRows)).rows[0]?.count ?? 0,
      },
    } as DatabaseUnderTest
  })
  test.each(cases)('$id $name', ({ run }) => run())
})
