import type { Parameter } from './parameters.ts'

/** The parameters that are there, in the order given: `undefined` and `null` are left out, never spelt. */
export const listParameters = (record: Readonly<Record<string, string | null | undefined>>): readonly Parameter[] =>
  Object.entries(record).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  )
