import type { PayablAssumptions } from './assumptions.ts'
import {
  isPayIn,
  type Ledger,
  leftOf,
  type PayInState,
  type Payment,
  payInOf,
  refundedOf,
  type Transaction,
} from './ledger.ts'
import type { Notifier } from './notifier.ts'

/** What happens to payments: the money moves, then the merchant is told. Each throws on the impossible; what is told
 *  gives the notification's id. Amounts are minor units. */
export type LifeCycle = {
  readonly accept: (payment: Payment) => string
  readonly credit: (payment: Payment) => string
  readonly fail: (payment: Payment, errorcode?: string) => string
  readonly abort: (payment: Payment, errorcode?: string) => string
  readonly refund: (payment: Payment, amount?: bigint) => Transaction
  readonly chargeBack: (payment: Payment, amount?: bigint) => Transaction
  readonly failPayout: (payout: Transaction, errorcode?: string) => string
}

type Setting = {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly assumptions: PayablAssumptions
  readonly now: () => Date
}

export const createLifeCycle = (setting: Setting): LifeCycle => {
  const { ledger, notifier, assumptions } = setting
  return {
    accept: (payment) => notifier.notify(move(setting, payment, { from: ['pending'], to: 'not_credited_yet' })),
    credit: (payment) => {
      const capture = move(setting, payment, { from: ['pending', 'not_credited_yet'], to: 'credited' })
      ledger.book(payment, capture.amount)
      return notifier.notify(capture)
    },
    // A late not_credited after the credit is not documented, and not excluded.
    fail: (payment, errorcode = assumptions.notCreditedErrorcode) => {
      const wasCredited = payInOf(payment)?.state === 'credited'
      const from = ['pending', 'not_credited_yet', 'credited'] as const
      const capture = move(setting, payment, { from, to: 'not_credited', errorcode })
      // The refunds that were made stay made.
      if (wasCredited) ledger.book(payment, -leftOf(payment) - refundedOf(payment))
      return notifier.notify(capture)
    },
    abort: (payment, errorcode = '-5003') =>
      notifier.notify(move(setting, payment, { from: ['pending'], to: 'aborted', errorcode })),
    refund: (payment, amount = leftOf(payment)) => {
      const transaction = takeBack(setting, payment, { type: 'refund', amount })
      if (assumptions.tellsRefunds) notifier.notify(transaction)
      return transaction
    },
    chargeBack: (payment, amount = leftOf(payment)) => {
      const transaction = takeBack(setting, payment, { type: 'chb', amount })
      if (assumptions.tellsChargebacks) notifier.notify(transaction)
      return transaction
    },
    failPayout: (payout, errorcode = '-5008') => {
      demand(payout, 'accepted')
      Object.assign(payout, { state: 'failed', errorcode, booked: setting.now() })
      ledger.book(payout.payment, payout.amount)
      return notifier.notify(payout)
    },
  }
}

type Move = { readonly from: readonly PayInState[]; readonly to: PayInState; readonly errorcode?: string }

/** Brings a pay-in to another state and gives the transaction that carries it. With ids of its own, the capture comes
 *  into being with the first news. */
const move = ({ ledger, now }: Setting, payment: Payment, { from, to, errorcode = '0' }: Move) => {
  const current = payInOf(payment)
  if (!current) throw new Error(`Payment ${payment.paymentId} is a payout.`)
  demand(current, ...from)
  const at = now()
  for (const transaction of payment.transactions) {
    if (isPayIn(transaction)) Object.assign(transaction, { state: to, errorcode, booked: at })
  }
  if (current.type === 'capture') return current
  return ledger.add(payment, { type: 'capture', amount: current.amount, state: to, errorcode, at })
}

const takeBack = (
  { ledger, assumptions, now }: Setting,
  payment: Payment,
  { type, amount }: { readonly type: 'refund' | 'chb'; readonly amount: bigint },
): Transaction => {
  const deposit = payInOf(payment)
  if (!deposit) throw new Error(`Payment ${payment.paymentId} is a payout.`)
  demand(deposit, 'credited')
  if (amount <= 0n || amount > leftOf(payment)) throw impossible(deposit, 'has less money left')
  ledger.book(payment, -amount)
  const start = { type, amount, state: 'booked', errorcode: '0', at: now() } as const
  const shared = type === 'refund' && assumptions.refundId === 'original'
  return ledger.add(payment, shared ? { ...start, sharesIdOf: deposit } : start)
}

/** Throws unless the transaction is in one of the states. */
export const demand = (transaction: Transaction, ...states: ReadonlyArray<Transaction['state']>): void => {
  if (!states.includes(transaction.state))
    throw impossible(transaction, `is ${transaction.state}, not ${states.join(' or ')}`)
}

const impossible = ({ transactionId }: Transaction, reason: string) =>
  new Error(`Transaction ${transactionId} ${reason}.`)
