import { type Issue, invalid, PaymentError, storeFailed } from '@railswitch/core/store'
import type { Connection } from '../connection/connection.ts'
import { type PostgresStore, type StoreOptions, sqlStore } from '../methods/sql-store.ts'
import type { EmbeddedDatabase, EmbeddedTransaction } from './embedded-database.ts'
import { pgliteIssues } from './load-pglite.ts'
import { type SharedFolder, shareFolder, unsharedMemory } from './shared-folder.ts'

export type EmbeddedOptions = StoreOptions & { readonly folder?: string }

export interface EmbeddedStore extends PostgresStore<EmbeddedTransaction> {
  /** The database itself, migrated, for the application's own tables. */
  database(): Promise<EmbeddedDatabase>
  /** Ends the database and unlocks the folder, unless another store of this process uses it. */
  close(): Promise<void>
}

/**
 * PostgreSQL inside this process (PGlite), for development: no server, the same tables, migrated at first use. Committed rows
 * survive the process, but a crash of the machine can lose them, because PGlite does not wait for the disk: `durable` is false, and
 * `live` refuses it. `folder`: where the database is stored; without one it is lost with the process. Stores of one process share the
 * folder: a hot reload may create a second one. If another process uses the folder, `createPayments` says so, and each call rejects.
 * @throws PaymentError `invalid_configuration` for other options
 */
export const embeddedStore = (given: EmbeddedOptions = {}): EmbeddedStore => {
  const { folder, ...options } = readOptions(given)
  const shared = folder === undefined ? unsharedMemory() : sharedOrError(folder)
  let opened: Promise<EmbeddedDatabase> | null = null
  let isClosed = false
  const store = sqlStore(pgliteConnection(open), false, options)
  return {
    ...store,
    startIssues: () => [...(shared instanceof PaymentError ? [issueOf(shared)] : []), ...pgliteIssues()],
    database: open,
    async close() {
      if (isClosed) return
      isClosed = true
      await opened?.catch(() => null)
      if (!(shared instanceof PaymentError)) await shared.release()
    },
  }

  async function open(): Promise<EmbeddedDatabase> {
    // Another process may have taken the folder since.
    if (isClosed) throw closed()
    if (shared instanceof PaymentError) throw shared
    opened ??= migrated(shared, options)
    return opened
  }
}

/** Thrown here, a folder in use would hide the mistakes of the configuration. */
const sharedOrError = (folder: string): SharedFolder | PaymentError => {
  try {
    return shareFolder(folder)
  } catch (error) {
    if (error instanceof PaymentError) return error
    throw error
  }
}

const issueOf = ({ message, hint }: PaymentError): Issue => ({
  field: 'store',
  rule: message.replace(/^The (.*)\.$/, 'the $1'),
  fix: hint.replace(/\.$/, ''),
})

const known = ['folder', 'schema', 'now', 'unowned']

/** A misspelt `folder` would store the payments in memory. */
const readOptions = (options: EmbeddedOptions): EmbeddedOptions => {
  const fix = "write embeddedStore({ folder: './data' })"
  if (typeof options !== 'object' || options === null) throw refused('options', 'must be an object', fix)
  const [unknown] = Object.keys(options).filter((name) => !known.includes(name))
  if (unknown !== undefined) throw refused(unknown, 'is not a known field', fix)
  if (options.folder !== undefined && (typeof options.folder !== 'string' || options.folder === ''))
    throw refused('folder', 'must be the path of a folder', `${fix}, or leave it out to store nothing`)
  return options
}

const refused = (field: string, rule: string, fix: string): PaymentError =>
  invalid('invalid_configuration', [{ field, rule, fix }])

const closed = (): PaymentError =>
  storeFailed({ message: 'The embedded store was closed.', hint: 'Close it last, after `payments.close()`.' })

const migrated = async (shared: SharedFolder, options: StoreOptions): Promise<EmbeddedDatabase> => {
  const database = await shared.database()
  await sqlStore(
    pgliteConnection(async () => database),
    false,
    options,
  ).migrate()
  return database
}

/** A connection to a PGlite that is started at first use; its transactions run one after another. */
export const pgliteConnection = (open: () => Promise<EmbeddedDatabase>): Connection<EmbeddedTransaction> => ({
  transaction: async (run) => (await open()).transaction(run),
  query: async (tx, text, values) => (await tx.query<object>(text, [...values])).rows,
})
