import { dayMs, factsOf, isLeft, type PaymentRecord, right, sameMoney } from '@railswitch/core/provider'
import { daysAround } from '../wire/dates.ts'
import { withoutOtherOrders } from './foreign-orders.ts'
import { countsOf, type ListQuery, listBetween, toListed } from './listed-transactions.ts'
import { factsIn, type LookUpContext, lookUpEach, type QueryResults } from './query.ts'

/**
 * Looks up chargebacks and refunds in payabl's lists: whether one that was reported again at another time is a second one, and
 * whether one that was reported without proof exists.
 */
export const lookUpListings = (context: LookUpContext, record: PaymentRecord): QueryResults =>
  lookUpEach(unclearReportsIn(record), async ({ query, times }) => {
    const [first = '', last = ''] = [times[0], times.at(-1)]
    const listed = await listBetween(context, query.type, daysAround(before(first), context.now().toISOString()))
    if (isLeft(listed)) return listed
    const own = await withoutOtherOrders(context, record, query.deposit, countsOf(listed.right, query, record))
    if (isLeft(own)) return own
    const counts = own.right
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    // payabl does not state how soon the list shows a report: on the same day, fewer than reported prove nothing.
    const isComplete = total >= times.length || context.now().getTime() - Date.parse(last) >= dayMs
    return right(isComplete ? toListed(query, counts, last, context.now()) : [])
  })

/** A report can come some time after its booking. */
const before = (time: string): string => new Date(Date.parse(time) - 31 * dayMs).toISOString()

interface UnclearReport {
  readonly query: ListQuery
  /** The times of its reports, ISO 8601, earliest first. */
  readonly times: readonly string[]
}

const unclearReportsIn = (record: PaymentRecord): readonly UnclearReport[] => {
  const facts = factsOf(factsIn(record), 'review').filter(
    ({ reason }) => reason === 'possible_duplicate' || reason === 'unsigned_money',
  )
  const unclear = facts.flatMap(({ intent: deposit, money: amount, vendorId, evidence }): readonly UnclearReport[] => {
    const type = record.reports.find(({ id }) => evidence.includes(id))?.method
    if (!amount || (type !== 'chb' && type !== 'refund')) return []
    return [{ query: { type, deposit, amount }, times: timesOf(record, { type, deposit, amount }, vendorId) }]
  })
  const keyOf = ({ query: { type, deposit, amount } }: UnclearReport) =>
    [type, deposit, amount.value, amount.currency].join(' ')
  return [...new Map(unclear.map((one) => [keyOf(one), one])).values()]
}

const timesOf = ({ reports }: PaymentRecord, { type, amount }: ListQuery, vendorId: string): readonly string[] => {
  const alike = reports.filter(
    (report) =>
      report.intent !== null &&
      report.method === type &&
      report.vendorId === vendorId &&
      (report.money === undefined || sameMoney(report.money, amount)),
  )
  return [...new Set(alike.map(({ at }) => at))].sort()
}
