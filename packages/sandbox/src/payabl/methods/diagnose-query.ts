import { dayMs } from '../../platform/clock.ts'
import { toLocalDay } from '../../platform/local-time.ts'
import { textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { ActionContext } from './action.ts'

/** The first and the last day of a query, both included, as `20261120`. */
export interface DateRange {
  readonly first: number
  readonly last: number
}

/** A well-formed query of tx_diagnose. */
export type DiagnoseQuery =
  | { readonly by: 'tx'; readonly transactionId: string }
  | { readonly by: 'orderid'; readonly orderid: string; readonly range: DateRange }
  | { readonly by: 'type'; readonly type: ListedType; readonly range: DateRange }
  | 'too wide'

export const listedTypes = ['capture', 'refund', 'cft', 'chb', 'retrieval_request', 'pending', 'failed'] as const

export type ListedType = (typeof listedTypes)[number]

/** @see https://docs.payabl.com/docs/diagnose-interface-1 */
export const readQuery = ({
  form,
  assumptions,
}: Pick<ActionContext, 'form' | 'assumptions'>): DiagnoseQuery | Refusal => {
  const type = textOf(form, 'type')
  if (type === 'tx') {
    const transactionId = textOf(form, 'transactionid')
    if (transactionId === undefined) return { status: -6000, hint: 'transactionid is missing' }
    return { by: 'tx', transactionId }
  }
  const isServed = (name: ListedType) =>
    assumptions.moreLists === 'served' || !(name === 'pending' || name === 'failed')
  const listed = listedTypes.find((name) => name === type && isServed(name))
  if (!listed && type !== 'orderid') return { status: -6000, hint: 'type is missing or unknown' }
  const orderid = form.values.get('orderid')
  if (!listed && !orderid) return { status: -6000, hint: 'orderid is missing' }
  const dated = textOf(form, 'start_date') !== undefined || textOf(form, 'end_date') !== undefined
  const range = dated || listed || assumptions.diagnoseDates === 'mandatory' ? readRange(form, assumptions) : always
  if (range === 'too wide' || 'status' in range) return range
  return listed ? { by: 'type', type: listed, range } : { by: 'orderid', orderid: orderid ?? '', range }
}

const always: DateRange = { first: 0, last: Number.POSITIVE_INFINITY }

const readRange = (
  form: ActionContext['form'],
  { widestDiagnoseDays }: ActionContext['assumptions'],
): DateRange | Refusal | 'too wide' => {
  const [start, end] = [readDay(textOf(form, 'start_date')), readDay(textOf(form, 'end_date'))]
  if (!start || !end) return { status: -6000, hint: 'start_date or end_date is missing or not dd.mm.yyyy' }
  const days = (end.getTime() - start.getTime()) / dayMs
  if (days < 0) return { status: -6000, hint: 'end_date is before start_date' }
  if (days > widestDiagnoseDays) return 'too wide'
  return { first: toLocalDay(start, 'UTC'), last: toLocalDay(end, 'UTC') }
}

const readDay = (text = ''): Date | undefined => {
  const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text) ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return Number(day) === date.getUTCDate() ? date : undefined
}
