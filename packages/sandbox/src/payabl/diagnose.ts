import type { Action, ActionContext } from './action.ts'
import type { PayablAssumptions } from './assumptions.ts'
import { type DateRange, type DiagnoseQuery, type ListedType, readQuery } from './diagnose-query.ts'
import type { Payment, Transaction } from './ledger.ts'
import { toLocalDay, toLocalTime } from './local-time.ts'
import { formatAmount } from './money.ts'
import { queryAnswer } from './query-answer.ts'
import type { XmlElement } from './xml.ts'

/** Tells what became of transactions: steps by transaction or order, a list by type. Finding nothing is a success
 *  too, and nothing tells credited from not credited yet.
 *  @see https://docs.payabl.com/docs/diagnose-interface-1 */
export const diagnose: Action = {
  run: (context) => {
    const query = readQuery(context)
    if (query === 'too wide') return { status: 504, answer: { status: 504 }, hint: 'the dates are too far apart' }
    if ('status' in query) return query
    return { status: 0, answer: queryAnswer(0, context, search(query, context)) }
  },
  refuse: queryAnswer,
}

type Query = Exclude<DiagnoseQuery, 'too wide'>

const search = (query: Query, { account, ledger, assumptions }: ActionContext): readonly XmlElement[] => {
  const own = ledger.payments().filter((payment) => payment.account === account)
  const isWithin = ({ issued }: Transaction, { first, last }: DateRange) => {
    const day = toLocalDay(issued, assumptions.timeZone)
    return day >= first && day <= last
  }
  switch (query.by) {
    case 'tx': {
      const found = ledger.find(query.transactionId)
      return found?.payment.account === account ? [toSteps(found, assumptions)] : []
    }
    case 'orderid':
      return own
        .filter(({ orderid }) => orderid === query.orderid)
        .flatMap(({ transactions: [first] }) => (first && isWithin(first, query.range) ? [first] : []))
        .map((first) => toSteps(first, assumptions))
    case 'type':
      return own
        .flatMap(({ transactions }) => transactions)
        .filter((transaction) => isListed(transaction, query.type) && isWithin(transaction, query.range))
        .map((transaction) => toListed(transaction, assumptions))
    default:
      return query satisfies never
  }
}

/** One payment owns several transactions: its steps are all of them, oldest first. */
const toSteps = ({ transactionId, payment }: Transaction, assumptions: PayablAssumptions): XmlElement => [
  'transaction',
  [
    ['transaction_id', transactionId],
    [
      'transaction_status',
      payment.transactions.map((step, index): XmlElement => [`step${index + 1}`, toStep(step, payment, assumptions)]),
    ],
  ],
]

const toStep = (step: Transaction, payment: Payment, assumptions: PayablAssumptions): readonly XmlElement[] => [
  ['amount', formatAmount(step.amount)],
  ['creation_date', toLocalTime(step.issued, assumptions.timeZone)],
  ['currency', payment.currency],
  ['custom1', payment.custom1],
  ['error_code', toErrorCode(step, assumptions)],
  ['order_id', payment.orderid],
  ['type', step.type],
]

/** "0 successful, 2000 pending, otherwise failed": so a failure without a code of its own has one here. */
const toErrorCode = ({ state, errorcode }: Transaction, { diagnoseNotCreditedYet }: PayablAssumptions): string => {
  if (state === 'not_credited_yet') return diagnoseNotCreditedYet
  return state === 'not_credited' && errorcode === '0' ? '-5002' : errorcode
}

/** Captures are listed with the acceptance: a listing is no proof of a credit. */
const isListed = ({ type, state }: Transaction, wanted: ListedType): boolean => {
  switch (wanted) {
    case 'pending':
      return state === 'pending'
    case 'failed':
      return type !== 'preauthorization' && ['aborted', 'not_credited', 'failed'].includes(state)
    case 'capture':
      return type === 'capture' && (state === 'not_credited_yet' || state === 'credited')
    case 'refund':
    case 'chb':
    case 'cft':
      return type === wanted && state !== 'failed'
    case 'retrieval_request':
      return false
    default:
      return wanted satisfies never
  }
}

const toListed = (
  { transactionId, amount, issued, booked, payment }: Transaction,
  { timeZone, spaceBeforeListedId }: PayablAssumptions,
): XmlElement => [
  'transaction',
  [
    ['amount', formatAmount(amount)],
    ['booking_date', toLocalTime(booked, timeZone)],
    ['currency', payment.currency],
    ['issue_date', toLocalTime(issued, timeZone)],
    ['order_id', payment.orderid],
    ['transaction_id', `${spaceBeforeListedId ? ' ' : ''}${transactionId}`],
  ],
]
