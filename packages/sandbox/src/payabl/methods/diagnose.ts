import type { Transaction } from '../state/payment.ts'
import { toLocalDay } from '../wire/local-time.ts'
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
  const own = ledger.payments().map((payment) => payment.transactions.filter(isVisible))
  const isWithin = ({ issued }: Transaction, { first, last }: DateRange) => {
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
      const firsts = own.flatMap(([first]) => (first?.payment.orderid === query.orderid ? [first] : []))
      return { elements: firsts.filter((first) => isWithin(first, query.range)).map(steps), layout: 'indented' }
    }
    case 'type': {
      const listed = own
        .flat()
        .filter((transaction) => isListed(transaction, query.type, assumptions) && isWithin(transaction, query.range))
      return { elements: listed.map((transaction) => toListed(transaction, assumptions)), layout: 'terse' }
    }
    default:
      return query satisfies never
  }
}
