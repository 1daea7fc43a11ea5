import { invalid } from '@railswitch/core'

const dayMs = 86_400_000

/** Each day from `from` up to and without `until`, with the day after it: `YYYY-MM-DD`. Throws `invalid_input`. */
export const daysBetween = function* (from: string, until: string): Generator<readonly [string, string], void> {
  const issues = Object.entries({ from, until }).flatMap(([field, day]) =>
    isDay(day) ? [] : [{ field, rule: 'must be a day as YYYY-MM-DD', fix: "write it such as '2026-11-21'" }],
  )
  if (issues.length === 0 && until <= from)
    issues.push({ field: 'until', rule: 'must be after `from`', fix: 'give the day after the last one that is wanted' })
  if (issues.length > 0) throw invalid('invalid_input', issues)
  for (let day = from; day < until; day = dayAfter(day)) yield [day, dayAfter(day)]
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) + dayMs).toISOString().slice(0, 10)
