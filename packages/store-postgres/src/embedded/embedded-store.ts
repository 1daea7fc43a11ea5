import { join } from 'node:path'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { type PaymentError, storeFailed } from '@railswitch/core'
import { type PostgresStore, type StoreOptions, sqlStore } from '../sql-store.ts'
import { lockFolder } from './folder-lock.ts'
import { pgliteConnection } from './pglite-connection.ts'

export interface EmbeddedStore extends PostgresStore<Transaction> {
  /** The database itself, migrated: for the application's own tables beside ours. */
  database(): Promise<PGlite>
  /** Ends the database and gives the folder back. */
  close(): Promise<void>
}

/**
 * PostgreSQL inside this process (PGlite), for development: no server, the same tables, migrated at first use. What is committed
 * survives the process, but not for certain the machine, because PGlite does not wait for the disk: `durable` is false, and
 * `live` refuses it. `folder`: where it is kept; without one it is forgotten with the process.
 * @throws PaymentError `store_failed` when another process works on the folder
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
    // The folder may be another's by now.
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
