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
} from '@railswitch/core/provider'
import type { ListedType } from '../client/parameter-types.ts'
import { shownMethod } from '../interpret/reading.ts'
import { transactionsOf } from '../operations/transaction-ids.ts'
import type { ListedTransaction } from '../wire/tx-diagnose.ts'
import { toFoundReport } from './found-report.ts'
import type { LookUpContext } from './query.ts'

/** What to find in payabl's list. */
export interface ListQuery {
  readonly type: 'chb' | 'refund'
  readonly deposit: PaymentRef
  readonly amount: Money
}

/** payabl's list of a type, between two ISO dates. */
export const listBetween = async (
  { client, signal }: Pick<LookUpContext, 'client' | 'signal'>,
  type: ListedType,
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

/** The number of entries with this amount, for each transaction of the deposit. */
export const countsOf = (
  listed: readonly ListedTransaction[],
  { deposit, amount }: ListQuery,
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

/** Whether an entry belongs to this attempt of the deposit: if two attempts were paid, the other can have an equal refund. */
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

/** One report for each transaction. `through`: the time up to which the list includes all reports of it; null: unknown. */
export const toListed = (
  { type, deposit, amount }: ListQuery,
  counts: ReadonlyMap<string, number>,
  through: string | null,
  now: Date,
): readonly FoundReport[] =>
  [...counts].map(([vendorId, count]) =>
    toFoundReport(
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
