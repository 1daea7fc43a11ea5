import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { storeCases } from '@railswitch/conformance'
import type pg from 'pg'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { pgliteConnection } from './embedded/pglite-connection.ts'
import { postgresStore } from './index.ts'
import { sqlStore } from './sql-store.ts'

let schemas = 0
/** Each case has tables of its own. */
const freshSchema = (): string => {
  schemas += 1
  return `case_${schemas}`
}

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`the store on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let pool: pg.Pool
  beforeAll(async () => {
    server = await startPrivatePostgres()
    pool = server.connect()
  }, 60_000)
  afterAll(() => server?.remove())

  const cases = storeCases(async ({ now, unowned }) => {
    const store = postgresStore({ pool, schema: freshSchema(), now, unowned })
    await store.migrate()
    return { store }
  })
  test.each(cases)('$name', ({ run }) => run(), 60_000)
})

describe('the embedded store in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-embedded-'))
  let database: PGlite
  beforeAll(async () => {
    database = await PGlite.create(folder)
  }, 60_000)
  afterAll(async () => {
    await database?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const cases = storeCases(async ({ now, unowned }) => {
    const store = sqlStore(
      pgliteConnection(async () => database),
      false,
      { schema: freshSchema(), now, unowned },
    )
    await store.migrate()
    return { store }
  })
  test.each(cases)('$name', ({ run }) => run(), 60_000)
})
