import type pg from 'pg'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { migrationsSql, postgresStore } from './index.ts'
import { poolConnection } from './pool-connection.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`the schema on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  beforeAll(async () => {
    server = await startPrivatePostgres()
  }, 60_000)
  afterAll(() => server?.remove())

  test('processes that migrate at once all succeed, and each step is taken once', async () => {
    const stores = Array.from({ length: 8 }, () => postgresStore({ pool: server.connect(), schema: 'at_once' }))
    await Promise.all(stores.map((store) => store.migrate()))
    await Promise.all(stores.map((store) => store.migrate()))
    const { rows } = await server.connect().query('select version from at_once.migrations order by version')
    expect(rows).toEqual([{ version: 1 }])
    expect(await stores[7]?.find('order-1')).toBeNull()
  })

  test('before migrate() every call is refused with what to do, and works as soon as it was done', async () => {
    const store = postgresStore({ pool: server.connect(), schema: 'late' })
    await expect(store.find('order-1')).rejects.toMatchObject({
      code: 'store_failed',
      effect: 'not_sent',
      message: 'The store\'s schema "late" is missing.',
      hint: expect.stringContaining('migrate()'),
    })
    await store.migrate()
    expect(await store.find('order-1')).toBeNull()
  })

  test('the printed SQL makes what migrate() makes, and a version that is there is not printed', async () => {
    const pool = server.connect()
    await pool.query(migrationsSql({ schema: 'printed' }))
    await postgresStore({ pool, schema: 'migrated' }).migrate()
    expect(await describeSchema(pool, 'printed')).toEqual(await describeSchema(pool, 'migrated'))
    expect(await postgresStore({ pool, schema: 'printed' }).find('order-1')).toBeNull()
    expect(migrationsSql({ after: 1 })).toBe('begin;\ncommit;\n')
  })

  test('transactions of another isolation are refused: they would fail where ours wait', async () => {
    const connection = poolConnection(server.connect())
    const store = postgresStore<pg.PoolClient>({
      ...connection,
      schema: 'at_once',
      transaction: (run) =>
        connection.transaction(async (tx) => {
          await tx.query('set transaction isolation level serializable')
          return run(tx)
        }),
    })
    await expect(store.find('order-1')).rejects.toMatchObject({ hint: 'Ask for READ COMMITTED in `transaction`.' })
  })

  test('a connection that breaks between two statements is an error of that call, and of no other', async () => {
    const pool = server.connect()
    const connection = poolConnection(pool)
    const broken = connection.transaction(async (tx) => {
      await connection.query(tx, 'select pg_terminate_backend(pg_backend_pid())::text', [])
    })
    await expect(broken).rejects.toThrow('terminating connection')
    expect(await connection.transaction(async (tx) => connection.query(tx, 'select 1 as one', []))).toEqual([
      { one: 1 },
    ])
  })
})

test('a name that is no plain identifier is refused before anything is connected to', () => {
  const connection = { transaction: () => Promise.reject(new Error('used')), query: () => Promise.reject() }
  expect(() => postgresStore({ ...connection, schema: 'drop"table' })).toThrow(/schema/)
})

/** Columns and indexes of a schema, without its name. */
const describeSchema = async (pool: pg.Pool, schema: string): Promise<readonly string[]> => {
  const columns = `select table_name, column_name, data_type, is_nullable, column_default, generation_expression
    from information_schema.columns where table_schema = $1 order by 1, ordinal_position`
  const indexes = 'select indexdef from pg_indexes where schemaname = $1 order by indexname'
  const found = [...(await pool.query(columns, [schema])).rows, ...(await pool.query(indexes, [schema])).rows]
  return found.map((row) => JSON.stringify(row).replaceAll(schema, '…'))
}
