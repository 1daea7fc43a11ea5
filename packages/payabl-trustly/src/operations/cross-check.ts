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
} from '@railswitch/core'
import type { PayablClient } from '../client/client.ts'
import { shownMethod } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { creditedTransaction } from './credited-transaction.ts'
import { captureTypes, type DiagnosedStep, moneyOf, newestDepositStep, stepsOf } from './diagnosed-step.ts'
import { toFound } from './look-up-query.ts'

/**
 * What payabl, asked afterwards, shows of the transaction that a callback called credited: `interpret` compares its order id and
 * its money, which the callback's `security` does not cover. It shows no payment_state, so that it proves no credit either.
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
    const step = shown && telling(shown, recorded)
    if (!step) return right(null)
    const { error_code: errorcode, order_id, type = 'capture' } = step
    return right(
      toFound(
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

/** The step that can be compared; a pending one may be finished later. */
const telling = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): DiagnosedStep | null => {
  const newest = newestDepositStep(transaction)
  if (!newest || newest.error_code === '2000') return null
  const hasOurMoney = (step: DiagnosedStep): boolean => {
    const money = moneyOf(step)
    return money === null || sameMoney(money, intent.expect)
  }
  const isAnyType = !captureTypes.has(newest.type ?? '')
  return isAnyType && !hasOurMoney(newest) && stepsOf(transaction).some(hasOurMoney) ? null : newest
}
