import { readFileSync } from 'node:fs'
import { type Issue, invalid, railPattern } from '@railswitch/core'
import type { PaymentsConfig, RailConfig } from './payments-config.ts'
import { railNameRule } from './rail-issues.ts'

/** The part of the configuration that an environment can hold; the store is yours to add. */
export type EnvironmentConfig = Pick<PaymentsConfig, 'active' | 'providers' | 'callbacks' | 'statement'>

type Environment = Readonly<Record<string, string | undefined>>

const prefix = 'RAILSWITCH_'
const topLevel = ['ACTIVE', 'RAILS', 'CALLBACK_URL', 'CALLBACK_SECRETS', 'STATEMENT']

/** A rail's variables and the option that each sets; `_FILE` behind a key's name reads it from a file. */
const railOptions: Readonly<Record<string, string>> = {
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
 * Reads `RAILSWITCH_ACTIVE`, `_RAILS` (names, with commas), `_CALLBACK_URL`, `_CALLBACK_SECRETS` (with commas, the newest
 * first), `_STATEMENT`, and per rail `RAILSWITCH_<RAIL>_USE`, `_ENVIRONMENT`, `_USERNAME`, … (a dash of the name is `_`).
 * Throws `invalid_configuration` naming each variable that is unknown or unreadable; the rest is createPayments' to check.
 */
export const configFromEnv = (env: Environment): EnvironmentConfig => {
  const given = listOf(env[`${prefix}RAILS`]).map((name) => name.trim())
  const names = [...new Set(given.filter((name) => railPattern.test(name)))]
  const issues: Issue[] = [...railNameIssues(env, given), ...unknownVariables(env, names)]
  const providers = Object.fromEntries(names.map((name) => [name, railFrom(env, name, issues)]))
  if (issues.length > 0) throw invalid('invalid_configuration', issues)
  const statement = env[`${prefix}STATEMENT`]
  return {
    active: env[`${prefix}ACTIVE`] ?? names[0] ?? '',
    providers,
    callbacks: { url: env[`${prefix}CALLBACK_URL`] ?? '', secrets: listOf(env[`${prefix}CALLBACK_SECRETS`]) },
    ...(statement !== undefined && { statement }),
  }
}

const listOf = (text: string | undefined): readonly string[] => (text ?? '').split(',').filter((part) => part !== '')

const railPrefix = (name: string): string => `${prefix}${name.toUpperCase().replaceAll('-', '_')}_`

/** By position, from 1: what is no rail's name, or has no variable, may be a secret that was put here by mistake. */
const railNameIssues = (env: Environment, names: readonly string[]): readonly Issue[] =>
  names.flatMap((name, index) => {
    const field = `${prefix}RAILS`
    const rail = `rail ${index + 1}`
    if (!railPattern.test(name)) return [{ field, rule: `${rail}: ${railNameRule}`, fix: 'correct the name' }]
    if (names.indexOf(name) < index) return [{ field, rule: `names ${rail} twice`, fix: 'remove it' }]
    const variables = Object.keys(railOptions).map((option) => railPrefix(name) + option)
    if (variables.some((variable) => topLevel.some((own) => prefix + own === variable)))
      return [{ field, rule: `${rail}: a variable of it means something else already`, fix: 'give it another name' }]
    return variables.some((variable) => env[variable] !== undefined || env[`${variable}_FILE`] !== undefined)
      ? []
      : [
          {
            field,
            rule: `no variable names an option of ${rail}`,
            fix: `set ${prefix}<RAIL>_USE and the others, with a dash of its name as _`,
          },
        ]
  })

const unknownVariables = (env: Environment, names: readonly string[]): Issue[] => {
  const known = new Set(topLevel.map((name) => prefix + name))
  for (const name of names)
    for (const option of Object.keys(railOptions)) {
      known.add(railPrefix(name) + option)
      known.add(`${railPrefix(name) + option}_FILE`)
    }
  return Object.keys(env)
    .filter((variable) => variable.startsWith(prefix) && !known.has(variable))
    .map((variable) => ({
      field: variable,
      rule: 'is not a variable that railswitch reads',
      fix: `correct its spelling, or add its rail to ${prefix}RAILS`,
    }))
}

/** Whether the options are right is the provider's to say, so that a mistake is named once and in one way. */
const railFrom = (env: Environment, name: string, issues: Issue[]): RailConfig =>
  Object.fromEntries(
    Object.entries(railOptions).flatMap(([variable, option]) => {
      const value = valueFrom(env, railPrefix(name) + variable, issues)
      return value === undefined ? [] : [[option, value]]
    }),
  ) as unknown as RailConfig

const valueFrom = (env: Environment, variable: string, issues: Issue[]): string | undefined => {
  const given = env[variable]
  const path = env[`${variable}_FILE`]
  if (path === undefined) return given
  if (given !== undefined)
    issues.push({ field: variable, rule: `is given twice, as ${variable}_FILE too`, fix: 'remove one of the two' })
  return readText(path, `${variable}_FILE`, issues)
}

/** Editors and secret stores end a file with a line break that is no part of what it holds. */
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
