import { postgresStore } from '@railswitch/store-postgres'
import { embeddedStore } from '@railswitch/store-postgres/embedded'
import pg from 'pg'
import type { Store } from 'railswitch'
import type { Place } from './shop-config.ts'

/** The part of a transaction that a handler's `commit` uses, the same in both databases. */
export interface Rows {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

interface Opened {
  readonly store: Store<Rows>
  readonly rows: Rows
  /** Locks the payment until `done`. `isAlone` is false if the payment is already locked. */
  alone(reference: string): Promise<{ readonly isAlone: boolean; done(): Promise<void> }>
}

export const createShipped = 'create table if not exists shipped (reference text, refunded text)'

/** Opens the store and the shop's own rows in the same database. */
export const open = async (place: Place): Promise<Opened> => {
  if (place.kind === 'embedded') {
    const store = embeddedStore({ folder: place.folder })
    const rows = await store.database()
    await rows.query(createShipped)
    return { store, rows, alone: async () => ({ isAlone: true, done: async () => {} }) }
  }
  const { host, user, connections: max } = place
  const rows = new pg.Pool({ host, user, database: 'postgres', max, connectionTimeoutMillis: 5_000 })
  rows.on('error', () => {})
  const store = postgresStore({ pool: rows })
  await store.migrate()
  const guards = new pg.Pool({ host, user, database: 'postgres', max: 16 })
  guards.on('error', () => {})
  return {
    store,
    rows,
    alone: async (reference) => {
      const guard = await guards.connect()
      guard.on('error', () => {})
      const { rows } = await guard.query('select pg_try_advisory_lock(hashtext($1)) as alone', [reference])
      const done = async (): Promise<void> => {
        await guard.query('select pg_advisory_unlock_all()').finally(() => guard.release())
      }
      return { isAlone: rows[0].alone, done }
    },
  }
}
