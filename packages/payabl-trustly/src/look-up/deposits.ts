import {
  dayMs,
  deriveDeposit,
  type FoundReport,
  hourMs,
  isLeft,
  merchantReference,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Report,
  right,
  sameMoney,
} from '@railswitch/core/provider'
import { notificationMs } from '../interpret/capture-facts.ts'
import { isError, shownMethod } from '../interpret/reading.ts'
import { depositTransactionsOf } from '../operations/transaction-ids.ts'
import type { DiagnosedTransaction } from '../wire/tx-diagnose.ts'
import {
  captureTypes,
  type DiagnosedStep,
  depositSteps,
  moneyOf,
  newestDepositStep,
  stepsOf,
} from './diagnosed-step.ts'
import { toFoundReport } from './found-report.ts'
import { factsIn, type LookUpContext, lookUpEach, paymentQueries, type QueryResults } from './query.ts'

/**
 * Looks up deposits that have not ended. tx_diagnose does not distinguish credited from not yet credited: for a transaction that has
 * not failed, payabl is asked to send its notification again, which does.
 */
export const lookUpDeposits = (context: LookUpContext, record: PaymentRecord): QueryResults => {
  const deposit = deriveDeposit(record, factsIn(record))
  // A deposit without money can have a further transaction after one that was declined.
  const open = new Set(['pending', 'not_credited_yet', ...(deposit?.state === 'not_credited' ? ['not_credited'] : [])])
  const refs = (deposit?.attempts ?? []).flatMap(({ ref, state, refused }) =>
    open.has(state) && !refused ? [ref] : [],
  )
  const asked = record.intents
    .filter(({ intent }) => refs.includes(paymentRef(intent)))
    .flatMap((recorded) => {
      const known = depositTransactionsOf(record, recorded)
      return paymentQueries(recorded, known).map((query) => ({ recorded, known, query }))
    })
  return lookUpEach(asked, async ({ recorded, known, query }) => {
    const diagnosed = await context.client.diagnose(query, context.signal)()
    if (isLeft(diagnosed)) return diagnosed
    const found: FoundReport[] = []
    for (const transaction of diagnosed.right.transactions) {
      const learns = !known.includes(transaction.transaction_id)
      if (learns && !isOrderOf(transaction, recorded)) continue
      found.push(...(await followUp(context, record, { recorded, transaction, learns })))
    }
    return right(found)
  })
}

interface ShownDeposit {
  readonly recorded: RecordedIntent
  readonly transaction: DiagnosedTransaction
  readonly learns: boolean
}

/** The reports of a transaction of this deposit. Unless it has failed, payabl is asked to send its notification. */
export const followUp = async (
  context: LookUpContext,
  record: PaymentRecord,
  { recorded, transaction, learns }: ShownDeposit,
): Promise<readonly FoundReport[]> => {
  const { now } = context
  const step = newestDepositStep(transaction)
  const { transaction_id: transactionid } = transaction
  if (!step || !isError(step.error_code)) await requestNotification(context, record, transactionid)
  const errorcode = step?.error_code ?? '2000'
  const isNew = isError(errorcode) || (errorcode === '0' && !isReported(record, recorded))
  if (!learns && !isNew) return []
  const shown = {
    vendorId: transactionid,
    intent: paymentRef(recorded.intent),
    method: shownMethod('diagnose', typeOf(step)),
    members: { errorcode },
    money: step ? moneyOf(step) : null,
    learns,
  }
  const first = toFoundReport(shown, now())
  const known = record.reports.find(({ id }) => id === first.report.id)
  const isStill = known && now().getTime() - Date.parse(known.at) >= notificationMs
  return [isStill && errorcode === '0' ? toFoundReport({ ...shown, stage: 'still' }, now()) : first]
}

/**
 * Asks payabl to send the last notification of a transaction again, unless it has just done so. A failure of this request changes no
 * result, and the next look-up repeats it.
 */
export const requestNotification = async (
  { client, now, signal }: LookUpContext,
  record: PaymentRecord,
  transactionid: string,
): Promise<void> => {
  if (isResendDue(record, transactionid, now())) await client.sendNotification({ transactionid }, signal)()
}

/** Whether a callback has reported a success of the deposit. */
const isReported = ({ reports }: PaymentRecord, { intent }: RecordedIntent): boolean =>
  reports.some((report) => report.intent === paymentRef(intent) && isSuccess(report))

const isSuccess = ({ method, members }: Report): boolean => method === 'capture' && members.errorcode === '0'

/** Every notification is another report, so the requests become rarer: at an address without a token they prove nothing. */
const isResendDue = ({ reports }: PaymentRecord, transactionid: string, now: Date): boolean => {
  const times = reports
    .flatMap((report) => (report.vendorId === transactionid && isSuccess(report) ? [Date.parse(report.at)] : []))
    .sort((a, b) => a - b)
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined) return true
  return now.getTime() - last >= Math.min(dayMs, Math.max(hourMs, (last - first) / 2))
}

const typeOf = (step: DiagnosedStep | undefined): string =>
  step?.type !== undefined && /^[A-Za-z_]{1,40}$/.test(step.type) ? step.type : 'capture'

/**
 * Whether a transaction is this deposit's: it has our order id, and our amount wherever the deposit's own steps have one. Steps of
 * another type can be refunds: one of them must have our amount.
 */
export const isOrderOf = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): boolean => {
  const own = depositSteps(transaction)
  const captures = own.filter(({ type = '' }) => captureTypes.has(type))
  const named = (own.length > 0 ? own : stepsOf(transaction)).filter(({ order_id }) => order_id !== undefined)
  const hasOurMoney = (step: DiagnosedStep): boolean => {
    const money = moneyOf(step)
    return money === null || sameMoney(money, intent.expect)
  }
  return (
    named.length > 0 &&
    named.every(({ order_id }) => order_id === merchantReference(intent)) &&
    captures.every(hasOurMoney) &&
    (captures.length > 0 || own.length === 0 || own.some(hasOurMoney))
  )
}
