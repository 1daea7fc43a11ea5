import type { Issue } from '@railswitch/core'

/** The environment variable of each field of a configuration, and its value. */
export type Variables = ReadonlyMap<string, { readonly variable: string; readonly value?: unknown }>

/** A mistake in the name or the file of a variable. */
export interface VariableIssue extends Issue {
  /** The variables whose issues only follow from this one. */
  readonly leadsTo?: readonly string[]
}

/** Where a configuration was read from. A field that no variable sets comes from the file, if there is one. */
export interface ConfigSources {
  readonly variables: Variables
  /** The name of the file that was read. */
  readonly file?: string
  readonly issues: readonly VariableIssue[]
}

interface Read extends ConfigSources {
  /** The configuration as it was read. */
  readonly config: object
}

const key = Symbol('sources of the configuration')

type WithSources = { readonly [key]?: () => Read }

/**
 * The configuration with the sources that it was read from. Object spread copies them. An application that passes on only `providers` has
 * them in that object, so that no mistake is lost.
 */
export const withSources = <C extends { readonly providers?: unknown }>(config: C, sources: ConfigSources): C => {
  const read = (): Read => ({ ...sources, config: marked })
  const marked: C = {
    ...config,
    ...(isObject(config.providers) && {
      providers: Object.defineProperty({ ...Object(config.providers) }, key, { value: read }),
    }),
    [key]: read,
  }
  return marked
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The issues of the sources, and those of the values, named by their sources, that do not only follow from them. */
export const issuesBySources = (config: object, issues: readonly Issue[]): readonly Issue[] => {
  const { providers } = config as { readonly providers?: WithSources | null }
  const read = (config as WithSources)[key]?.() ?? providers?.[key]?.()
  const own = read?.issues ?? []
  const explained = own.flatMap(({ field, leadsTo = [] }) => [field, ...leadsTo])
  return [
    ...own.map(({ field, rule, fix }) => ({ field, rule, fix })),
    ...namedBySources(config, issues).filter(({ field }) => !explained.includes(field)),
  ]
}

/** The configuration with these values at their fields. */
export const withValues = <C extends object>(config: C, values: ReadonlyMap<string, { readonly value?: unknown }>): C =>
  [...values].reduce((filled, [field, { value }]) => withValue(filled, field.split('.'), value) as C, config)

const withValue = (object: unknown, [name = '', ...rest]: readonly string[], value: unknown): object => ({
  ...Object(object),
  [name]: rest.length === 0 ? value : withValue(Object(object)[name], rest, value),
})

/**
 * The issues, with the environment variable or the file in `field`, if the field still has the value that was read: an application may
 * have replaced some of the values.
 */
const namedBySources = (config: object, issues: readonly Issue[]): readonly Issue[] => {
  const read = (config as WithSources)[key]?.()
  return read ? issues.map((issue) => namedByVariable(config, issue, read) ?? namedByFile(config, issue, read)) : issues
}

const namedByVariable = (config: object, issue: Issue, { variables, ...read }: Read): Issue | undefined => {
  const source = variables.get(issue.field)
  if (source && !isUnchanged(config, read, issue.field)) return undefined
  if (source) return { ...('value' in source ? issue : missing(issue)), field: source.variable }
  const [, list = '', index] = /^(.+)\.(\d+)$/.exec(issue.field) ?? []
  const listed = variables.get(list)
  if (!listed || !isUnchanged(config, read, list)) return undefined
  return { ...issue, field: listed.variable, rule: `number ${Number(index) + 1} ${issue.rule}` }
}

/** The value of a variable that is not set breaks no rule of its form. Some options are required only beside others. */
const missing = ({ rule, fix, ...issue }: Issue): Issue => ({
  ...issue,
  rule: /^is required./.test(rule) ? rule.replace('is required', 'is missing, and is required') : 'is missing',
  fix: fix.replace(/^pass /, 'write '),
})

/** Where the value of a field was read: the name of a variable or of a file. */
export type ConfigSource = { readonly variable: string } | { readonly file: string }

/**
 * Where a field of a configuration, such as `providers.trustly.username`, has its value from. Null: it is not set, or neither
 * `configFromEnv` nor `configFromFile` has read it.
 */
export const configSource = (config: object, field: string): ConfigSource | null => {
  const read = (config as WithSources)[key]?.()
  if (!read || valueAt(read.config, field) === undefined || !isUnchanged(config, read, field)) return null
  const variable = read.variables.get(field)
  if (variable && 'value' in variable) return { variable: variable.variable }
  return read.file === undefined ? null : { file: read.file }
}

/** What JSON cannot contain is missing in the application, not in the file. */
const ofTheApplication = ['store', 'logger', 'onError', 'transport', 'clock']

const namedByFile = (config: object, issue: Issue, { file, ...read }: Read): Issue => {
  const [member = ''] = issue.field.split('.')
  if (file === undefined || (ofTheApplication.includes(member) && !(member in read.config))) return issue
  return isUnchanged(config, read, issue.field) ? { ...issue, field: `${issue.field} in ${file}` } : issue
}

const isUnchanged = (config: object, read: Pick<Read, 'config'>, field: string): boolean =>
  Object.is(valueAt(config, field), valueAt(read.config, field))

const valueAt = (config: unknown, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => Object(value)[name], config)
