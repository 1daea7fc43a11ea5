import type * as z from 'zod'

/** One mistake in an input or a configuration. `field` is a dotted path; no member ever repeats the value that was given. */
export interface Issue {
  readonly field: string
  readonly rule: string
  readonly fix: string
}

/** For zod's `refine`: the rule as the message and the fix beside it, so that `toIssues` can tell both. */
export const rule = (text: string, fix: string): { error: string; params: { fix: string } } => ({
  error: text,
  params: { fix },
})

/** Prefixes each issue's field, as when a rail's own issues are reported under `providers.<rail>`. */
export const within = (prefix: string, issues: readonly Issue[]): readonly Issue[] =>
  issues.map((issue) => ({ ...issue, field: issue.field === '' ? prefix : `${prefix}.${issue.field}` }))

/** Translates zod's issues. zod's own messages never carry the received value, and ours must not either. */
export const toIssues = (error: z.ZodError): readonly Issue[] => error.issues.flatMap(toIssue)

const toIssue = (issue: z.core.$ZodIssue): readonly Issue[] => {
  const field = issue.path.map(String).join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: field === '' ? key : `${field}.${key}`,
        rule: 'is not a known field',
        fix: 'correct its spelling or leave it out',
      }))
    case 'invalid_type':
      return [
        issue.message.endsWith('received undefined')
          ? { field, rule: 'is required', fix: `give ${withArticle(issue.expected)}` }
          : { field, rule: `must be ${withArticle(issue.expected)}`, fix: `give ${withArticle(issue.expected)}` },
      ]
    case 'invalid_union': {
      // The branch that the given value was meant for is the one whose type is right.
      const meant = issue.errors.find((branch) =>
        branch.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
      )
      if (!meant)
        return [{ field, rule: 'is missing or of the wrong type', fix: 'see the documentation of this field' }]
      return meant
        .flatMap(toIssue)
        .map((inner) => ({ ...inner, field: [field, inner.field].filter(Boolean).join('.') }))
    }
    case 'custom':
      return [{ field, rule: issue.message, fix: String(issue.params?.fix ?? 'see the documentation of this field') }]
    default:
      return [{ field, rule: issue.message, fix: 'see the documentation of this field' }]
  }
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
