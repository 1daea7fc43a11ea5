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
} from '@railswitch/core'
import { shownMethod } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { type DiagnosedStep, moneyOf, stepsOf } from './diagnosed-step.ts'
import { factsIn, isTransactionId, type LookUpContext, lookUpEach, type PartlyFound, toFound } from './look-up-query.ts'
import { paymentQueries } from './payment-queries.ts'
import { payoutFailureMs } from './payout-failure.ts'

/**
 * Payouts without an end, by what their own calls and look-ups taught, else by our order id: a callback may name the transaction
 * of the deposit whose account was paid. An error ends one; a success is no proof while the bank may still return the money, and
 * after that time it is: nobody else ever says so.
 */
export const lookUpPayouts = ({ client, now, signal }: LookUpContext, record: PaymentRecord): PartlyFound => {
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

/** What payabl shows of a payout, if this is it. A transaction that it shares with a deposit is not learned as its own. */
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
    toFound(
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
 * The newest step that is this payout: with our money and our order id. A payment's steps may be all its transactions, so
 * that without an order id only a single one can be ours.
 */
const newestStep = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): DiagnosedStep | undefined => {
  const alike = stepsOf(transaction).filter((step) => {
    const money = moneyOf(step)
    return !others.has(step.type ?? 'cft') && (money === null || sameMoney(money, intent.expect))
  })
  const named = alike.filter(({ order_id }) => order_id === merchantReference(intent))
  // An import has a reference of its own: it is found by its transaction alone.
  const nameless = alike.filter(({ order_id }) => order_id === undefined || intent.adopted)
  return named.at(-1) ?? (nameless.length === 1 ? nameless[0] : undefined)
}

/** What Trustly's payouts are called in a diagnosis is not published; these they are not. */
const others: ReadonlySet<string> = new Set(['preauthorization', 'capture', 'refund', 'chb', 'retrieval_request'])
