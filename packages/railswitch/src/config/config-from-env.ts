import { readFileSync } from 'node:fs'
import { closest, type Issue, invalid, type ProviderDefinition, railPattern } from '@railswitch/core'
import { type Variables, withVariables } from './environment-variables.ts'
import type { PaymentsConfig, RailConfig } from './payments-config.ts'
import { railNameRule } from './rail-issues.ts'

/** The part of the configuration that environment variables can contain. The application adds the store. */
export type EnvironmentConfig = Pick<PaymentsConfig, 'active' | 'providers' | 'callbacks' | 'statement'>

type Environment = Readonly<Record<string, string | undefined>>

const prefix = 'RAILSWITCH_'
const topLevel = ['ACTIVE', 'RAILS', 'CALLBACK_URL', 'CALLBACK_SECRETS', 'STATEMENT']

/** The variables of a rail whose provider is part of railswitch, and the option that each one sets. With `_FILE` appended, the value is read from a file. */
const shippedOptions: Readonly<Record<string, string>> = {
  USE: 'use',
  ENVIRONMENT: 'environment',
  URL: 'url',
  USERNAME: 'username',
  PASSWORD: 'password',
  PRIVATE_KEY: 'privateKey',
  PASSPHRASE: 'passphrase',
  PUBLIC_KEY: 'publicKey',
  REGISTERED_PUBLIC_KEY: 'registeredPublicKey',
  SIGNATURE: 'signature',
  MERCHANT_ID: 'merchantId',
  SECRET: 'secret',
  CHARSET: 'charset',
  ON_UNENCODABLE: 'onUnencodable',
  BUSINESS: 'business',
}

/**
 * Reads `RAILSWITCH_ACTIVE`, `_RAILS` (names, separated by commas), `_CALLBACK_URL`, `_CALLBACK_SECRETS` (separated by commas, the newest
 * first), `_STATEMENT`, and for each rail `RAILSWITCH_<RAIL>_USE`, `_ENVIRONMENT`, `_USERNAME`, … (write `_` for a dash of its name).
 * Throws `invalid_configuration` with each unknown or unreadable variable. `createPayments` checks the values. A `signer` is an object, so
 * no variable sets it: leave `_PRIVATE_KEY` out, and add it to the rail in `providers`. `definitions`: the providers that are not part of
 * railswitch, which `RAILSWITCH_<RAIL>_USE` may name.
 */
export const configFromEnv = (env: Environment, definitions: readonly ProviderDefinition[] = []): EnvironmentConfig => {
  if (typeof env !== 'object' || env === null)
    throw invalid('invalid_configuration', [
      { field: 'env', rule: 'must be an object of variables', fix: 'write configFromEnv(process.env)' },
    ])
  const notText = Object.keys(env).filter((name) => name.startsWith(prefix) && !isText(env[name]))
  if (notText.length > 0)
    throw invalid(
      'invalid_configuration',
      notText.map((field) => ({
        field,
        rule: 'must be text',
        fix: 'write it as text; separate several values by commas',
      })),
    )
  const listed = listOf(env[`${prefix}RAILS`]).map((name) => name.trim())
  const names = [...new Set(listed.filter((name) => railPattern.test(name)))]
  const variables = railVariablesOf(env, definitions)
  const issues: Issue[] = [...railNameIssues(env, listed, variables), ...unknownVariables(env, names, variables)]
  const providers = Object.fromEntries(names.map((name) => [name, railFrom(env, name, variables(name), issues)]))
  if (issues.length > 0) throw invalid('invalid_configuration', issues)
  const statement = env[`${prefix}STATEMENT`]
  const config = {
    active: env[`${prefix}ACTIVE`] ?? names[0] ?? '',
    providers,
    callbacks: { url: env[`${prefix}CALLBACK_URL`] ?? '', secrets: listOf(env[`${prefix}CALLBACK_SECRETS`]) },
    ...(statement !== undefined && { statement }),
  }
  return withVariables(config, variablesOf(env, config, variables))
}

/** The variables of a rail, without its prefix, with the option that each one sets; and the definition of its provider. */
interface RailVariables {
  readonly options: Readonly<Record<string, string>>
  readonly definition?: ProviderDefinition
}

const railVariablesOf =
  (env: Environment, definitions: readonly ProviderDefinition[]) =>
  (name: string): RailVariables => {
    const definition = definitions.find(({ use }) => use === env[`${railPrefix(name)}USE`])
    return definition ? { options: { USE: 'use', ...definition.variables }, definition } : { options: shippedOptions }
  }

