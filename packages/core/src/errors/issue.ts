import type * as z from 'zod'
import { closest } from './closest.ts'
import type { Schema, SchemaError } from './schema.ts'

/** One mistake in an input or a configuration. `field` is a dotted path. No member contains the value that was passed, but for an amount. */
export interface Issue {
  readonly field: string
  readonly rule: string
  readonly fix: string
}

/** For zod's `refine`: the rule as the message and the fix as a parameter, so that `toIssues` can report both. */
export const validationRule = (text: string, fix: string): { error: string; params: { fix: string } } => ({
  error: text,
  params: { fix },
})

/** Prefixes each issue's field: a rail's own issues are reported under `providers.<rail>`. */
export const prefixIssues = (prefix: string, issues: readonly Issue[]): readonly Issue[] =>
  issues.map((issue) => ({ ...issue, field: issue.field === '' ? prefix : `${prefix}.${issue.field}` }))

/**
 * Converts zod's issues. zod's own messages never contain the received value, and ours must not either. `schema`: for fixes that name
 * the fields of an object. An issue about the whole value has the field `input`.
 */
export const toIssues = (error: SchemaError, schema?: Schema<unknown>): readonly Issue[] =>
  (error as z.ZodError).issues
    .flatMap((issue) => toIssue(issue, schema as z.ZodType | undefined))
    .map((issue) => (issue.field === '' ? { ...issue, field: 'input' } : issue))

const toIssue = (issue: z.core.$ZodIssue, root: z.ZodType | undefined): readonly Issue[] => {
  const field = issue.path.map(String).join('.')
  const schema = schemaAt(root, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(field, key, Object.keys(shapeOf(schema))))
    case 'invalid_type':
      return [typeIssue(field, [expectedValue(issue.expected, schema)], isMissing(issue))]
    case 'invalid_union': {
      // The issues of the branch whose type the value has.
      const matching = issue.errors.findIndex((branch) =>
        branch.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
      )
      const options = definitionOf(schema)?.options ?? []
      const branches = issue.errors[matching]
      if (branches)
        return branches
          .flatMap((inner) => toIssue(inner, options[matching]))
          .map((inner) => ({ ...inner, field: [field, inner.field].filter(Boolean).join('.') }))
      const expected = issue.errors.flatMap(([first], index) =>
        first?.code === 'invalid_type' ? [{ first, value: expectedValue(first.expected, options[index]) }] : [],
      )
      return [
        typeIssue(
          field,
          expected.map(({ value }) => value),
          expected.some(({ first }) => isMissing(first)),
        ),
      ]
    }
    case 'custom':
      return [{ field, rule: issue.message, fix: String(issue.params?.fix ?? 'see the documentation of this field') }]
    default:
      return [{ field, rule: issue.message, fix: 'see the documentation of this field' }]
  }
}

const isMissing = ({ message }: z.core.$ZodIssue): boolean => message.endsWith('received undefined')

const typeIssue = (field: string, values: readonly string[], missing: boolean): Issue => {
  const value = values.join(' or ') || 'another value'
  const rule = values.length > 1 ? 'has the wrong type' : `must be ${value}`
  return { field, rule: missing ? 'is required' : rule, fix: `pass ${value}` }
}

const unknownField = (field: string, key: string, known: readonly string[]): Issue => {
  const meant = closest(key, known)
  return {
    field: field === '' ? key : `${field}.${key}`,
    rule: 'is not a known field',
    fix: meant === null ? 'correct its spelling or leave it out' : `write ${meant}`,
  }
}

/** The description of a schema; of an object, its required fields; or zod's name of the type. */
const expectedValue = (expected: string, schema: z.ZodType | undefined): string => {
  const required = Object.entries(shapeOf(schema)).flatMap(([name, member]) =>
    canBeLeftOut(definitionOf(member)) ? [] : [name],
  )
  const { description } = withoutOptional(schema) ?? {}
  if (description !== undefined) return description
  if (required.length > 0) return `an object with ${required.join(', ')}`
  return expected === 'record' ? 'an object' : `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`
}

/** The parts of zod's definitions that name other schemas. */
interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
}

const definitionOf = (schema: z.ZodType | undefined): Definition | undefined =>
  schema?.def as unknown as Definition | undefined

const withoutOptional = (schema: z.ZodType | undefined): z.ZodType | undefined => {
  const definition = definitionOf(schema)
  return canBeLeftOut(definition) ? withoutOptional(definition?.innerType) : schema
}

const canBeLeftOut = (definition: Definition | undefined): boolean =>
  definition?.type === 'optional' || definition?.type === 'default'

const shapeOf = (schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> =>
  definitionOf(withoutOptional(schema))?.shape ?? {}

const schemaAt = (root: z.ZodType | undefined, path: readonly PropertyKey[]): z.ZodType | undefined =>
  path.reduce<z.ZodType | undefined>((schema, key) => {
    const definition = definitionOf(withoutOptional(schema))
    return definition?.shape?.[String(key)] ?? definition?.element ?? definition?.valueType
  }, withoutOptional(root))
