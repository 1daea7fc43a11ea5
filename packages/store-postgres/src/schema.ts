import { PaymentError } from '@railswitch/core'
import type { Connection, Row } from './connection.ts'
import { checksums, createSchema, schemaVersion, statementsAfter, tableNames } from './migrations.ts'
import { quotedSchema } from './schema-name.ts'

/** Any number; it makes processes that migrate at once wait for each other. */
const advisoryLock = '7236014'

/**
 * The SQL that `migrate` would run, for those who run migrations by a tool of their own: one transaction.
 * `after`: the version that is there already, 0 for none.
 */
export const migrationsSql = ({ schema, after = 0 }: { readonly schema?: string; readonly after?: number } = {}) => {
  const quoted = quotedSchema(schema)
  const first = after === 0 ? [createSchema(quoted)] : []
  return ['begin', ...first, ...statementsAfter(after, quoted), 'commit', ''].join(';\n')
}

/** Brings the schema to this release's version, in one transaction; safe when several processes start at once. */
export const migrate = async <Tx>(connection: Connection<Tx>, schema: string): Promise<void> =>
  connection.transaction(async (tx) => {
    if ((await versionOf(connection, tx, schema)) >= schemaVersion) return
    await connection.query(tx, 'set local lock_timeout = 0', [])
    await connection.query(tx, `select pg_advisory_xact_lock(${advisoryLock})::text`, [])
    const named = `select nspname::text as value from pg_catalog.pg_namespace where ${isSchema('nspname', schema)}`
    if ((await single(connection, tx, named)) === null) await connection.query(tx, createSchema(schema), [])
    for (const statement of statementsAfter(await versionOf(connection, tx, schema), schema))
      await connection.query(tx, statement, [])
  })

/** Rejects with what to do when the schema is missing or older than this release, or transactions are of another kind. */
export const checkSchema = async <Tx>(connection: Connection<Tx>, schema: string): Promise<void> =>
  connection.transaction(async (tx) => {
    const isolation = await single(connection, tx, `select current_setting('transaction_isolation') as value`)
    if (isolation !== 'read committed')
      throw unusable(
        `The store's transactions are ${isolation}; they must be read committed.`,
        'Ask for READ COMMITTED in `transaction`.',
      )
    const version = await versionOf(connection, tx, schema)
    if (version < schemaVersion)
      throw unusable(
        version === 0
          ? `The store's schema ${schema} is missing.`
          : `The store's schema ${schema} is of version ${version}; this release needs ${schemaVersion}.`,
        'Call migrate() of the store when the application is deployed, or run what migrationsSql() prints.',
      )
  })

/**
 * 0 where there is none; rejects when the tables are not those that our steps make. Reads the catalog as a table: `to_regclass`
 * would not see what another process has just made.
 */
const versionOf = async <Tx>(connection: Connection<Tx>, tx: Tx, schema: string): Promise<number> => {
  const rowsOf = async (text: string): Promise<readonly Row[]> =>
    (await connection.query(tx, text, [])) as readonly Row[]
  const found = await rowsOf(
    `select tablename::text as name from pg_catalog.pg_tables where ${isSchema('schemaname', schema)}`,
  )
  const tables = tableNames.filter((table) => found.some(({ name }) => name === table))
  const [first] = tables
  if (first === undefined) return 0
  if (!tables.includes('migrations')) throw foreign(schema, first)
  const columns = await rowsOf(`select attname::text as name from pg_catalog.pg_attribute
    join pg_catalog.pg_class on pg_class.oid = attrelid join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where relname = 'migrations' and ${isSchema('nspname', schema)}`)
  if (!columns.some(({ name }) => name === 'checksum')) throw foreign(schema, 'migrations')
  const steps = await rowsOf(`select version::text, checksum from ${schema}.migrations order by version`)
  if (steps.length === 0) throw foreign(schema, first)
  const isOurs = steps.every(({ version, checksum }, index) =>
    index < schemaVersion ? Number(version) === index + 1 && checksum === checksums[index] : true,
  )
  if (!isOurs) throw foreign(schema, 'migrations')
  return Number(steps.at(-1)?.version)
}

/** Our names are quoted and need no quotes within. */
const isSchema = (column: string, schema: string): string => `${column} = '${schema.slice(1, -1)}'`

const foreign = (schema: string, table: string): PaymentError =>
  unusable(
    `The table ${schema}.${table} is another build's, or not of this library: its steps are not those that this release knows.`,
    `Name another schema by the option \`schema\`, or, where nothing in this one is needed, drop schema ${schema} cascade, and call migrate().`,
  )

const single = async <Tx>({ query }: Connection<Tx>, tx: Tx, text: string): Promise<string | null> => {
  const [row] = (await query(tx, text, [])) as readonly Row[]
  return row?.value ?? null
}

const unusable = (message: string, hint: string): PaymentError =>
  new PaymentError({ code: 'store_failed', effect: 'not_sent', again: 'same_attempt', message, hint })
