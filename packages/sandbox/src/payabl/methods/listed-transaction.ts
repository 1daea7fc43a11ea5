import { toLocalTime } from '../../platform/local-time.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { Transaction } from '../state/payment.ts'
import { formatAmount } from '../wire/money.ts'
import type { XmlElement } from '../wire/xml.ts'
import type { ListedType } from './diagnose-query.ts'

/** Whether a transaction belongs to a list of tx_diagnose. */
export const isListed = (
  { type, state }: Transaction,
  wanted: ListedType,
  { listedCaptures }: PayablAssumptions,
): boolean => {
  switch (wanted) {
    case 'pending':
      return state === 'pending'
    case 'failed':
      return type !== 'preauthorization' && ['aborted', 'not_credited', 'failed'].includes(state)
    case 'capture':
      return (
        type === 'capture' && (state === 'credited' || (listedCaptures === 'accepted' && state === 'not_credited_yet'))
      )
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

export const toListed = (
  { transactionId, amount, state, issued, booked, payment }: Transaction,
  { timeZone, spaceBeforeListedId, bookingDate, transactionDate }: PayablAssumptions,
): XmlElement => {
  const isBooked = bookingDate === 'filled' || state !== 'not_credited_yet'
  return [
    'transaction',
    [
      ['amount', formatAmount(amount)],
      ['booking_date', isBooked ? toLocalTime(booked, timeZone) : ''],
      ['currency', payment.currency],
      ['issue_date', toLocalTime(issued, timeZone)],
      ['order_id', payment.orderid],
      ...(transactionDate === 'present' ? [['transaction_date', toLocalTime(issued, timeZone)] as const] : []),
      ['transaction_id', `${spaceBeforeListedId ? ' ' : ''}${transactionId}`],
    ],
  ]
}
