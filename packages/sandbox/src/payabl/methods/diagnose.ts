import { dayMs } from '../../platform/clock.ts'
import { toLocalDay } from '../../platform/local-time.ts'
import type { Transaction } from '../state/payment.ts'
import { type QueryResult, queryResponse, refuseQuery } from '../wire/xml-response.ts'
import type { Action, ActionContext } from './action.ts'
import { type DateRange, type DiagnoseQuery, readQuery } from './diagnose-query.ts'
import { isListed, toListed } from './listed-transaction.ts'
import { toSteps } from './transaction-steps.ts'

/** Reports transactions: as steps by transaction or order, or as a list by type. `status` is the result of the query, not
 *  of a payment.
 *  @see https://docs.payabl.com/docs/diagnose-interface-1 */
export const diagnose: Action = {
  run: (context) => {
    const query = readQuery(context)
    if (query === 'too wide') return { status: 504, answer: { status: 504 }, hint: 'the dates are too far apart' }
    if ('status' in query) return query
    const found = search(query, context)
    if (found.elements.length === 0 && context.assumptions.diagnoseNothing === 'error')
      return { status: -6000, hint: 'nothing was found' }
    return { status: 0, answer: queryResponse(0, context, found) }
  },
  refuse: refuseQuery,
}

type Query = Exclude<DiagnoseQuery, 'too wide'>

const search = (query: Query, { account, ledger, assumptions, now }: ActionContext): QueryResult => {
  const latest = now().getTime() - assumptions.visibleAfterSeconds * 1000
  const isVisible = ({ payment, issued }: Transaction) => payment.account === account && issued.getTime() <= latest
  const isWithin = ({ issued }: Transaction, { first, last }: DateRange) => {
    if (!isNear(issued, { first, last })) return false
    const day = toLocalDay(issued, assumptions.timeZone)
    return day >= first && day <= last
  }
  const steps = (found: Transaction) => toSteps(found, found.payment.transactions.filter(isVisible), assumptions)
  switch (query.by) {
    case 'tx': {
      const found = ledger.find(query.transactionId)
      return { elements: found && isVisible(found) ? [steps(found)] : [], layout: 'indented' }
    }
    case 'orderid': {
      const firsts = ledger
        .withOrder(query.orderid)
        .flatMap(({ transactions }) => transactions.filter(isVisible).slice(0, 1))
      return { elements: firsts.filter((first) => isWithin(first, query.range)).map(steps), layout: 'indented' }
    }
    case 'type': {
      const listed = ledger
        .paymentsOf(account)
        .flatMap(({ transactions }) => transactions.filter(isVisible))
        .filter((transaction) => isListed(transaction, query.type, assumptions) && isWithin(transaction, query.range))
      return { elements: listed.map((transaction) => toListed(transaction, assumptions)), layout: 'terse' }
    }
    default:
      return query satisfies never
  }
}

// Finding the day in a time zone takes long, so that far days are ruled out first.
const isNear = (time: Date, { first, last }: DateRange): boolean => {
  const [earliest, latest] = [first, last].map(startOfDay)
  return time.getTime() >= (earliest ?? 0) - dayMs && time.getTime() < (latest ?? 0) + 2 * dayMs
}

const startOfDay = (day: number): number =>
  day === 0 || day === Number.POSITIVE_INFINITY
    ? day
    : Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)
