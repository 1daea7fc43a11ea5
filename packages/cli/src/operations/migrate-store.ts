import { migrationsSql } from '@railswitch/store-postgres'
import { openStore } from '../application/open-store.ts'
import type { StoreOptions } from '../application/options.ts'
import { readEnvironment } from '../application/read-configuration.ts'
import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends StoreOptions {
  readonly sql?: true
  readonly json?: true
}

export const migrateStore = async ({ json, sql, ...options }: Options, terminal: Terminal): Promise<void> => {
  if (sql) {
    const { storeSchema } = options
    terminal.out(migrationsSql(storeSchema === undefined ? {} : { schema: storeSchema }))
    return
  }
  const { store, name, close } = await openStore(options, await readEnvironment(options, terminal))
  try {
    await store.migrate()
  } finally {
    await close()
  }
  printResult(terminal, {
    json,
    result: { store: name, migrated: true },
    toText: () => `The tables of ${name} are those of this version.\n`,
  })
}
