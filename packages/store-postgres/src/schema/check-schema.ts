import { type PaymentError, storeFailed } from '@railswitch/core/store'
import type { Connection, Row } from '../connection/connection.ts'
import { checksums, schemaVersion, tableNames } from './migrations.ts'

/** Rejects when the schema is missing or older than this release, or transactions are not READ COMMITTED. */
export const checkSchema = async <Tx>(connection: Connection<Tx>, schema: string): Promise<void> =>
  connection.transaction(async (tx) => {
    const isolation = await single(connection, tx, `select current_setting('transaction_isolation') as value`)
    if (isolation !== 'read committed')
      throw storeFailed({
        message: `The store's transactions are ${isolation}; they must be read committed.`,
        hint: 'Ask for READ COMMITTED in `transaction`.',
      })
    const version = await versionOf(connection, tx, schema)
    if (version < schemaVersion)
      throw storeFailed({
        message:
          version === 0
            ? `The store's schema ${schema} is missing.`
            : `The store's schema ${schema} is of version ${version}; this release needs ${schemaVersion}.`,
        hint: 'Call migrate() of the store when the application is deployed, or run what migrationsSql() prints.',
      })
  })

/**
 * The version of the schema, 0 where there is none. Rejects when its tables are not those that our steps create. Reads the catalog
 * as a table: `to_regclass` would not see what another process has just created.
 */
export const versionOf = async <Tx>(connection: Connection<Tx>, tx: Tx, schema: string): Promise<number> => {
  const rowsOf = async (text: string): Promise<readonly Row[]> =>
    (await connection.query(tx, text, [])) as readonly Row[]
  const found = await rowsOf(
    `select tablename::text as name from pg_catalog.pg_tables where ${isSchema('schemaname', schema)}`,
  )
  const tables = tableNames.filter((table) => found.some(({ name }) => name === table))
  const [first] = tables
  if (first === undefined) return 0
  if (!tables.includes('migrations')) throw foreign(schema, first)
  if (!(await rowsOf(columnsOfMigrations(schema))).some(({ name }) => name === 'checksum'))
    throw foreign(schema, 'migrations')
  const steps = await rowsOf(`select version::text, checksum from ${schema}.migrations order by version`)
  if (steps.length === 0) throw foreign(schema, first)
  if (!areOurs(steps)) throw foreign(schema, 'migrations')
  return Number(steps.at(-1)?.version)
}

const columnsOfMigrations = (schema: string): string => `select attname::text as name from pg_catalog.pg_attribute
    join pg_catalog.pg_class on pg_class.oid = attrelid join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where relname = 'migrations' and ${isSchema('nspname', schema)}`

/** A newer release may have taken further steps. */
const areOurs = (steps: readonly Row[]): boolean =>
  steps.every(({ version, checksum }, index) =>
    index < schemaVersion ? Number(version) === index + 1 && checksum === checksums[index] : true,
  )

/** `schema` is quoted and contains no quotes. */
export const isSchema = (column: string, schema: string): string => `${column} = '${schema.slice(1, -1)}'`

const foreign = (schema: string, table: string): PaymentError =>
  storeFailed({
    message: `The table ${schema}.${table} is another build's, or not of this library: its steps are not those that this release knows.`,
    hint: `Name another schema by the option \`schema\`, or, where nothing in this one is needed, drop schema ${schema} cascade, and call migrate().`,
  })

export const single = async <Tx>({ query }: Connection<Tx>, tx: Tx, text: string): Promise<string | null> => {
  const [row] = (await query(tx, text, [])) as readonly Row[]
  return row?.value ?? null
}
