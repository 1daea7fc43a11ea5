import {
  type FoundReport,
  intentOf,
  isLeft,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  type RecordedIntent,
  right,
  sameMoney,
  type TaskEither,
} from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import { shownMethod } from '../interpret/reading.ts'
import { creditedTransaction } from '../operations/credited-transaction.ts'
import type { DiagnosedTransaction } from '../wire/tx-diagnose.ts'
import { captureTypes, type DiagnosedStep, moneyOf, newestDepositStep, stepsOf } from './diagnosed-step.ts'
import { toFoundReport } from './found-report.ts'

/**
 * Looks up a transaction that a callback reported as credited. `interpret` compares its order id and its amount, which the callback's
 * `security` does not cover. It has no payment_state, so it does not prove the credit.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const crossCheck =
  (client: PayablClient, now: () => Date) =>
  (record: PaymentRecord, deposit: PaymentRef, signal: AbortSignal): TaskEither<PaymentError, FoundReport | null> =>
  async () => {
    const recorded = intentOf(record, deposit)
    const transactionid = creditedTransaction(record, deposit)
    if (!recorded || transactionid === null) return right(null)
    const diagnosed = await client.diagnose({ type: 'tx', transactionid }, signal)()
    if (isLeft(diagnosed)) return diagnosed
    const shown = diagnosed.right.transactions.find((transaction) => transaction.transaction_id === transactionid)
    const step = shown && comparableStep(shown, recorded)
    if (!step) return right(null)
    const { error_code: errorcode, order_id, type = 'capture' } = step
    return right(
      toFoundReport(
        {
          vendorId: transactionid,
          intent: deposit,
          method: shownMethod('check', captureTypes.has(type) ? type : 'capture'),
          members: { errorcode, ...(order_id !== undefined && { order_id }) },
          money: moneyOf(step),
        },
        now(),
      ),
    )
  }

/** The step to compare. A pending step can still be completed. */
const comparableStep = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): DiagnosedStep | null => {
  const newest = newestDepositStep(transaction)
  if (!newest || newest.error_code === '2000') return null
  const hasOurMoney = (step: DiagnosedStep): boolean => {
    const money = moneyOf(step)
    return money === null || sameMoney(money, intent.expect)
  }
  const isAnyType = !captureTypes.has(newest.type ?? '')
  return isAnyType && !hasOurMoney(newest) && stepsOf(transaction).some(hasOurMoney) ? null : newest
}
