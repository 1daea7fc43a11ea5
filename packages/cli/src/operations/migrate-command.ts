import { Command } from 'commander'
import { storeHelp, withStoreOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Run it when the application is deployed. It can run in several processes at once.
${storeHelp}

With --json: {"store", "migrated": true}

Examples:
  DATABASE_URL=… railswitch migrate
  railswitch migrate --sql > railswitch.sql     for a migration tool of your own`

/** `railswitch migrate`: the tables of the store. */
export const migrateCommand = (terminal: Terminal): Command =>
  withStoreOptions(new Command('migrate'))
    .summary("bring the store's tables to this version")
    .description("Creates the store's tables, or brings them to the version of this release.")
    .option('--sql', 'print the statements instead of running them')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { migrateStore } = await import('./migrate-store.ts')
      await migrateStore(options, terminal)
    })
