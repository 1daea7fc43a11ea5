import {
  deriveDeposit,
  type FoundReport,
  isLeft,
  merchantReference,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Report,
  right,
  sameMoney,
} from '@railswitch/core'
import { notificationMs } from '../interpret/capture.ts'
import { isError, shownMethod } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import {
  captureTypes,
  type DiagnosedStep,
  depositSteps,
  moneyOf,
  newestDepositStep,
  stepsOf,
} from './diagnosed-step.ts'
import {
  depositTransactionsOf,
  factsIn,
  type LookUpContext,
  lookUpEach,
  type PartlyFound,
  toFound,
} from './look-up-query.ts'
import { paymentQueries } from './payment-queries.ts'

/**
 * Deposits that have not ended. tx_diagnose cannot tell credited from not yet credited: where a transaction lives, payabl is asked
 * to send its notification again, and that is believed.
 */
export const lookUpDeposits = (context: LookUpContext, record: PaymentRecord): PartlyFound => {
  const deposit = deriveDeposit(record, factsIn(record))
  // Of a deposit that has no money, a further transaction may be paid after one that was declined.
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

/** What payabl shows of a transaction of this deposit. Where it lives, payabl is asked for its notification. */
export const followUp = async (
  { client, now, signal }: LookUpContext,
  record: PaymentRecord,
  { recorded, transaction, learns }: ShownDeposit,
): Promise<readonly FoundReport[]> => {
  const step = newestDepositStep(transaction)
  const { transaction_id: transactionid } = transaction
  // Its failure changes nothing of what was shown, and the next look-up asks again.
  if ((!step || !isError(step.error_code)) && isResendDue(record, transactionid, now()))
    await client.sendNotification({ transactionid }, signal)()
  const errorcode = step?.error_code ?? '2000'
  const isNews = isError(errorcode) || (errorcode === '0' && !isReported(record, recorded))
  if (!learns && !isNews) return []
  const shown = {
    vendorId: transactionid,
    intent: paymentRef(recorded.intent),
    method: shownMethod('diagnose', typeOf(step)),
    members: { errorcode },
    money: step ? moneyOf(step) : null,
    learns,
  }
  const first = toFound(shown, now())
  const known = record.reports.find(({ id }) => id === first.report.id)
  const isStill = known && now().getTime() - Date.parse(known.at) >= notificationMs
  return [isStill && errorcode === '0' ? toFound({ ...shown, stage: 'still' }, now()) : first]
}

/** Once a callback of it has come, that something came of the deposit is known. */
const isReported = ({ reports }: PaymentRecord, { intent }: RecordedIntent): boolean =>
  reports.some((report) => report.intent === paymentRef(intent) && isSuccess(report))

const isSuccess = ({ method, members }: Report): boolean => method === 'capture' && members.errorcode === '0'

/** Each is another report: at an address without a token they would come for ever, and prove nothing. */
const isResendDue = ({ reports }: PaymentRecord, transactionid: string, now: Date): boolean => {
  const times = reports
    .flatMap((report) => (report.vendorId === transactionid && isSuccess(report) ? [Date.parse(report.at)] : []))
    .sort((a, b) => a - b)
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined) return true
  return now.getTime() - last >= Math.min(dayMs, Math.max(hourMs, (last - first) / 2))
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const typeOf = (step: DiagnosedStep | undefined): string =>
  step?.type !== undefined && /^[A-Za-z_]{1,40}$/.test(step.type) ? step.type : 'capture'

/**
 * With our order id, and with our money wherever the deposit's own steps show any. Of steps of another type any may be a refund:
 * one of them must show our money.
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
