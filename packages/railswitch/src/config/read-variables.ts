import { readFileSync } from 'node:fs'
import { closest, type Issue, invalid, type ProviderDefinition, railPattern, railPrefix } from '@railswitch/core'
import type { Variables } from './config-sources.ts'
import { listOf, type OptionVariable, prefix, railVariables, topVariables, valueFrom } from './option-variables.ts'
import { isProviderObject } from './provider-object.ts'
import { railNameRule } from './rail-issues.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** An option of a configuration, and the variable that sets it. */
type FieldVariable = Omit<OptionVariable, 'option'> & { readonly field: string }

export interface ReadVariables {
  /** The rails of the file and those that `RAILSWITCH_RAILS` names. */
  readonly rails: readonly string[]
  /** Every option of a configuration with these rails. */
  readonly options: readonly FieldVariable[]
  /** The options that variables set. */
  readonly set: Variables
}

export interface VariablesContext {
  /** `providers` of a file. */
  readonly inFile?: Readonly<Record<string, unknown>>
  readonly definitions: readonly ProviderDefinition[]
  /** If the environment is not an object. */
  readonly fix: string
}

/** Reads the variables of all rails. Throws with each mistake in their names and files. */
export const readVariables = (env: Environment, { inFile = {}, definitions, fix }: VariablesContext): ReadVariables => {
  if (typeof env !== 'object' || env === null)
    throw invalid('invalid_configuration', [{ field: 'env', rule: 'must be an object of variables', fix }])
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
  const listed = listOf(env[`${prefix}RAILS`])
  const configured = Object.keys(inFile).filter((name) => railPattern.test(name) && isOptions(inFile[name]))
  const rails = [...new Set([...configured, ...listed.filter((name) => railPattern.test(name))])]
  const definitionOf = (rail: string): ProviderDefinition | undefined => {
    const use = env[`${railPrefix(rail)}USE`] ?? Object(inFile[rail]).use
    return typeof use === 'object' && use !== null ? use : definitions.find((definition) => definition.use === use)
  }
  const optionsOfRail = (rail: string): readonly FieldVariable[] =>
    railVariablesOf(definitionOf(rail)).map(({ option, variable, reading }) => ({
      field: `providers.${rail}.${option}`,
      variable: railPrefix(rail) + variable,
      reading,
    }))
  const options = [
    ...topVariables.map(({ option, variable, reading }) => ({ field: option, variable: prefix + variable, reading })),
    ...rails.flatMap(optionsOfRail),
  ]
  const issues: Issue[] = [
    ...listed.flatMap((name, index) =>
      railNameIssues(env, { name, index, listed, configured, options: optionsOfRail }),
    ),
    ...variableIssues(env, options, rails),
  ]
  const texts = options.flatMap(({ field, variable, reading }) => {
    const read = textFrom(env, variable, issues)
    if (reading === 'key' && read?.variable === variable) issues.push(...keyTextIssues(variable, read.text))
    return read ? [[field, { variable: read.variable, value: valueFrom(read.text, reading) }] as const] : []
  })
  if (issues.length > 0) throw invalid('invalid_configuration', issues)
  const set = texts.map(([field, { variable, value }]) => {
    const [, rail, option] = field.split('.')
    const definition = option === 'use' && rail !== undefined ? definitionOf(rail) : undefined
    return [field, { variable, value: definition ?? value }] as const
  })
  return { rails, options, set: new Map(set) }
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

/** The variables of a provider object's options are its own. */
const isOptions = (rail: unknown): boolean => typeof rail === 'object' && rail !== null && !isProviderObject(rail)

const railVariablesOf = (definition: ProviderDefinition | undefined): readonly OptionVariable[] =>
  definition
    ? Object.entries({ USE: 'use', ...definition.variables }).map(([variable, option]) => ({
        option,
        variable,
        reading: 'text',
      }))
    : railVariables

interface ListedRail {
  readonly name: string
  readonly index: number
  readonly listed: readonly string[]
  readonly configured: readonly string[]
  readonly options: (rail: string) => readonly FieldVariable[]
}

/** A name that is not made of words may be a secret that was put here by mistake, so errors contain its position (from 1) instead. */
const displayNameOf = (name: string, index: number): string =>
  name.length <= 20 && /^[a-z]+\d{0,2}(?:-[a-z]+\d{0,2})*$/.test(name) ? name : `rail ${index + 1}`

const railNameIssues = (
  env: Environment,
  { name, index, listed, configured, options }: ListedRail,
): readonly Issue[] => {
  const field = `${prefix}RAILS`
  const rail = displayNameOf(name, index)
  if (!railPattern.test(name)) return [{ field, rule: `${rail}: ${railNameRule}`, fix: 'correct the name' }]
  if (listed.indexOf(name) < index) return [{ field, rule: `names ${rail} twice`, fix: 'remove it' }]
  const variables = options(name).map(({ variable }) => variable)
  if (variables.some((variable) => topVariables.some((top) => prefix + top.variable === variable)))
    return [{ field, rule: `${rail}: one of its variables already has another meaning`, fix: 'rename the rail' }]
  return configured.includes(name) ||
    variables.some((variable) => env[variable] !== undefined || env[`${variable}_FILE`] !== undefined)
    ? []
    : [
        {
          field,
          rule: `no variable sets an option of ${rail}`,
          fix: `set ${rail === name ? railPrefix(name) : `${prefix}<RAIL>_`}USE and the others, or remove the name`,
        },
      ]
}

const variableIssues = (
  env: Environment,
  options: readonly FieldVariable[],
  rails: readonly string[],
): readonly Issue[] => {
  const known = new Set([`${prefix}RAILS`, ...options.flatMap(({ variable }) => [variable, `${variable}_FILE`])])
  const unknown = Object.keys(env).filter((variable) => variable.startsWith(prefix) && !known.has(variable))
  const unlisted = unlistedRails(unknown, rails)
  return [
    ...unlistedRailIssues(unlisted, listOf(env[`${prefix}RAILS`]).length === 0 && rails.length === 0),
    ...unknown
      .filter((variable) => !unlisted.some((rail) => variable.startsWith(railPrefix(rail))))
      .map((variable) => ({
        field: variable,
        rule: 'is not a variable that railswitch reads',
        fix: fixOf(variable, [...known], rails),
      })),
  ]
}

const fixOf = (variable: string, known: readonly string[], rails: readonly string[]): string => {
  const own = rails.map(railPrefix).find((start) => variable.startsWith(start))
  const meant = own === undefined ? closest(variable, known) : closestOfRail(variable, known, own)
  if (meant !== null) return `write ${meant}`
  return own === undefined
    ? `correct its spelling, or add its rail to ${prefix}RAILS`
    : 'correct its spelling: docs/configuration.md of the package railswitch lists the variables of a rail'
}

/** `…_USER` means `…_USERNAME`, although `…_USE` is nearer. */
const closestOfRail = (variable: string, known: readonly string[], own: string): string | null => {
  const names = known.flatMap((name) => (name.startsWith(own) ? [name.slice(own.length)] : []))
  const given = variable.slice(own.length)
  const [file = ''] = /_FILE$/.exec(given) ?? []
  const part = given.slice(0, given.length - file.length)
  const [whole, ...others] = names.filter(
    (name) => !name.endsWith('_FILE') && (name.startsWith(part) || name.endsWith(`_${part}`)),
  )
  const meant = whole !== undefined && others.length === 0 ? whole + file : closest(given, names)
  return meant === null ? null : own + meant
}

/** The rails whose `_USE` is set, and that are neither listed nor the misspelt name of one that is. */
const unlistedRails = (unknown: readonly string[], rails: readonly string[]): readonly string[] =>
  unknown.flatMap((variable) => {
    const [, name = ''] = /^RAILSWITCH_(.+)_USE(?:_FILE)?$/.exec(variable) ?? []
    const rail = name.toLowerCase().replaceAll('_', '-')
    return railPattern.test(rail) && closest(rail, rails) === null ? [rail] : []
  })

const unlistedRailIssues = (unlisted: readonly string[], isMissing: boolean): readonly Issue[] => {
  const field = `${prefix}RAILS`
  if (isMissing && unlisted.length > 0)
    return [
      {
        field,
        rule: `is missing, and ${unlisted.join(', ')} ${unlisted.length === 1 ? 'has' : 'have'} variables`,
        fix: `write ${field}=${unlisted.join()}`,
      },
    ]
  return unlisted.map((rail) => ({
    field,
    rule: `does not name ${rail}, which has variables`,
    fix: `add ${rail}, or remove the variables that begin with ${railPrefix(rail)}`,
  }))
}

/** A key in a variable is a PEM block or a JWK. Whether it can be read, its provider says. */
const keyTextIssues = (variable: string, text: string): readonly Issue[] => {
  const isPem = text.includes('-----BEGIN')
  if (isPem && !text.includes('-----END'))
    return [
      {
        field: variable,
        rule: 'begins a key and does not end it',
        fix: `put all lines of the key into quotation marks in a .env file, or name the file in ${variable}_FILE instead`,
      },
    ]
  return isPem || /^\s*(?:\{|$)|[\r\n]/.test(text.trim())
    ? []
    : [
        {
          field: variable,
          rule: 'must be the text of a key, from -----BEGIN to -----END, and not a path',
          fix: `name the file in ${variable}_FILE instead`,
        },
      ]
}

interface ReadText {
  readonly variable: string
  readonly text: string
}

const textFrom = (env: Environment, variable: string, issues: Issue[]): ReadText | undefined => {
  const text = env[variable]
  const path = env[`${variable}_FILE`]
  if (path === undefined) return text === undefined ? undefined : { variable, text }
  if (text !== undefined)
    issues.push({ field: variable, rule: `is set twice, also as ${variable}_FILE`, fix: 'remove one of the two' })
  return readText(path, `${variable}_FILE`, issues)
}

/** Removes a final line break, which editors and secret stores add. */
const readText = (path: string, variable: string, issues: Issue[]): ReadText | undefined => {
  try {
    return { variable, text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') }
  } catch {
    issues.push({
      field: variable,
      rule: 'names a file that cannot be read',
      fix: 'check the path and its permissions',
    })
    return undefined
  }
}
