import type * as z from 'zod'

/** One mistake in an input or a configuration. `field` is a dotted path. No member contains the value that was passed. */
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

/** Converts zod's issues. zod's own messages never contain the received value, and ours must not either. */
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
          ? { field, rule: 'is required', fix: `pass ${withArticle(issue.expected)}` }
          : { field, rule: `must be ${withArticle(issue.expected)}`, fix: `pass ${withArticle(issue.expected)}` },
      ]
    case 'invalid_union': {
      // The issues of the branch whose type the value has.
      const matching = issue.errors.find((branch) =>
        branch.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
      )
      if (!matching)
        return [{ field, rule: 'is missing or has the wrong type', fix: 'see the documentation of this field' }]
      return matching
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
