import { invalid } from '@railswitch/core'

/** The quoted name of the schema that holds our tables. Throws `invalid_configuration` for a name that needs more than letters. */
export const quotedSchema = (name = 'railswitch'): string => {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return `"${name}"`
  throw invalid('invalid_configuration', [
    { field: 'schema', rule: 'must be 1 to 63 of a-z 0-9 _, not beginning with a digit', fix: "use 'railswitch'" },
  ])
}
