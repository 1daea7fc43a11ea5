import { toIssues } from '../../errors/issue.ts'
import type { Schema } from '../../errors/schema.ts'

/** The fields that a schema refuses; empty if it accepts the input. */
export const refusedFields = (schema: Schema<unknown>, input: unknown): readonly string[] => {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : toIssues(parsed.error).map(({ field }) => field)
}

/** The input with the member at a dotted path replaced; undefined: left out. */
export const withMember = (input: object, path: string, value: unknown): object => {
  const [name = '', ...rest] = path.split('.')
  const { [name]: before, ...others } = input as Record<string, unknown>
  if (rest.length > 0) return { ...others, [name]: withMember(before as object, rest.join('.'), value) }
  return value === undefined ? others : { ...others, [name]: value }
}

/** Dotted paths of the members without which an input is refused. Money is one member. */
export const neededOf = (schema: Schema<unknown>, input: object): readonly string[] =>
  pathsOf(input).filter((path) => {
    const refused = refusedFields(schema, withMember(input, path, undefined))
    return refused.length > 0 && refused.every((one) => one === path || one.startsWith(`${path}.`))
  })

const pathsOf = (input: object): readonly string[] =>
  Object.entries(input).flatMap(([name, member]) =>
    typeof member === 'object' && !('currency' in member) ? pathsOf(member).map((path) => `${name}.${path}`) : [name],
  )
