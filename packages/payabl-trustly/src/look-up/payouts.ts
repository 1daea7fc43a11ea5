import {
  derivePayout,
  type FoundReport,
  isLeft,
  merchantReference,
  type PaymentRecord,
  type PayoutAttempt,
  paymentRef,
  type RecordedIntent,
  right,
  sameMoney,
} from '@railswitch/core/provider'
import { payoutFailureMs } from '../interpret/payout.ts'
import { shownMethod } from '../interpret/reading.ts'
import { isTransactionId } from '../operations/transaction-ids.ts'
import type { DiagnosedTransaction } from '../wire/tx-diagnose.ts'
import { type DiagnosedStep, moneyOf, stepsOf } from './diagnosed-step.ts'
import { toFoundReport } from './found-report.ts'
import { factsIn, type LookUpContext, lookUpEach, paymentQueries, type QueryResults } from './query.ts'

/**
 * Looks up payouts that have not ended, by the transactions of their own calls and look-ups, or by our order id: a callback can name
 * the transaction of the deposit whose account was paid. An error ends a payout. A success proves nothing while the bank can still
 * return the money; after that time it confirms the payout, because payabl reports it in no other way.
 */
export const lookUpPayouts = ({ client, now, signal }: LookUpContext, record: PaymentRecord): QueryResults => {
  const open = new Set(
    derivePayout(record, factsIn(record))?.attempts.flatMap((attempt) => (isOpen(attempt) ? [attempt.ref] : [])),
  )
  const asked = record.intents
    .filter(({ intent }) => open.has(paymentRef(intent)))
    .flatMap((recorded) =>
      paymentQueries(recorded, payoutTransactions(record, recorded)).map((query) => ({ recorded, query })),
    )
  return lookUpEach(asked, async ({ recorded, query }) => {
    const diagnosed = await client.diagnose(query, signal)()
    if (isLeft(diagnosed)) return diagnosed
    return right(diagnosed.right.transactions.flatMap((transaction) => shownPayout(transaction, recorded, now())))
  })
}

const isOpen = ({ state }: PayoutAttempt): boolean => state === 'unknown' || state === 'accepted'

const payoutTransactions = ({ reports }: PaymentRecord, { intent, vendorIds }: RecordedIntent): readonly string[] => {
  const shown = reports.flatMap(({ intent: ref, method, vendorId, members }) =>
    ref === paymentRef(intent) && method === shownMethod('diagnose', 'cft') && members.shared === undefined
      ? [vendorId]
      : [],
  )
  return [...new Set([...vendorIds, ...shown])].filter((id) => isTransactionId(id))
}

/** The report of a payout, if the transaction has it. A transaction that is shared with a deposit does not become the payout's id. */
export const shownPayout = (
  transaction: DiagnosedTransaction,
  recorded: RecordedIntent,
  now: Date,
): readonly FoundReport[] => {
  const step = newestStep(transaction, recorded)
  if (!step) return []
  const isOver = step.error_code === '0' && now.getTime() >= Date.parse(recorded.begunAt) + payoutFailureMs
  const isShared = stepsOf(transaction).some(({ type = 'cft' }) => others.has(type))
  return [
    toFoundReport(
      {
        vendorId: transaction.transaction_id,
        intent: paymentRef(recorded.intent),
        method: shownMethod('diagnose', 'cft'),
        members: { errorcode: step.error_code, ...(isShared && { shared: 'yes' }) },
        money: moneyOf(step),
        learns: !isShared && step.order_id === merchantReference(recorded.intent),
        ...(isOver && { stage: 'over' }),
      },
      now,
    ),
  ]
}

export const isShownPayout = (transaction: DiagnosedTransaction, recorded: RecordedIntent): boolean =>
  newestStep(transaction, recorded)?.order_id === merchantReference(recorded.intent)

/**
 * The newest step of this payout: with our amount and our order id. A payment's steps can include all its transactions, so without an
 * order id only a single step can be ours.
 */
const newestStep = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): DiagnosedStep | undefined => {
  const alike = stepsOf(transaction).filter((step) => {
    const money = moneyOf(step)
    return !others.has(step.type ?? 'cft') && (money === null || sameMoney(money, intent.expect))
  })
  const named = alike.filter(({ order_id }) => order_id === merchantReference(intent))
  // An import has another reference: only its transaction identifies it.
  const nameless = alike.filter(({ order_id }) => order_id === undefined || intent.imported)
  return named.at(-1) ?? (nameless.length === 1 ? nameless[0] : undefined)
}

/** The type of Trustly's payouts in a diagnosis is not published. It is none of these. */
const others: ReadonlySet<string> = new Set(['preauthorization', 'capture', 'refund', 'chb', 'retrieval_request'])
