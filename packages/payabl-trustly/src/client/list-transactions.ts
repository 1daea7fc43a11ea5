import { dayMs, type Issue, invalid, isLeft, type PaymentError, type TaskEither } from '@railswitch/core/provider'
import { toDiagnoseDate } from '../wire/dates.ts'
import type { Diagnosis, ListedTransaction } from '../wire/tx-diagnose.ts'
import type { DiagnoseSelector, ListedType } from './parameter-types.ts'

type Diagnose = (selector: DiagnoseSelector, signal?: AbortSignal) => TaskEither<PaymentError, Diagnosis>

/** Calendar days, both inclusive, in payabl's time zone, which it does not state. */
interface Days {
  readonly from: string
  readonly to: string
}

/**
 * tx_diagnose by type over any period: "Don't set up date range more than months. In case of 504, reduce the timeframe". So it is
 * called month by month, and a part with the response 504 is halved, down to one day. Throws PaymentError.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export async function* listTransactions(
  diagnose: Diagnose,
  type: ListedType,
  days: Days,
  signal?: AbortSignal,
): AsyncGenerator<ListedTransaction, void, void> {
  const issues = dayIssues(days)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const parts = monthsOf(days)
  for (let part = parts.shift(); part; part = parts.shift()) {
    const selector = { type, start_date: toDiagnoseDate(part.from) ?? '', end_date: toDiagnoseDate(part.to) ?? '' }
    const diagnosed = await diagnose(selector, signal)()
    if (!isLeft(diagnosed)) {
      for (const transaction of diagnosed.right.transactions) if (transaction.form === 'listed') yield transaction
    } else if (diagnosed.left.vendor?.code === '504' && part.from < part.to) parts.unshift(...halvesOf(part))
    else throw diagnosed.left
  }
}

const dayIssues = ({ from, to }: Days): readonly Issue[] => [
  ...[...Object.entries({ from, to })]
    .filter(([, day]) => toDiagnoseDate(day) === undefined)
    .map(([field]) => ({ field, rule: 'is not a day', fix: "write it such as '2026-01-31'" })),
  ...(from > to ? [{ field: 'to', rule: 'is before `from`', fix: 'swap them' }] : []),
]

/** The parts of the days that are in one calendar month. */
export const monthsOf = ({ from, to }: Days): Days[] => {
  const parts: Days[] = []
  for (let first = from; first <= to; ) {
    const [year = 0, month = 0] = first.split('-').map(Number)
    const last = isoDay(Date.UTC(year, month, 0))
    parts.push({ from: first, to: last < to ? last : to })
    first = isoDay(Date.UTC(year, month, 1))
  }
  return parts
}

const halvesOf = ({ from, to }: Days): readonly Days[] => {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs
  const middle = Date.parse(from) + Math.floor(days / 2) * dayMs
  return [
    { from, to: isoDay(middle) },
    { from: isoDay(middle + dayMs), to },
  ]
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10)
