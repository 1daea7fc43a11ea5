import {
  deriveDeposit,
  type FoundReport,
  isLeft,
  merchantReference,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  right,
  sameMoney,
} from '@railswitch/core'
import { notificationMs } from '../interpret/capture.ts'
import { isError, shownMethod } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { type DiagnosedStep, depositSteps, moneyOf, newestDepositStep, stepsOf } from './deposit-step.ts'
import {
  depositTransactionsOf,
  type Found,
  factsIn,
  type LookUpContext,
  lookUpEach,
  type PartlyFound,
  toFound,
} from './looked-up.ts'
import { paymentQueries } from './payment-queries.ts'

/**
 * Deposits that have not ended. tx_diagnose cannot tell credited from not yet credited: where a transaction lives, payabl is asked
 * to send its notification again, and that is believed.
 */
export const lookUpDeposits = (context: LookUpContext, record: PaymentRecord): PartlyFound => {
  const attempts = deriveDeposit(record, factsIn(record))?.attempts ?? []
  const open = record.intents.filter(({ intent }) =>
    attempts.some(
      ({ ref, state }) => ref === paymentRef(intent) && (state === 'pending' || state === 'not_credited_yet'),
    ),
  )
  return lookUpEach(open, (recorded) => lookUpOne(context, record, recorded))
}

const lookUpOne = async (context: LookUpContext, record: PaymentRecord, recorded: RecordedIntent): Found => {
  const known = depositTransactionsOf(record, recorded)
  const found: FoundReport[] = []
  for (const query of paymentQueries(recorded, known)) {
    const diagnosed = await context.client.diagnose(query, context.signal)()
    if (isLeft(diagnosed)) return diagnosed
    for (const transaction of diagnosed.right.transactions) {
      const learns = !known.includes(transaction.transaction_id)
      if (learns && !isOrderOf(transaction, recorded)) continue
      found.push(...(await followUp(context, record, { recorded, transaction, learns })))
    }
  }
  return right(found)
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
  if (!step || !isError(step.error_code)) await client.sendNotification({ transactionid }, signal)()
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

/** Once a callback has come, that something came of the deposit is known. */
const isReported = ({ reports }: PaymentRecord, { intent }: RecordedIntent): boolean =>
  reports.some((report) => report.intent === paymentRef(intent) && report.method === 'capture')

const typeOf = (step: DiagnosedStep | undefined): string =>
  step?.type !== undefined && /^[A-Za-z_]{1,40}$/.test(step.type) ? step.type : 'capture'

/** With our order id, and with our money wherever the deposit's own steps show any. */
export const isOrderOf = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): boolean => {
  const own = depositSteps(transaction)
  const named = (own.length > 0 ? own : stepsOf(transaction)).filter(({ order_id }) => order_id !== undefined)
  const hasOurMoney = own.every((step) => {
    const money = moneyOf(step)
    return money === null || sameMoney(money, intent.expect)
  })
  return named.length > 0 && named.every(({ order_id }) => order_id === merchantReference(intent)) && hasOurMoney
}
