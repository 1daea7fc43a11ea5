import { existsSync } from 'node:fs'
import type { Issue } from '@railswitch/core'
import { type PostgresStore, postgresStore } from '@railswitch/store-postgres'
import { embeddedStore } from '@railswitch/store-postgres/embedded'
import { UsageError } from '../errors.ts'
import type { StoreOptions } from './options.ts'

/** A store that this command has opened. */
interface OpenedStore {
  readonly store: PostgresStore<unknown>
  /** Such as `PostgreSQL` or `.railswitch`. */
  readonly name: string
  readonly close: () => Promise<void>
}

/** The store exists, and this command cannot use it. */
export class UnusableStore extends Error {
  override readonly name = 'UnusableStore'
  /** Probably by the application. */
  readonly isInUse: boolean
  readonly fix: string

  constructor({ rule, fix }: Issue) {
    super(`The store cannot be used: ${rule}. ${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`)
    this.isInUse = /in use by process/.test(rule)
    this.fix = fix
  }
}

const defaultFolder = '.railswitch'

/** Opens the store without a query. */
export const openStore = async (
  options: StoreOptions & { readonly createStore?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedStore> => {
  const opened = await openStoreIfAny(options, env)
  if (opened) return opened
  throw new UsageError(
    'There is no store: set DATABASE_URL, or pass --store-folder with the folder of an embedded store.',
  )
}

/** Null: no store is named, and there is none in the default folder. */
export const openStoreIfAny = async (
  { storeFolder, storeSchema, createStore = false }: StoreOptions & { readonly createStore?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedStore | null> => {
  const schema = storeSchema === undefined ? {} : { schema: storeSchema }
  const hasPostgres = env.DATABASE_URL !== undefined || env.PGHOST !== undefined
  if (storeFolder !== undefined) return openFolder(storeFolder, { ...schema, createStore })
  if (hasPostgres) return openPostgres(env, schema)
  if (createStore || existsSync(defaultFolder)) return openFolder(defaultFolder, { ...schema, createStore })
  return null
}

const openFolder = (
  folder: string,
  { createStore, ...schema }: { readonly schema?: string; readonly createStore: boolean },
): OpenedStore => {
  if (!createStore && !existsSync(folder))
    throw new UsageError(`The folder ${folder} does not exist: start the application once, or correct --store-folder.`)
  const store = embeddedStore({ folder, ...schema })
  const [issue] = store.startIssues?.() ?? []
  if (issue) throw new UnusableStore(issue)
  return { store: store as PostgresStore<unknown>, name: folder, close: store.close }
}

const openPostgres = async (
  env: Readonly<Record<string, string | undefined>>,
  schema: { readonly schema?: string },
): Promise<OpenedStore> => {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    ...(env.DATABASE_URL === undefined
      ? {
          host: env.PGHOST,
          port: Number(env.PGPORT ?? 5432),
          user: env.PGUSER,
          password: env.PGPASSWORD,
          database: env.PGDATABASE,
        }
      : { connectionString: env.DATABASE_URL }),
    max: 4,
    connectionTimeoutMillis: 5_000,
  })
  // An idle connection that is lost must not end the process: the next query reports it.
  pool.on('error', () => {})
  return {
    store: postgresStore({ pool, ...schema }) as PostgresStore<unknown>,
    name: 'PostgreSQL',
    close: () => pool.end(),
  }
}
