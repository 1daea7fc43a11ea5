import { join, resolve } from 'node:path'
import type { EmbeddedDatabase } from './embedded-database.ts'
import { lockFolder } from './folder-lock.ts'
import { loadPglite } from './load-pglite.ts'

/** The database of a folder, for all stores of this process that use it. */
export interface SharedFolder {
  database(): Promise<EmbeddedDatabase>
  /** The last store that releases the folder ends its database and unlocks it. */
  release(): Promise<void>
}

interface OpenFolder {
  users: number
  database: Promise<EmbeddedDatabase> | null
  readonly unlock: () => void
}

const key = Symbol.for('railswitch: embedded folders')

/** A hot reload evaluates the application's modules again, and a bundler loads this file twice: they have only `globalThis` in common. */
const openFolders = (): Map<string, OpenFolder> => {
  const place = globalThis as { [key]?: Map<string, OpenFolder> }
  place[key] ??= new Map()
  return place[key]
}

/**
 * Takes the folder for this process. A store that was made before, such as that of the application before a hot reload, shares its
 * database, because two databases would damage the folder.
 * @throws PaymentError `store_failed` when another process uses the folder
 */
export const shareFolder = (folder: string): SharedFolder => {
  const path = resolve(folder)
  const folders = openFolders()
  const open = folders.get(path) ?? { users: 0, database: null, unlock: lockFolder(folder) }
  folders.set(path, open)
  open.users += 1
  return {
    database() {
      open.database ??= start(join(folder, 'data'))
      return open.database
    },
    async release() {
      open.users -= 1
      if (open.users > 0) return
      folders.delete(path)
      await (await open.database?.catch(() => null))?.close()
      open.unlock()
    },
  }
}

/** A database of this store alone, which is lost with the process. */
export const unsharedMemory = (): SharedFolder => {
  let database: Promise<EmbeddedDatabase> | null = null
  return {
    database() {
      database ??= start('memory://')
      return database
    },
    async release() {
      await (await database?.catch(() => null))?.close()
    },
  }
}

const start = async (place: string): Promise<EmbeddedDatabase> => {
  const { PGlite } = await loadPglite()
  return PGlite.create(place)
}
