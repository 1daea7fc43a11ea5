import {
  type Either,
  type FoundReport,
  intentOf,
  left,
  type Money,
  merchantReference,
  PaymentError,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  readVendorMoney,
  right,
  sameMoney,
} from '@railswitch/core'
import { shownMethod } from '../interpret/reading.ts'
import type { ListedTransaction } from '../wire/diagnose.ts'
import { type LookUpContext, toFound, transactionsOf } from './look-up-query.ts'

/** What payabl's list is read for. */
export interface Sought {
  readonly type: 'chb' | 'refund'
  readonly deposit: PaymentRef
  readonly amount: Money
}

/** payabl's list of a type, between two ISO dates. */
export const listBetween = async (
  { client, signal }: LookUpContext,
  type: Sought['type'],
  days: { readonly from: string; readonly to: string },
): Promise<Either<PaymentError, readonly ListedTransaction[]>> => {
  const listed: ListedTransaction[] = []
  try {
    for await (const transaction of client.list(type, days, signal)) listed.push(transaction)
    return right(listed)
  } catch (error) {
    if (error instanceof PaymentError) return left(error)
    throw error
  }
}

/** How many of this amount the list shows under each transaction of the deposit. */
export const countsOf = (
  listed: readonly ListedTransaction[],
  { deposit, amount }: Sought,
  record: PaymentRecord,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { transaction_id: id, order_id, ...shown } of listed) {
    const money = readVendorMoney(shown.amount, shown.currency)
    if (!money || !sameMoney(money, amount) || !drawsOn(record, deposit, id, order_id)) continue
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

/** Of this attempt at the deposit alone: where two were paid, the other one's refund may be equal. */
const drawsOn = (
  record: PaymentRecord,
  deposit: PaymentRef,
  transactionId: string,
  orderId: string | undefined,
): boolean => {
  const attempt = intentOf(record, deposit)
  return (
    record.intents.some(
      (recorded) =>
        (recorded.intent.of ?? paymentRef(recorded.intent)) === deposit &&
        transactionsOf(record, recorded).includes(transactionId),
    ) ||
    (attempt !== undefined && orderId === merchantReference(attempt.intent))
  )
}

/** One report for each transaction. `through`: the time up to which all reports of it are accounted for; null: none is. */
export const toListed = (
  { type, deposit, amount }: Sought,
  counts: ReadonlyMap<string, number>,
  through: string | null,
  now: Date,
): readonly FoundReport[] =>
  [...counts].map(([vendorId, count]) =>
    toFound(
      {
        vendorId,
        intent: deposit,
        method: shownMethod('listed', type),
        members: { errorcode: '0', count: String(count), ...(through !== null && { through }) },
        money: amount,
      },
      now,
    ),
  )