/** The variable of each field, so that the errors of `createPayments` can name it. */
const variablesOf = (
  env: Environment,
  { active, providers, callbacks, statement }: EnvironmentConfig,
  variables: (name: string) => RailVariables,
): Variables =>
  new Map([
    ['active', { variable: `${prefix}ACTIVE`, value: active }],
    ['providers', { variable: `${prefix}RAILS`, value: providers }],
    ['callbacks.url', { variable: `${prefix}CALLBACK_URL`, value: callbacks.url }],
    ['callbacks.secrets', { variable: `${prefix}CALLBACK_SECRETS`, value: callbacks.secrets }],
    ['statement', { variable: `${prefix}STATEMENT`, value: statement }],
    ...Object.entries(providers).flatMap(([name, rail]) =>
      Object.entries(variables(name).options).map(([suffix, option]) => {
        const variable = railPrefix(name) + suffix
        const isFile = env[`${variable}_FILE`] !== undefined
        const value = (rail as unknown as Readonly<Record<string, unknown>>)[option]
        return [`providers.${name}.${option}`, { variable: isFile ? `${variable}_FILE` : variable, value }] as const
      }),
    ),
  ])

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const listOf = (text: string | undefined): readonly string[] => (text ?? '').split(',').filter((part) => part !== '')

const railPrefix = (name: string): string => `${prefix}${name.toUpperCase().replaceAll('-', '_')}_`

/** Errors contain the position (from 1) instead of the name, because a wrong name may be a secret that was put here by mistake. */
const railNameIssues = (
  env: Environment,
  names: readonly string[],
  variablesOfRail: (name: string) => RailVariables,
): readonly Issue[] =>
  names.flatMap((name, index) => {
    const field = `${prefix}RAILS`
    const rail = `rail ${index + 1}`
    if (!railPattern.test(name)) return [{ field, rule: `${rail}: ${railNameRule}`, fix: 'correct the name' }]
    if (names.indexOf(name) < index) return [{ field, rule: `names ${rail} twice`, fix: 'remove it' }]
    const variables = Object.keys(variablesOfRail(name).options).map((option) => railPrefix(name) + option)
    if (variables.some((variable) => topLevel.some((name) => prefix + name === variable)))
      return [{ field, rule: `${rail}: one of its variables already has another meaning`, fix: 'rename the rail' }]
    return variables.some((variable) => env[variable] !== undefined || env[`${variable}_FILE`] !== undefined)
      ? []
      : [
          {
            field,
            rule: `no variable sets an option of ${rail}`,
            fix: `set ${prefix}<RAIL>_USE and the others, with _ for a dash of its name`,
          },
        ]
  })

const unknownVariables = (
  env: Environment,
  names: readonly string[],
  variablesOfRail: (name: string) => RailVariables,
): Issue[] => {
  const known = new Set(topLevel.map((name) => prefix + name))
  for (const name of names)
    for (const option of Object.keys(variablesOfRail(name).options)) {
      known.add(railPrefix(name) + option)
      known.add(`${railPrefix(name) + option}_FILE`)
    }
  return Object.keys(env)
    .filter((variable) => variable.startsWith(prefix) && !known.has(variable))
    .map((variable) => {
      const meant = closest(variable, [...known])
      return {
        field: variable,
        rule: 'is not a variable that railswitch reads',
        fix: meant === null ? `correct its spelling, or add its rail to ${prefix}RAILS` : `write ${meant}`,
      }
    })
}

/** Only the provider checks the options, so that a mistake is reported once and always in the same way. */
const railFrom = (
  env: Environment,
  name: string,
  { options, definition }: RailVariables,
  issues: Issue[],
): RailConfig =>
  ({
    ...Object.fromEntries(
      Object.entries(options).flatMap(([variable, option]) => {
        const value = valueFrom(env, railPrefix(name) + variable, issues)
        return value === undefined ? [] : [[option, value]]
      }),
    ),
    ...(definition && { use: definition }),
  }) as unknown as RailConfig

const valueFrom = (env: Environment, variable: string, issues: Issue[]): string | undefined => {
  const value = env[variable]
  const path = env[`${variable}_FILE`]
  if (path === undefined) return value
  if (value !== undefined)
    issues.push({ field: variable, rule: `is set twice, also as ${variable}_FILE`, fix: 'remove one of the two' })
  return readText(path, `${variable}_FILE`, issues)
}

/** Removes a final line break, which editors and secret stores add. */
const readText = (path: string, variable: string, issues: Issue[]): string | undefined => {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch {
    issues.push({
      field: variable,
      rule: 'names a file that cannot be read',
      fix: 'check the path and its permissions',
    })
    return undefined
  }
}
