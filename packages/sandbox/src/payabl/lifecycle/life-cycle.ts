import { type Clock, dayMs } from '../../platform/clock.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import {
  isPayIn,
  leftOf,
  type PayInState,
  type Payment,
  payInOf,
  refundedOf,
  type Transaction,
} from '../state/payment.ts'

/** The events of payments: the money moves, and the merchant is notified. Each throws if the payment's state does not
 *  allow it. Those that notify give the notification's id, empty if none is sent. Amounts are minor units. */
export interface LifeCycle {
  readonly accept: (payment: Payment) => string
  /** Fails an accepted pay-in when its money does not arrive in time. */
  readonly watch: (payment: Payment) => void
  readonly credit: (payment: Payment) => string
  readonly fail: (payment: Payment, errorcode?: string) => string
  readonly abort: (payment: Payment, errorcode?: string) => string
  readonly refund: (payment: Payment, amount?: bigint, notificationUrl?: string) => Transaction
  readonly chargeBack: (payment: Payment, amount?: bigint) => Transaction
  readonly payOut: (payout: Payout) => Transaction
  readonly failPayout: (payout: Transaction, errorcode?: string) => string
}

/** A new payout; `refused` if it fails immediately. */
export interface Payout extends Pick<Payment, 'account' | 'orderid' | 'custom1' | 'currency' | 'notificationUrl'> {
  readonly amount: bigint
  readonly refused: boolean
}

interface Dependencies {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly assumptions: PayablAssumptions
  readonly clock: Clock
}

// "If funds are not received within 15 days" the gateway fails the payment.
const creditTimeoutMs = 15 * dayMs

export const createLifeCycle = (dependencies: Dependencies): LifeCycle => {
  const { ledger, notifier, assumptions, clock } = dependencies
  const lifeCycle: LifeCycle = {
    accept: (payment) => {
      const capture = move(dependencies, payment, { from: ['pending'], to: 'not_credited_yet' })
      lifeCycle.watch(payment)
      return notifier.notify(capture)
    },
    watch: (payment) => {
      const capture = payInOf(payment)
      if (capture?.state !== 'not_credited_yet') return
      clock.at(new Date(capture.booked.getTime() + creditTimeoutMs), () => {
        if (capture.state === 'not_credited_yet') lifeCycle.fail(payment)
      })
    },
    credit: (payment) => {
      const capture = move(dependencies, payment, { from: ['pending', 'not_credited_yet'], to: 'credited' })
      ledger.book(payment, capture.amount)
      return notifier.notify(capture)
    },
    // A not_credited after the credit is neither documented nor excluded.
    fail: (payment, errorcode = assumptions.notCreditedErrorcode) => {
      const wasCredited = payInOf(payment)?.state === 'credited'
      const from = ['pending', 'not_credited_yet', 'credited'] as const
      const capture = move(dependencies, payment, { from, to: 'not_credited', errorcode })
      // Executed refunds are not reversed.
      if (wasCredited) ledger.book(payment, -leftOf(payment) - refundedOf(payment))
      return notifier.notify(capture)
    },
    abort: (payment, errorcode = assumptions.abortErrorcode) => {
      const ended = move(dependencies, payment, { from: ['pending'], to: 'aborted', errorcode })
      return assumptions.tellsAborts ? notifier.notify(ended) : ''
    },
    refund: (payment, amount = leftOf(payment), notificationUrl) => {
      const transaction = takeBack(dependencies, payment, { type: 'refund', amount, notificationUrl })
      if (assumptions.tellsRefunds) notifier.notify(transaction)
      return transaction
    },
    chargeBack: (payment, amount = leftOf(payment)) => {
      const transaction = takeBack(dependencies, payment, { type: 'chb', amount })
      if (assumptions.tellsChargebacks) notifier.notify(transaction)
      return transaction
    },
    payOut: (payout) => payOut(dependencies, payout),
    failPayout: (payout, errorcode = assumptions.payoutFailureErrorcode) => {
      requireState(payout, 'accepted')
      Object.assign(payout, { state: 'failed', errorcode, booked: clock.now() })
      ledger.book(payout.payment, payout.amount)
      return assumptions.tellsPayoutFailures ? notifier.notify(payout) : ''
    },
  }
  return lifeCycle
}

interface Move {
  readonly from: readonly PayInState[]
  readonly to: PayInState
  readonly errorcode?: string
}

/** Sets the state of a pay-in and gives the transaction that carries it. Where the capture has its own id, it is created
 *  with the first notification. */
const move = ({ ledger, clock }: Dependencies, payment: Payment, { from, to, errorcode = '0' }: Move) => {
  const current = payInOf(payment)
  if (!current) throw new Error(`Payment ${payment.paymentId} is a payout.`)
  requireState(current, ...from)
  const at = clock.now()
  for (const transaction of payment.transactions) {
    if (isPayIn(transaction)) Object.assign(transaction, { state: to, errorcode, booked: at })
  }
  ledger.noteChange()
  if (current.type === 'capture') return current
  return ledger.add(payment, { type: 'capture', amount: current.amount, state: to, errorcode, at })
}

interface TakenBack {
  readonly type: 'refund' | 'chb'
  readonly amount: bigint
  readonly notificationUrl?: string | undefined
}

const takeBack = (
  { ledger, assumptions, clock }: Dependencies,
  payment: Payment,
  { type, amount, notificationUrl }: TakenBack,
): Transaction => {
  const deposit = payInOf(payment)
  if (!deposit) throw new Error(`Payment ${payment.paymentId} is a payout.`)
  requireState(deposit, 'credited')
  if (amount <= 0n || amount > leftOf(payment)) throw invalidState(deposit, 'has less money left')
  ledger.book(payment, -amount)
  const start = { type, amount, state: 'booked', errorcode: '0', at: clock.now(), notificationUrl } as const
  const shared = (type === 'refund' ? assumptions.refundId : assumptions.chargebackId) === 'original'
  return ledger.add(payment, shared ? { ...start, sharesIdOf: deposit } : start)
}

const payOut = ({ ledger, assumptions, clock }: Dependencies, { amount, refused, ...start }: Payout): Transaction => {
  const at = clock.now()
  const payment = ledger.open({ ...start, terms: undefined, touched: at })
  if (!refused) ledger.book(payment, -amount)
  const [state, errorcode] = refused
    ? (['failed', assumptions.shortBalanceErrorcode] as const)
    : (['accepted', '0'] as const)
  return ledger.add(payment, { type: 'cft', amount, state, errorcode, at })
}

/** Throws unless the transaction is in one of the states. */
export const requireState = (transaction: Transaction, ...states: ReadonlyArray<Transaction['state']>): void => {
  if (!states.includes(transaction.state))
    throw invalidState(transaction, `is ${transaction.state}, not ${states.join(' or ')}`)
}

const invalidState = ({ transactionId }: Transaction, reason: string) =>
  new Error(`Transaction ${transactionId} ${reason}.`)
