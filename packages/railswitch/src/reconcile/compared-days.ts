import { type Days, dayMs, type Issue, invalid } from '@railswitch/core'

/** Days in UTC as ISO dates, such as `2026-01-31`, both inclusive. */
export interface ComparedDays {
  /** Default: three days before `to`. */
  readonly from?: string
  /** Default: today. */
  readonly to?: string
}

/** Throws `invalid_input`. */
export const comparedDays = (input: ComparedDays, now: Date): Days => {
  const to = input.to ?? isoDay(now.getTime())
  const from = input.from ?? (isDay(to) ? isoDay(Date.parse(to) - 3 * dayMs) : to)
  const issues: readonly Issue[] = [
    ...Object.entries({ from, to })
      .filter(([, day]) => !isDay(day))
      .map(([field]) => ({ field, rule: 'is not a day', fix: "write it such as '2026-01-31'" })),
    ...(from > to ? [{ field: 'to', rule: 'is before `from`', fix: 'swap them' }] : []),
  ]
  if (issues.length > 0) throw invalid('invalid_input', issues)
  return { from, to }
}

const isDay = (day: unknown): boolean =>
  typeof day === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  isoDay(Date.parse(day)) === day

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10)
