import { PaymentError } from '@railswitch/core'
import type { Connection, Row } from './connection.ts'
import { createSchema, schemaVersion, statementsAfter } from './migrations.ts'
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

/** 0 where there is none. Reads the catalog as a table: `to_regclass` would not see what another process has just made. */
const versionOf = async <Tx>(connection: Connection<Tx>, tx: Tx, schema: string): Promise<number> => {
  const tables = `select tablename::text as value from pg_catalog.pg_tables where tablename = 'migrations'`
  const table = await single(connection, tx, `${tables} and ${isSchema('schemaname', schema)}`)
  if (table === null) return 0
  return Number(await single(connection, tx, `select max(version)::text as value from ${schema}.migrations`))
}

/** Our names are quoted and need no quotes within. */
const isSchema = (column: string, schema: string): string => `${column} = '${schema.slice(1, -1)}'`

const single = async <Tx>({ query }: Connection<Tx>, tx: Tx, text: string): Promise<string | null> => {
  const [row] = (await query(tx, text, [])) as readonly Row[]
  return row?.value ?? null
}

const unusable = (message: string, hint: string): PaymentError =>
  new PaymentError({ code: 'store_failed', effect: 'not_sent', again: 'same_attempt', message, hint })
