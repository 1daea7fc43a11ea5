import { PGlite } from '@electric-sql/pglite'
import { storeCases } from '@railswitch/conformance'
import type pg from 'pg'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { pgliteConnection } from './embedded/embedded-store.ts'
import { postgresStore } from './index.ts'
import { type StoreOptions, sqlStore } from './methods/sql-store.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`the store on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let pool: pg.Pool
  beforeAll(async () => {
    server = await startPrivatePostgres()
    pool = server.connect()
    await postgresStore({ pool }).migrate()
  })
  afterAll(() => server?.remove())

  const cases = storeCases(async (conditions) => {
    await pool.query(empty)
    return { store: postgresStore({ pool, ...conditions }) }
  })
  test.each(cases)('$id $name', ({ run }) => run())
})

describe('the embedded store', () => {
  let database: PGlite
  const stored = (conditions: StoreOptions) =>
    sqlStore(
      pgliteConnection(async () => database),
      false,
      conditions,
    )
  beforeAll(async () => {
    database = await PGlite.create('memory://')
    await stored({}).migrate()
  })
  afterAll(() => database?.close())

  const cases = storeCases(async (conditions) => {
    await database.query(empty)
    return { store: stored(conditions) }
  })
  test.each(cases)('$id $name', ({ run }) => run())
})

const empty = 'delete from railswitch.payments'
