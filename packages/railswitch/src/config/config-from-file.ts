import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { invalid, type PaymentError, type ProviderDefinition } from '@railswitch/core'
import { withSources, withValues } from './config-sources.ts'
import { defaultActiveRail } from './default-active-rail.ts'
import type { Environment } from './option-variables.ts'
import type { PaymentsConfig } from './payments-config.ts'
import { readVariables } from './read-variables.ts'

/** What a configuration file exports: everything but the store, which the application adds. */
export type ConfigFile = Omit<PaymentsConfig, 'store'>

export interface ConfigFileOptions {
  /** The path of the file. Default: the `railswitch.config.*` of the working directory. */
  readonly file?: string
  /** Variables that replace options of the file, such as `process.env`. Default: none. */
  readonly env?: Environment
  /** The providers that are not part of railswitch, which the variable `RAILSWITCH_<RAIL>_USE` may name. */
  readonly definitions?: readonly ProviderDefinition[]
}

const names = ['ts', 'mts', 'cts', 'mjs', 'js', 'cjs', 'json'].map((ending) => `railswitch.config.${ending}`)

/**
 * Reads `railswitch.config.ts` (or `.mts`, `.cts`, `.mjs`, `.js`, `.cjs`, `.json`), whose default export is the configuration. TypeScript
 * needs Node 22.18 or newer, or the package jiti. Rejects with `invalid_configuration` if there is no such file, or if it cannot be
 * loaded. `createPayments` reports all other mistakes, also each unknown or unreadable variable of `env`; its errors name the file or the variable.
 */
export const configFromFile = async ({
  file,
  env = {},
  definitions = [],
}: ConfigFileOptions = {}): Promise<ConfigFile> => {
  const path = resolve(file ?? onlyFile())
  const name = basename(path)
  if (!existsSync(path)) throw mistake(name, 'does not exist', 'check its path')
  const content = await load(path, name)
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw mistake(
      name,
      'must contain an object',
      extname(path) === '.json'
        ? 'write { "active": …, "providers": … }'
        : 'write export default { active, providers, … }',
    )
  const { rails, set, issues } = readVariables(env, {
    inFile: Object((content as Partial<ConfigFile>).providers),
    definitions,
    fix: 'write configFromFile({ env: process.env })',
  })
  const used = configuredBy(content, definitions)
  const inFile = Object.keys(Object((content as Partial<ConfigFile>).providers))
  const config = { active: defaultActiveRail([...new Set([...inFile, ...rails])]), ...content } as ConfigFile
  return withSources(withValues(config, new Map<string, { readonly value?: unknown }>([...used, ...set])), {
    variables: set,
    file: name,
    issues,
  })
}

/** JSON names a definition by its `use`. */
const configuredBy = (
  { providers }: Partial<ConfigFile>,
  definitions: readonly ProviderDefinition[],
): readonly (readonly [string, { readonly value?: unknown }])[] =>
  Object.entries(Object(providers)).flatMap(([name, rail]) => {
    const definition = definitions.find(({ use }) => use === Object(rail).use)
    return definition ? [[`providers.${name}.use`, { value: definition }] as const] : []
  })

const mistake = (file: string, rule: string, fix: string, options?: { readonly cause: unknown }): PaymentError =>
  invalid('invalid_configuration', [{ field: file, rule, fix }], options)

const onlyFile = (): string => {
  const found = names.filter((name) => existsSync(name))
  const [first, ...others] = found
  if (first === undefined)
    throw mistake(
      'railswitch.config.ts',
      'does not exist in the working directory',
      `create it, or one of ${names.slice(1).join(', ')}`,
    )
  if (others.length > 0)
    throw mistake(
      first,
      `is not the only one: there is also ${others.join(', ')}`,
      'remove one, or pass its path as `file`',
    )
  return first
}

const load = async (path: string, name: string): Promise<unknown> => {
  if (extname(path) === '.json') return parse(read(path, name), name)
  try {
    return defaultOf(await import(pathToFileURL(path).href))
  } catch (cause) {
    if (!isUnknownToNode(cause)) throw mistake(name, 'cannot be loaded: see `cause`', 'correct the file', { cause })
    return loadByJiti(path, name)
  }
}

const read = (path: string, name: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw mistake(name, 'cannot be read', 'check that it is a file, and its permissions')
  }
}

/** The parser's message quotes the text, which may contain secrets. */
const parse = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? []
    const line = position === undefined ? '' : ` (line ${text.slice(0, Number(position)).split('\n').length})`
    throw mistake(name, `is not JSON${line}`, 'correct it; JSON has no comments and no trailing commas')
  }
}

/** CommonJS that TypeScript compiled has a `default` of its own. */
const defaultOf = (module: { readonly default?: unknown }): unknown => {
  const inner = module.default
  return typeof inner === 'object' && inner !== null && '__esModule' in inner && 'default' in inner
    ? inner.default
    : inner
}

/** Node 20 does not know the ending, and newer ones only the TypeScript that they can erase. */
const isUnknownToNode = (error: unknown): boolean =>
  ['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'].includes(
    String((error as { readonly code?: unknown } | null)?.code),
  )

/** The methods of jiti 2 that are used. */
interface Jiti {
  createJiti(from: string): { import(path: string, options: { readonly default: true }): Promise<unknown> }
}

const loadByJiti = async (path: string, name: string): Promise<unknown> => {
  const jiti = await findJiti(path)
  if (!jiti)
    throw mistake(
      name,
      `is TypeScript, which Node ${process.versions.node} cannot load`,
      'install jiti, use Node 22.18 or newer, or rename it to railswitch.config.mjs',
    )
  try {
    return await jiti.createJiti(path).import(path, { default: true })
  } catch (cause) {
    throw mistake(name, 'cannot be loaded: see `cause`', 'correct the file', { cause })
  }
}

/** The application installs it, so it is searched beside the file. */
const findJiti = async (path: string): Promise<Jiti | undefined> => {
  for (const place of [path, import.meta.url]) {
    try {
      const module = await import(pathToFileURL(createRequire(place).resolve('jiti')).href)
      return module.createJiti ? module : module.default
    } catch {}
  }
  return undefined
}
