import { merchantReference, type RecordedIntent } from '@railswitch/core'
import { datesAround } from './days-around.ts'

/** How tx_diagnose is asked for one payment: by its transactions, or where none is known by our own id and the day of its call. */
export const paymentQueries = ({ intent, begunAt }: RecordedIntent, transactionIds: readonly string[]) =>
  transactionIds.length > 0
    ? transactionIds.map((transactionid) => ({ type: 'tx' as const, transactionid }))
    : [{ type: 'orderid' as const, orderid: merchantReference(intent), ...datesAround(begunAt) }]
