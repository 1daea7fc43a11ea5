import { readdirSync } from 'node:fs'
import pg from 'pg'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from '../__fixtures__/private-postgres.ts'
import { poolConnection } from '../connection/pool-connection.ts'
import { migrationsSql, postgresStore } from '../index.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`the schema on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  beforeAll(async () => {
    server = await startPrivatePostgres()
  })
  afterAll(() => server?.remove())

  test('processes that migrate at once all succeed, and each step is taken once', async () => {
    const stores = Array.from({ length: 8 }, () => postgresStore({ pool: server.connect(), schema: 'at_once' }))
    await Promise.all(stores.map((store) => store.migrate()))
    await Promise.all(stores.map((store) => store.migrate()))
    const { rows } = await server.connect().query('select version from at_once.migrations order by version')
    expect(rows).toEqual([{ version: 1 }, { version: 2 }])
    expect(await stores[7]?.find('order-1')).toBeNull()
  })

  test('every call is refused before migrate(), with what to do, and works after it', async () => {
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

  test('the printed SQL creates what migrate() creates, and a version that the schema has already is not printed', async () => {
    const pool = server.connect()
    await pool.query(migrationsSql({ schema: 'printed' }))
    await postgresStore({ pool, schema: 'migrated' }).migrate()
    expect(await describeSchema(pool, 'printed')).toEqual(await describeSchema(pool, 'migrated'))
    expect(await postgresStore({ pool, schema: 'printed' }).find('order-1')).toBeNull()
    expect(migrationsSql({ after: 2 })).toBe('begin;\ncommit;\n')
  })

  test('a schema of another build is refused, by migrate() and by every call, with the table and what to do', async () => {
    const pool = server.connect(1)
    const earlier = {
      other_columns: `create table migrations (version integer primary key, name text not null);
        insert into migrations values (1, 'payments');
        create table payments (id text primary key, state text not null)`,
      other_step: `${tablesOf('other_step')}; update other_step.migrations set checksum = 'of another step'`,
      missing_step: `${tablesOf('missing_step')}; delete from missing_step.migrations`,
      half_made: 'create table reports (id bigint)',
    }
    const table = {
      other_columns: 'migrations',
      other_step: 'migrations',
      missing_step: 'payments',
      half_made: 'reports',
    }
    for (const [schema, tables] of Object.entries(earlier)) {
      await pool.query(
        `create schema if not exists ${schema}; set search_path to ${schema}; ${tables}; reset search_path`,
      )
      const before = await describeSchema(pool, schema)
      const store = postgresStore({ pool, schema })
      const refused = {
        code: 'store_failed',
        effect: 'not_sent',
        message: expect.stringContaining(`The table "${schema}".${table[schema as keyof typeof table]} `),
        hint: expect.stringContaining(`drop schema "${schema}" cascade`),
      }
      await expect(store.migrate()).rejects.toMatchObject(refused)
      await expect(store.find('order-1')).rejects.toMatchObject(refused)
      expect(await describeSchema(pool, schema)).toEqual(before)
    }
  })

  test('a schema that a newer release has migrated further is used as it is', async () => {
    const store = postgresStore({ pool: server.connect(1), schema: 'newer' })
    await store.migrate()
    await server.connect(1).query(`insert into newer.migrations values (99, 'later', 'of a later step', now())`)
    await postgresStore({ pool: server.connect(1), schema: 'newer' }).migrate()
    expect(await postgresStore({ pool: server.connect(1), schema: 'newer' }).find('order-1')).toBeNull()
  })

  test('a role that may not create schemas migrates within one that an administrator has created for it', async () => {
    const administrator = server.connect(1)
    await administrator.query('create role application login; create schema given authorization application')
    const pool = new pg.Pool({ host: server.host, user: 'application', database: 'postgres', max: 1 })
    pool.on('error', () => {})
    await postgresStore({ pool, schema: 'given' }).migrate()
    expect(await postgresStore({ pool, schema: 'given' }).find('order-1')).toBeNull()
    await expect(postgresStore({ pool, schema: 'other' }).migrate()).rejects.toThrow('permission denied')
    await pool.end()
  })

  test('every statement reads by index when many payments and unowned reports are stored', async () => {
    const pool = server.connect(1)
    await postgresStore({ pool }).migrate()
    await pool.query(manyRows)
    const scanning: string[] = []
    const statements = await allStatements()
    expect(statements.length).toBeGreaterThan(30)
    for (const [name, statement] of statements) {
      const read = await plan(pool, statement)
      if (/Seq Scan on/.test(read)) scanning.push(`${name}: ${read}`)
    }
    expect(scanning).toEqual([])
  })

  test('transactions of another isolation level are refused, because they would fail where ours wait', async () => {
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
})

test('a name that is not a plain identifier is refused before the first connection', () => {
  const connection = { transaction: () => Promise.reject(new Error('used')), query: () => Promise.reject() }
  expect(() => postgresStore({ ...connection, schema: 'drop"table' })).toThrow(/schema/)
})

/** The statements of every file in `records/`, by name. */
const allStatements = async (): Promise<readonly (readonly [string, string])[]> => {
  const folder = new URL('../tables/', import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const found: (readonly [string, string])[] = []
  for (const file of files) {
    const exported: Record<string, unknown> = await import(new URL(file, folder).href)
    for (const [name, statements] of Object.entries(exported))
      if (typeof statements === 'function' && name.endsWith('Statements'))
        found.push(
          ...Object.entries<string>(statements('"railswitch"')).map(([key, text]) => [`${name}.${key}`, text] as const),
        )
  }
  return found
}

const plan = async (pool: pg.Pool, statement: string): Promise<string> => {
  const parameters = [...statement.matchAll(/\$(\d+)::text(?:::([a-z]+(?:\[\])?))?/g)]
  const values: string[] = []
  for (const [, number, type = 'text'] of parameters) values[Number(number) - 1] ??= likelyOf[type] ?? '1'
  const { rows } = await pool.query(`explain ${statement}`, values)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const likelyOf: Readonly<Record<string, string>> = {
  bigint: '10',
  'bigint[]': '{1,2,3}',
  boolean: 'true',
  jsonb: '[]',
  timestamptz: '2026-01-01T00:00:00Z',
}

/** 20,000 payments with a report each, few of them due or in need of a review, and 1,000 unowned reports of one day. */
const manyRows = `
  insert into railswitch.payments (root_reference, updated_at, due_at, needs_review, derivation_version)
    select 'o-' || i, '2026-01-01', case when i % 50 = 0 then timestamptz '2026-01-01' end, i % 100 = 0, '1' from generate_series(1, 20000) i;
  insert into railswitch.record_references select root_reference, id from railswitch.payments;
  insert into railswitch.vendor_ids select 'rail', 'v-' || root_reference, id, 'ref-' || root_reference, false from railswitch.payments;
  insert into railswitch.intents
    (payment_id, wire_reference, attempt, payment_ref, merchant_reference, intent, fingerprint, begun_at, vendor_ids)
    select id, root_reference, 1, 'ref-' || root_reference, root_reference, '{"rail":"rail","kind":"deposit"}', 'f', now(), array['v-' || root_reference]
    from railswitch.payments;
  insert into railswitch.emitted (payment_id, event, handled_at) select id, '{}', now() from railswitch.payments;
  insert into railswitch.reports
    (payment_id, rail, report_id, vendor_id, intent, proof, report, is_unowned, received_at)
    select id, 'rail', root_reference, 'v-' || root_reference, 'ref-' || root_reference, 'signature', '{}', false, now() from railswitch.payments;
  insert into railswitch.payments (unowned_key, unowned, updated_at, needs_review, derivation_version)
    values ('day', '{}', '2026-01-01', true, '1');
  insert into railswitch.reports
    (payment_id, rail, report_id, vendor_id, intent, proof, report, is_unowned, received_at)
    select (select id from railswitch.payments where unowned_key = 'day'), 'rail', 's-' || i, 's-' || i, null, 'signature', '{}', true,
      timestamptz '2026-01-01' + i * interval '1 second' from generate_series(1, 1000) i;
  insert into railswitch.changed_payments (payment_id) select id from railswitch.payments;
  analyze`

/** What `migrationsSql` prints, without its own transaction. */
const tablesOf = (schema: string): string => migrationsSql({ schema }).replaceAll(/^(begin|commit);\n/gm, '')

/** Columns and indexes of a schema, without its name. */
const describeSchema = async (pool: pg.Pool, schema: string): Promise<readonly string[]> => {
  const columns = `select table_name, column_name, data_type, is_nullable, column_default, generation_expression
    from information_schema.columns where table_schema = $1 order by 1, ordinal_position`
  const indexes = 'select indexdef from pg_indexes where schemaname = $1 order by indexname'
  const found = [...(await pool.query(columns, [schema])).rows, ...(await pool.query(indexes, [schema])).rows]
  return found.map((row) => JSON.stringify(row).replaceAll(schema, '…'))
}
