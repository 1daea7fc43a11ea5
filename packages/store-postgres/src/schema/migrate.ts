import { invalid } from '@railswitch/core/store'
import type { Connection } from '../connection/connection.ts'
import { isSchema, single, versionOf } from './check-schema.ts'
import { createSchema, schemaVersion, statementsAfter } from './migrations.ts'

/** Any number: processes that migrate at the same time wait for each other. */
const advisoryLock = '7236014'

/**
 * The SQL that `migrate` would run, in one transaction, for applications whose own tool runs migrations.
 * `after`: the version that the schema has already, 0 for none.
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

/** The quoted name of the schema that holds our tables. Throws `invalid_configuration` for a name that needs more than letters. */
export const quotedSchema = (name = 'railswitch'): string => {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return `"${name}"`
  throw invalid('invalid_configuration', [
    { field: 'schema', rule: 'must be 1 to 63 of a-z 0-9 _, not beginning with a digit', fix: "use 'railswitch'" },
  ])
}
