import {
  type FoundReport,
  isLeft,
  isOwnMethod,
  ownMethods,
  type PaymentError,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Report,
  right,
} from '@railswitch/core'
import { followUps, groupBy, shownMethod } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { followUp, isOrderOf } from './look-up-deposits.ts'
import { isShownPayout, shownPayout } from './look-up-payouts.ts'
import {
  isTransactionId,
  type LookUpContext,
  lookUpEach,
  type PartlyFound,
  railsOf,
  toFound,
  transactionsOf,
} from './look-up-query.ts'

/**
 * Transactions of which a notification names this payment, while nothing proves that they are its own: the order id of a
 * notification is not covered by `security`. payabl is asked whose they are.
 */
export const lookUpCandidates = (context: LookUpContext, record: PaymentRecord): PartlyFound => {
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

/** The reports that name this payment, by transactions of which nobody has said whose they are. */
const candidatesIn = (record: PaymentRecord): readonly Candidate[] => {
  const rails = railsOf(record)
  const own = record.reports.filter(({ rail }) => rails.has(rail))
  const settled = new Set(
    own.flatMap(({ intent, method, vendorId }) =>
      method === ownMethods.foreign || (intent !== null && !isOwnMethod(method)) ? [vendorId] : [],
    ),
  )
  const named = own.filter(
    ({ intent, proof, method, vendorId }) =>
      intent === null &&
      proof === 'unproven' &&
      !isOwnMethod(method) &&
      isTransactionId(vendorId) &&
      !settled.has(vendorId),
  )
  return groupBy(named, ({ vendorId }) => vendorId)
}

type Candidate = readonly [Report, ...Report[]]

/** payabl may answer a query that finds nothing with "wrong or missing fields", and one whose signature is wrong, too. */
const isNotFound = ({ vendor }: PaymentError): boolean => vendor?.code === '-6000'

/** Only who sees what is known as ours sees that something is not there. */
const showsOurs = async ({ client, signal }: LookUpContext, record: PaymentRecord): Promise<boolean> => {
  const [transactionid] = record.intents.flatMap((recorded) => transactionsOf(record, recorded))
  if (transactionid === undefined) return false
  const shown = await client.diagnose({ type: 'tx', transactionid }, signal)()
  return !isLeft(shown) && shown.right.transactions.length > 0
}

/** How soon payabl shows a transaction that it has reported is not published: on the same day its absence proves nothing. */
const isOld = (named: Candidate, now: Date): boolean => named.every(({ at }) => now.getTime() - Date.parse(at) >= dayMs)

const dayMs = 86_400_000

const isOwner = (recorded: RecordedIntent, shown: DiagnosedTransaction): boolean =>
  recorded.intent.kind === 'payout' ? isShownPayout(shown, recorded) : isOrderOf(shown, recorded)

interface Owned {
  readonly recorded: RecordedIntent
  readonly transaction: DiagnosedTransaction
  readonly named: Candidate
}

const learn = async (
  context: LookUpContext,
  record: PaymentRecord,
  { recorded, transaction, named }: Owned,
): Promise<readonly FoundReport[]> => {
  if (recorded.intent.kind === 'payout') return shownPayout(transaction, recorded, context.now())
  const [{ method }] = named
  return named.every((report) => report.method === method) && followUps.has(method)
    ? [followUpOf(transaction, recorded, method, context.now())]
    : followUp(context, record, { recorded, transaction, learns: true })
}

/** A refund's or a chargeback's own transaction: its steps may be the whole payment's, so that none says what this one came to. */
const followUpOf = (
  { transaction_id: vendorId }: DiagnosedTransaction,
  { intent }: RecordedIntent,
  type: string,
  now: Date,
): FoundReport =>
  toFound(
    { vendorId, intent: paymentRef(intent), method: shownMethod('diagnose', type), members: {}, learns: true },
    now,
  )

const foreign = (vendorId: string, { intent }: RecordedIntent, now: Date): FoundReport =>
  toFound({ vendorId, intent: paymentRef(intent), method: ownMethods.foreign, members: {} }, now)
