import type { Command } from 'commander'

/** Where a command reads the configuration of the application. */
export interface ConfigOptions {
  readonly config?: string
  readonly envFile?: string
}

export const withConfigOptions = (command: Command): Command =>
  withEnvFile(command.option('--config <file>', 'the configuration file; default: railswitch.config.* of this folder'))

const withEnvFile = (command: Command): Command =>
  command.option('--env-file <file>', 'a file with environment variables, such as .env')

/** For the help of commands that read a configuration. */
export const configHelp = `
The configuration comes from railswitch.config.* of this folder or the file of
--config, and from the variables RAILSWITCH_… of the environment and of
--env-file. The environment takes precedence over both files.`

/** Where the payments are stored. */
export interface StoreOptions {
  readonly envFile?: string
  readonly storeFolder?: string
  readonly storeSchema?: string
}

const addStoreOptions = (command: Command): Command =>
  command
    .option('--store-folder <folder>', 'the folder of an embedded store; default: .railswitch if it exists')
    .option('--store-schema <name>', 'the schema of the tables; default: railswitch')

/** For commands that need only the store. */
export const withStoreOptions = (command: Command): Command => addStoreOptions(withEnvFile(command))

/** For the help of commands that open a store. */
export const storeHelp = `
The store is the PostgreSQL of DATABASE_URL or of PGHOST, PGUSER, …, or an
embedded store in a folder, which no other process may use at the same time.`

/** An application: its configuration and its store, or the module that creates its payments. */
export interface ApplicationOptions extends ConfigOptions, StoreOptions {
  readonly app?: string
  /** The rail for new payments, instead of `active`. */
  readonly activeRail?: string
  /** Creates the folder of an embedded store if there is no store. */
  readonly createStore?: true
}

/** For commands that use the configuration and the store, without the module of the application. */
export const withConfigAndStoreOptions = (command: Command): Command => addStoreOptions(withConfigOptions(command))

export const withApplicationOptions = (command: Command): Command =>
  addStoreOptions(withConfigOptions(command)).option(
    '--app <module>',
    'a module of the application that exports `payments`, with its handlers',
  )

/** For the help of commands that open an application. */
export const applicationHelp = `${configHelp}
${storeHelp}

With --app, the command uses the \`payments\` that the module exports, and runs its
handlers. Without it, events wait until the application handles them: a callback
or sync() of the application does.`
