import { postgresStore } from '@railswitch/store-postgres'
import { embeddedStore } from '@railswitch/store-postgres/embedded'
import pg from 'pg'
import type { Store } from 'railswitch'
import type { Place } from './shop-setting.ts'

/** What a transaction of either database offers a handler's `commit`. */
export interface Rows {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

interface Opened {
  readonly store: Store<Rows>
  readonly rows: Rows
}

export const createShipped = 'create table if not exists shipped (reference text, refunded text)'

/** The store, and the shop's own rows in the same database. */
export const open = async (place: Place): Promise<Opened> => {
  if (place.kind === 'embedded') {
    const store = embeddedStore({ folder: place.folder })
    const rows = await store.database()
    await rows.query(createShipped)
    return { store, rows }
  }
  const { host, user, connections: max } = place
  const rows = new pg.Pool({ host, user, database: 'postgres', max, connectionTimeoutMillis: 5_000 })
  rows.on('error', () => {})
  const store = postgresStore({ pool: rows })
  await store.migrate()
  return { store, rows }
}
