import {
  dayMs,
  type FoundReport,
  groupBy,
  isLeft,
  isOwnMethod,
  ownMethods,
  type PaymentError,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Report,
  right,
} from '@railswitch/core/provider'
import { followUps, shownMethod } from '../interpret/reading.ts'
import { isTransactionId, transactionsOf } from '../operations/transaction-ids.ts'
import type { DiagnosedTransaction } from '../wire/tx-diagnose.ts'
import { followUp, isOrderOf } from './deposits.ts'
import { toFoundReport } from './found-report.ts'
import { isShownPayout, shownPayout } from './payouts.ts'
import { type LookUpContext, lookUpEach, type QueryResults, railsOf } from './query.ts'

/**
 * Looks up transactions whose notification names this payment, while nothing proves that they belong to it: `security` does not cover
 * the order id of a notification.
 */
export const lookUpCandidates = (context: LookUpContext, record: PaymentRecord): QueryResults => {
  const roots = record.intents.filter(({ intent }) => intent.kind === 'deposit' || intent.kind === 'payout')
  const [first] = roots
  return lookUpEach(first ? candidatesIn(record) : [], async (named) => {
    const [{ vendorId: transactionid }] = named
    const diagnosed = await context.client.diagnose({ type: 'tx', transactionid }, context.signal)()
    if (isLeft(diagnosed) && !(isNotFound(diagnosed.left) && (await showsOurs(context, record)))) return diagnosed
    const transactions = isLeft(diagnosed) ? [] : diagnosed.right.transactions
    const shown = transactions.find(({ transaction_id }) => transaction_id === transactionid)
    const owner = shown && roots.find((recorded) => isOwner(recorded, shown))
    if (shown && owner) return right(await learn(context, record, { recorded: owner, transaction: shown, named }))
    if (!first || (!shown && !isOld(named, context.now()))) return right([])
    return right([foreign(transactionid, first, context.now())])
  })
}

/** The reports that name this payment, grouped by transactions whose owner is unknown. */
const candidatesIn = (record: PaymentRecord): readonly Candidate[] => {
  const rails = railsOf(record)
  const own = record.reports.filter(({ rail }) => rails.has(rail))
  const decided = new Set(
    own.flatMap(({ intent, method, vendorId }) =>
      method === ownMethods.foreign || (intent !== null && !isOwnMethod(method) && !isListed(method)) ? [vendorId] : [],
    ),
  )
  const named = own.filter(
    ({ intent, proof, method, vendorId }) =>
      intent === null &&
      proof === 'unproven' &&
      !isOwnMethod(method) &&
      isTransactionId(vendorId) &&
      !decided.has(vendorId),
  )
  return groupBy(named, ({ vendorId }) => vendorId)
}

/** An entry of a list does not assign its transaction to the payment. */
const isListed = (method: string): boolean => method.startsWith(shownMethod('listed', ''))

type Candidate = readonly [Report, ...Report[]]

/** payabl can respond with "wrong or missing fields" both to a query that finds nothing and to one with a wrong signature. */
export const isNotFound = ({ vendor }: PaymentError): boolean => vendor?.code === '-6000'

/** Whether a query finds a transaction that is known to be ours. Only then does it prove that another one does not exist. */
const showsOurs = async ({ client, signal }: LookUpContext, record: PaymentRecord): Promise<boolean> => {
  const [transactionid] = record.intents.flatMap((recorded) => transactionsOf(record, recorded))
  if (transactionid === undefined) return false
  const shown = await client.diagnose({ type: 'tx', transactionid }, signal)()
  return !isLeft(shown) && shown.right.transactions.length > 0
}

/** payabl does not state how soon it shows a reported transaction: on the same day its absence proves nothing. */
const isOld = (named: Candidate, now: Date): boolean => named.every(({ at }) => now.getTime() - Date.parse(at) >= dayMs)

const isOwner = (recorded: RecordedIntent, shown: DiagnosedTransaction): boolean =>
  recorded.intent.kind === 'payout' ? isShownPayout(shown, recorded) : isOrderOf(shown, recorded)

interface OwnedTransaction {
  readonly recorded: RecordedIntent
  readonly transaction: DiagnosedTransaction
  readonly named: Candidate
}

const learn = async (
  context: LookUpContext,
  record: PaymentRecord,
  { recorded, transaction, named }: OwnedTransaction,
): Promise<readonly FoundReport[]> => {
  if (recorded.intent.kind === 'payout') return shownPayout(transaction, recorded, context.now())
  const [{ method }] = named
  return named.every((report) => report.method === method) && followUps.has(method)
    ? [followUpOf(transaction, recorded, method, context.now())]
    : followUp(context, record, { recorded, transaction, learns: true })
}

/** The transaction of a refund or a chargeback. Its steps can be those of the whole payment, so its result is unknown. */
const followUpOf = (
  { transaction_id: vendorId }: DiagnosedTransaction,
  { intent }: RecordedIntent,
  type: string,
  now: Date,
): FoundReport =>
  toFoundReport(
    { vendorId, intent: paymentRef(intent), method: shownMethod('diagnose', type), members: {}, learns: true },
    now,
  )

const foreign = (vendorId: string, { intent }: RecordedIntent, now: Date): FoundReport =>
  toFoundReport({ vendorId, intent: paymentRef(intent), method: ownMethods.foreign, members: {} }, now)
