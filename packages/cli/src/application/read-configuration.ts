import { existsSync, readdirSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { type ConfigFile, configFromEnv, configFromFile } from 'railswitch'
import { UsageError } from '../errors.ts'
import { readText } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import type { ConfigOptions } from './options.ts'

/** The configuration of an application, without its store. */
export interface Configuration {
  readonly config: ConfigFile
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Reads the file and the variables. The options are checked later, by `createPayments`. */
export const readConfiguration = async (options: ConfigOptions, terminal: Terminal): Promise<Configuration> => {
  const read = await readConfigurationIfAny(options, terminal)
  if (read) return read
  throw new UsageError(`There is no configuration: this folder has no railswitch.config.*, and no variable RAILSWITCH_… is set.
  ${existsSync('.env') ? 'Add --env-file .env' : 'Pass --config or --env-file, or create a project with railswitch init'}.`)
}

/** Null: there is neither a file nor a variable. */
export const readConfigurationIfAny = async (
  options: ConfigOptions,
  terminal: Terminal,
): Promise<Configuration | null> => {
  const env = await readEnvironment(options, terminal)
  if (options.config !== undefined || hasConfigFile())
    return { config: await configFromFile({ ...(options.config !== undefined && { file: options.config }), env }), env }
  if (Object.keys(env).some((name) => name.startsWith('RAILSWITCH_'))) return { config: configFromEnv(env), env }
  return null
}

/** The variables of the process, and those of `--env-file` that the process does not have. */
export const readEnvironment = async ({ envFile }: ConfigOptions, { env }: Terminal): Promise<Configuration['env']> => {
  if (envFile === undefined) return env
  return { ...parseEnv(await readText(envFile, 'the environment file')), ...definedIn(env) }
}

const definedIn = (env: Configuration['env']): Configuration['env'] =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))

const hasConfigFile = (): boolean => readdirSync('.').some((name) => /^railswitch\.config\.[a-z]+$/.test(name))
