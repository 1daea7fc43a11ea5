import { factsOf, isLeft, type PaymentRecord, right, sameMoney } from '@railswitch/core'
import { daysAround } from './days-around.ts'
import { countsOf, listBetween, type Sought, toListed } from './listed-transactions.ts'
import { factsIn, type LookUpContext, lookUpEach, type PartlyFound } from './look-up-query.ts'

/**
 * What payabl's own lists say of a chargeback or refund that needs it: whether one that was reported again at another time is a
 * further one, and whether one is true that was reported without proof.
 */
export const lookUpListings = (context: LookUpContext, record: PaymentRecord): PartlyFound =>
  lookUpEach(unclearIn(record), async ({ sought, times }) => {
    const [first = '', last = ''] = [times[0], times.at(-1)]
    const listed = await listBetween(context, sought.type, daysAround(before(first), context.now().toISOString()))
    if (isLeft(listed)) return listed
    const counts = countsOf(listed.right, sought, record)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    // How soon the list shows what was reported is not published: fewer than reported prove nothing on the same day.
    const isComplete = total >= times.length || context.now().getTime() - Date.parse(last) >= dayMs
    return right(isComplete ? toListed(sought, counts, last, context.now()) : [])
  })

const dayMs = 86_400_000

/** What was reported may have been booked some time before. */
const before = (time: string): string => new Date(Date.parse(time) - 31 * dayMs).toISOString()

interface Unclear {
  readonly sought: Sought
  /** ISO 8601: when it was reported, earliest first. */
  readonly times: readonly string[]
}

const unclearIn = (record: PaymentRecord): readonly Unclear[] => {
  const facts = factsOf(factsIn(record), 'review').filter(
    ({ reason }) => reason === 'possible_duplicate' || reason === 'unsigned_money',
  )
  const unclear = facts.flatMap(({ intent: deposit, money: amount, vendorId, evidence }): readonly Unclear[] => {
    const type = record.reports.find(({ id }) => evidence.includes(id))?.method
    if (!amount || (type !== 'chb' && type !== 'refund')) return []
    return [{ sought: { type, deposit, amount }, times: timesOf(record, { type, deposit, amount }, vendorId) }]
  })
  const keyOf = ({ sought: { type, deposit, amount } }: Unclear) =>
    [type, deposit, amount.value, amount.currency].join(' ')
  return [...new Map(unclear.map((one) => [keyOf(one), one])).values()]
}

const timesOf = ({ reports }: PaymentRecord, { type, amount }: Sought, vendorId: string): readonly string[] => {
  const alike = reports.filter(
    (report) =>
      report.intent !== null &&
      report.method === type &&
      report.vendorId === vendorId &&
      (report.money === undefined || sameMoney(report.money, amount)),
  )
  return [...new Set(alike.map(({ at }) => at))].sort()
}
