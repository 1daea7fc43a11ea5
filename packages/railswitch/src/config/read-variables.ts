import { readFileSync } from 'node:fs'
import { closest, type Issue, invalid, type ProviderDefinition, railPattern, railPrefix } from '@railswitch/core'
import type { VariableIssue, Variables } from './config-sources.ts'
import { readListedRails } from './listed-rails.ts'
import {
  type Environment,
  type OptionVariable,
  prefix,
  railVariables,
  topVariables,
  valueFrom,
} from './option-variables.ts'
import { isProviderObject } from './provider-object.ts'

/** An option of a configuration, and the variable that sets it. */
type FieldVariable = Omit<OptionVariable, 'option'> & { readonly field: string }

export interface ReadVariables {
  /** The rails of the file, those that `RAILSWITCH_RAILS` names, and those that it should name. */
  readonly rails: readonly string[]
  /** Every option of a configuration with these rails. */
  readonly options: readonly FieldVariable[]
  /** The options that variables set. */
  readonly set: Variables
  /** The mistakes in the names of variables and in their files. `createPayments` reports them beside those in the values. */
  readonly issues: readonly VariableIssue[]
}

export interface VariablesContext {
  /** `providers` of a file. */
  readonly inFile?: Readonly<Record<string, unknown>>
  readonly definitions: readonly ProviderDefinition[]
  /** If the environment is not an object. */
  readonly fix: string
}

/** Reads the variables of all rails. Throws only if the environment is not an object. */
export const readVariables = (
  environment: Environment,
  { inFile = {}, definitions, fix }: VariablesContext,
): ReadVariables => {
  if (typeof environment !== 'object' || environment === null)
    throw invalid('invalid_configuration', [{ field: 'env', rule: 'must be an object of variables', fix }])
  const { env, issues: notText } = textsOf(environment)
  const configured = Object.keys(inFile).filter((name) => railPattern.test(name) && isOptions(inFile[name]))
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
  const listed = readListedRails(env, {
    configured,
    variablesOf: (rail) => optionsOfRail(rail).map(({ variable }) => variable),
  })
  const rails = [...new Set([...configured, ...listed.rails])]
  const options = [
    ...topVariables.map(({ option, variable, reading }) => ({ field: option, variable: prefix + variable, reading })),
    ...rails.flatMap(optionsOfRail),
  ]
  const issues: VariableIssue[] = [...notText, ...listed.issues, ...unknownVariableIssues(env, options, rails)]
  const texts = options.flatMap(({ field, variable, reading }) => {
    const read = textFrom(env, variable, issues)
    if (reading === 'key' && read?.variable === variable) issues.push(...keyTextIssues(variable, read.text))
    return read ? [[field, { variable: read.variable, value: valueFrom(read.text, reading) }] as const] : []
  })
  const set = texts.map(([field, { variable, value }]) => {
    const [, rail, option] = field.split('.')
    const definition = option === 'use' && rail !== undefined ? definitionOf(rail) : undefined
    return [field, { variable, value: definition ?? value }] as const
  })
  return { rails, options, set: new Map(set), issues }
}

/** The variables whose values are texts, and an issue for each other one. */
const textsOf = (
  environment: Environment,
): { readonly env: Environment; readonly issues: readonly VariableIssue[] } => {
  const isOther = (name: string) => name.startsWith(prefix) && !isText(environment[name])
  return {
    env: Object.fromEntries(Object.entries(environment).filter(([name]) => !isOther(name))),
    issues: Object.keys(environment)
      .filter(isOther)
      .map((field) => ({
        field,
        rule: 'must be text',
        fix: 'write it as text; separate several values by commas',
        leadsTo: [field.replace(/_FILE$/, '')],
      })),
  }
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

const unknownVariableIssues = (
  env: Environment,
  options: readonly FieldVariable[],
  rails: readonly string[],
): readonly VariableIssue[] => {
  const known = [`${prefix}RAILS`, ...options.flatMap(({ variable }) => [variable, `${variable}_FILE`])]
  return Object.keys(env)
    .filter((variable) => variable.startsWith(prefix) && !known.includes(variable))
    .map((variable) => {
      const meant = meantBy(variable, known, rails)
      return {
        field: variable,
        rule: 'is not a variable that railswitch reads',
        fix: meant === null ? fixOf(variable, rails) : `write ${meant}`,
        // A value that the meant variable has itself is another mistake.
        leadsTo: meant === null ? [] : [meant, meant.replace(/_FILE$/, '')].filter((name) => env[name] === undefined),
      }
    })
}

const meantBy = (variable: string, known: readonly string[], rails: readonly string[]): string | null => {
  const own = rails.map(railPrefix).find((start) => variable.startsWith(start))
  return own === undefined ? closest(variable, known) : closestOfRail(variable, known, own)
}

const fixOf = (variable: string, rails: readonly string[]): string =>
  rails.some((rail) => variable.startsWith(railPrefix(rail)))
    ? 'correct its spelling: docs/configuration.md of the package railswitch lists the variables of a rail'
    : `correct its spelling, or add its rail to ${prefix}RAILS`

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

const textFrom = (env: Environment, variable: string, issues: VariableIssue[]): ReadText | undefined => {
  const text = env[variable]
  const path = env[`${variable}_FILE`]
  if (path === undefined) return text === undefined ? undefined : { variable, text }
  if (text !== undefined)
    issues.push({
      field: variable,
      rule: `is set twice, also as ${variable}_FILE`,
      fix: 'remove one of the two',
      leadsTo: [`${variable}_FILE`],
    })
  return readText(path, `${variable}_FILE`, issues)
}

/** Removes a final line break, which editors and secret stores add. */
const readText = (path: string, variable: string, issues: VariableIssue[]): ReadText | undefined => {
  try {
    return { variable, text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') }
  } catch {
    issues.push({
      field: variable,
      rule: 'names a file that cannot be read',
      fix: 'check the path and its permissions',
      leadsTo: [variable.replace(/_FILE$/, '')],
    })
    return undefined
  }
}
