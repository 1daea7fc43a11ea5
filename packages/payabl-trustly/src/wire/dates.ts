/** The `birthday` parameter, `ddmmyyyy`, of an ISO date (`1970-01-31`); undefined if there is no such day.
 *  @see https://docs.payabl.com/docs/parameters (read 2026-11-21) */
export const toBirthdayParameter = (isoDate: string): string | undefined => dayMonthYear(isoDate)?.join('')

/** The `start_date` and `end_date` parameters, `dd.mm.yyyy`, both inclusive, of an ISO date; undefined if there is no
 *  such day. @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21) */
export const toDiagnoseDate = (isoDate: string): string | undefined => dayMonthYear(isoDate)?.join('.')

const dayMonthYear = (isoDate: string): readonly [string, string, string] | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate) ?? []
  if (!year || !month || !day) return undefined
  const time = new Date(`${isoDate}T00:00:00Z`)
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(isoDate)
  return exists ? [day, month, year] : undefined
}
