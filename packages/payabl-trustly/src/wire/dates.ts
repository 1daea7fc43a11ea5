import { dayMs } from '@railswitch/core/provider'
/**
 * The `birthday` parameter, `ddmmyyyy`, of an ISO date (`1970-01-31`), or undefined if there is no such day.
 * @see https://docs.payabl.com/docs/parameters (read 2026-11-21)
 */
export const toBirthdayParameter = (isoDate: string): string | undefined => dayMonthYear(isoDate)?.join('')

/**
 * The `start_date` and `end_date` parameters, `dd.mm.yyyy`, both inclusive, of an ISO date, or undefined if there is no such day.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const toDiagnoseDate = (isoDate: string): string | undefined => dayMonthYear(isoDate)?.join('.')

const dayMonthYear = (isoDate: string): readonly [string, string, string] | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate) ?? []
  if (!year || !month || !day) return undefined
  const time = new Date(`${isoDate}T00:00:00Z`)
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(isoDate)
  return exists ? [day, month, year] : undefined
}

/** ISO dates, both inclusive, one day wider at each end than these times: payabl does not state its time zone. */
export const daysAround = (first: string, last = first): { readonly from: string; readonly to: string } => ({
  from: dayAfter(first, -1),
  to: dayAfter(last, 1),
})

/** The same as parameters of tx_diagnose. */
export const datesAround = (time: string): { readonly start_date: string; readonly end_date: string } => {
  const { from, to } = daysAround(time)
  return { start_date: toDiagnoseDate(from) ?? '', end_date: toDiagnoseDate(to) ?? '' }
}

const dayAfter = (time: string, days: number): string =>
  new Date(new Date(time).getTime() + days * dayMs).toISOString().slice(0, 10)
