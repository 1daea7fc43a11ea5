import { join } from 'node:path'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { type PaymentError, storeFailed } from '@railswitch/core/store'
import type { Connection } from '../connection/connection.ts'
import { type PostgresStore, type StoreOptions, sqlStore } from '../methods/sql-store.ts'
import { lockFolder } from './folder-lock.ts'

export interface EmbeddedStore extends PostgresStore<Transaction> {
  /** The database itself, migrated, for the application's own tables. */
  database(): Promise<PGlite>
  /** Ends the database and unlocks the folder. */
  close(): Promise<void>
}

/**
 * PostgreSQL inside this process (PGlite), for development: no server, the same tables, migrated at first use. Committed rows
 * survive the process, but a crash of the machine can lose them, because PGlite does not wait for the disk: `durable` is false, and
 * `live` refuses it. `folder`: where the database is stored; without one it is lost with the process.
 * @throws PaymentError `store_failed` when another process uses the folder
 */
export const embeddedStore = ({
  folder,
  ...options
}: StoreOptions & { readonly folder?: string } = {}): EmbeddedStore => {
  const unlock = folder === undefined ? () => {} : lockFolder(folder)
  let opened: Promise<PGlite> | null = null
  let isClosed = false
  const store = sqlStore(pgliteConnection(open), false, options)
  return {
    ...store,
    database: open,
    async close() {
      isClosed = true
      await (await opened?.catch(() => null))?.close()
      unlock()
    },
  }

  async function open(): Promise<PGlite> {
    // Another process may have taken the folder since.
    if (isClosed) throw closed()
    opened ??= start(folder, options)
    return opened
  }
}

const closed = (): PaymentError =>
  storeFailed({ message: 'The embedded store was closed.', hint: 'Close it last, after `payments.close()`.' })

const start = async (folder: string | undefined, options: StoreOptions): Promise<PGlite> => {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create(folder === undefined ? 'memory://' : join(folder, 'data'))
  await sqlStore(
    pgliteConnection(async () => database),
    false,
    options,
  ).migrate()
  return database
}

/** A connection to a PGlite that is started at first use; its transactions run one after another. */
export const pgliteConnection = (open: () => Promise<PGlite>): Connection<Transaction> => ({
  transaction: async (run) => (await open()).transaction(run),
  query: async (tx, text, values) => (await tx.query<object>(text, [...values])).rows,
})
