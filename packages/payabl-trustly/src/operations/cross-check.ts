import {
  isLeft,
  merchantReference,
  type Observation,
  type PaymentError,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  readVendorMoney,
  right,
  sameMoney,
  type TaskEither,
  type Thread,
} from '@railswitch/core'
import type { PayablClient } from '../native.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { creditedTransaction } from './credited-transaction.ts'
import { newestDepositStep } from './deposit-step.ts'

/**
 * Whether payabl, asked afterwards, shows the transaction that a callback called credited: alive, with our order id and our
 * money, which the callback's `security` does not cover. It shows no payment_state, so that it proves no credit either.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const crossCheck =
  (client: PayablClient, now: () => Date) =>
  (thread: Thread, deposit: PaymentRef, signal: AbortSignal): TaskEither<PaymentError, Observation | null> =>
  async () => {
    const recorded = thread.intents.find(({ intent }) => paymentRef(intent) === deposit)
    const transactionid = creditedTransaction(thread, deposit)
    if (!recorded || transactionid === null) return right(null)
    const diagnosed = await client.diagnose({ type: 'tx', transactionid }, signal)()
    if (isLeft(diagnosed)) return diagnosed
    const shown = diagnosed.right.transactions.find((transaction) => transaction.transaction_id === transactionid)
    const verdict = shown ? judge(shown, recorded) : 'nothing'
    if (verdict === 'nothing') return right(null)
    return right({
      id: `check|${transactionid}`,
      at: now().toISOString(),
      source: 'lookup',
      vendorId: transactionid,
      trust: 'bound',
      subject: deposit,
      fact: verdict === 'agrees' ? { type: 'deposit.checked' } : { type: 'unexplained', reason: 'lookup_differs' },
      word: { method: 'tx_diagnose' },
    })
  }

/** Steps without an order id or an amount say nothing of them; a pending one may be finished later. */
const judge = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): 'agrees' | 'differs' | 'nothing' => {
  const newest = newestDepositStep(transaction)
  const steps = transaction.form === 'steps' ? transaction.steps : []
  if (!newest || newest.error_code === '2000') return 'nothing'
  const hasOurMoney = ({ amount, currency }: typeof newest): boolean => {
    const money = readVendorMoney(amount, currency)
    return money === null || sameMoney(money, intent.expect)
  }
  if (!hasOurMoney(newest) && !depositTypes.has(newest.type ?? '') && steps.some(hasOurMoney)) return 'nothing'
  const isOurs = newest.order_id === undefined || newest.order_id === merchantReference(intent)
  return newest.error_code === '0' && isOurs && hasOurMoney(newest) ? 'agrees' : 'differs'
}

/** The recorded answer calls a step `invoice`: where one word stands for all of them, the newest may be a refund. */
const depositTypes: ReadonlySet<string> = new Set(['preauthorization', 'capture'])
