import {
  type Either,
  type Fact,
  type FoundReport,
  interpretRecord,
  isLeft,
  type LookUpResult,
  merchantReference,
  type PaymentError,
  type PaymentRecord,
  type RecordedIntent,
} from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import { interpret } from '../interpret/interpret.ts'
import { datesAround } from '../wire/dates.ts'

/** What every look-up needs. */
export interface LookUpContext {
  readonly client: PayablClient
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** The result of one query. */
export type QueryResult = Promise<Either<PaymentError, readonly FoundReport[]>>

/** The results of several queries. `failed`: the error of the first query that failed. */
export type QueryResults = Promise<Pick<LookUpResult, 'found' | 'failed'>>

/** One query for each item. A query that fails does not affect the others. */
export const lookUpEach = async <T>(items: readonly T[], lookUpOne: (item: T) => QueryResult): QueryResults => {
  const found: FoundReport[] = []
  const failures: PaymentError[] = []
  for (const item of items) {
    const result = await lookUpOne(item)
    if (isLeft(result)) failures.push(result.left)
    else found.push(...result.right)
  }
  const [failed] = failures
  return { found, ...(failed && { failed }) }
}

/** The parameters of tx_diagnose for one payment: its transactions, or if none is known our own id and the day of its call. */
export const paymentQueries = ({ intent, begunAt }: RecordedIntent, transactionIds: readonly string[]) =>
  transactionIds.length > 0
    ? transactionIds.map((transactionid) => ({ type: 'tx' as const, transactionid }))
    : [{ type: 'orderid' as const, orderid: merchantReference(intent), ...datesAround(begunAt) }]

/** All facts of the intents of a look-up, including those by a person and of elapsed time. */
export const factsIn = (record: PaymentRecord): readonly Fact[] =>
  interpretRecord(record, new Map([...railsOf(record)].map((rail) => [rail, { interpret }])))

export const railsOf = ({ intents }: PaymentRecord): ReadonlySet<string> =>
  new Set(intents.map(({ intent }) => intent.rail))
