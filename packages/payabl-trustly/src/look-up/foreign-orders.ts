import {
  type Either,
  intentOf,
  isLeft,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  right,
} from '@railswitch/core/provider'
import { transactionsOf } from '../operations/transaction-ids.ts'
import { isOrderOf } from './deposits.ts'
import type { LookUpContext } from './query.ts'
import { isNotFound } from './unidentified-transactions.ts'

/**
 * Whether an entry of payabl's lists that names the order id of this deposit belongs to another order, for example of another program of
 * the merchant account. Its transaction is known, or it is looked up. If payabl shows nothing, the list alone counts.
 */
export const isOfOtherOrder = async (
  { client, signal }: LookUpContext,
  record: PaymentRecord,
  recorded: RecordedIntent,
  transactionid: string,
): Promise<Either<PaymentError, boolean>> => {
  const known = record.reports.find(
    ({ vendorId, members }) => vendorId === transactionid && members.foreign !== undefined,
  )
  if (known) return right(true)
  if (isTransactionOf(record, recorded, transactionid)) return right(false)
  const diagnosed = await client.diagnose({ type: 'tx', transactionid }, signal)()
  if (isLeft(diagnosed)) return isNotFound(diagnosed.left) ? right(false) : diagnosed
  const shown = diagnosed.right.transactions.find(({ transaction_id }) => transaction_id === transactionid)
  return right(shown !== undefined && !isOrderOf(shown, recorded))
}

/** The counts of a list without the transactions of other orders. */
export const withoutOtherOrders = async (
  context: LookUpContext,
  record: PaymentRecord,
  deposit: PaymentRef,
  counts: ReadonlyMap<string, number>,
): Promise<Either<PaymentError, ReadonlyMap<string, number>>> => {
  const recorded = intentOf(record, deposit)
  if (!recorded) return right(counts)
  const own = new Map<string, number>()
  for (const [transactionid, count] of counts) {
    const isOther = await isOfOtherOrder(context, record, recorded, transactionid)
    if (isLeft(isOther)) return isOther
    if (!isOther.right) own.set(transactionid, count)
  }
  return right(own)
}

/** Whether the transaction is known to belong to this deposit or to one of its refunds. */
export const isTransactionOf = (record: PaymentRecord, { intent }: RecordedIntent, transactionid: string): boolean =>
  record.intents.some(
    (recorded) =>
      (recorded.intent.of ?? paymentRef(recorded.intent)) === paymentRef(intent) &&
      transactionsOf(record, recorded).includes(transactionid),
  )
