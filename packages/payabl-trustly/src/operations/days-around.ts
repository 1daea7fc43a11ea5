import { toDiagnoseDate } from '../wire/dates.ts'

/** ISO dates, both inclusive, a day wider at each end than these times: payabl does not state the zone of its own. */
export const daysAround = (first: string, last = first): { readonly from: string; readonly to: string } => ({
  from: dayAfter(first, -1),
  to: dayAfter(last, 1),
})

/** The same as tx_diagnose takes them. */
export const datesAround = (time: string): { readonly start_date: string; readonly end_date: string } => {
  const { from, to } = daysAround(time)
  return { start_date: toDiagnoseDate(from) ?? '', end_date: toDiagnoseDate(to) ?? '' }
}

const dayAfter = (time: string, days: number): string =>
  new Date(new Date(time).getTime() + days * 86_400_000).toISOString().slice(0, 10)
