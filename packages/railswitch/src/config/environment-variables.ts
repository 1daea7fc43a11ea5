import type { Issue } from '@railswitch/core'

/** The environment variable of each field of a configuration, and the value that it had. */
export type Variables = ReadonlyMap<string, { readonly variable: string; readonly value: unknown }>

const key = Symbol('environment variables')

/** The configuration with the variables that it was read from. Object spread copies them. */
export const withVariables = <C extends object>(config: C, variables: Variables): C =>
  Object.assign({ ...config }, { [key]: () => variables })

/**
 * The issues, with the name of the environment variable instead of the field, if the field still has the value of `configFromEnv`: an
 * application may have replaced some of the values.
 */
export const namedByVariables = (config: object, issues: readonly Issue[]): readonly Issue[] => {
  const variables = (config as { readonly [key]?: () => Variables })[key]?.()
  return variables ? issues.map((issue) => namedByVariable(config, issue, variables)) : issues
}

const namedByVariable = (config: object, issue: Issue, variables: Variables): Issue => {
  const source = variables.get(issue.field)
  if (source) return valueAt(config, issue.field) === source.value ? { ...issue, field: source.variable } : issue
  const [, list = '', index] = /^(.+)\.(\d+)$/.exec(issue.field) ?? []
  const listed = variables.get(list)
  if (!listed || valueAt(config, list) !== listed.value) return issue
  return { ...issue, field: listed.variable, rule: `number ${Number(index) + 1} ${issue.rule}` }
}

const valueAt = (config: unknown, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => Object(value)[name], config)
