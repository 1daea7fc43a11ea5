import type { Answer, Notification, Notifier } from '../notifications/notifier.ts'
import type { Order } from '../state/order.ts'
import { type MoneyIn, moneyOf, requireState } from './money-in.ts'
import type { MoneyOut } from './money-out.ts'

/** A withdrawal from the customer's request until the money is sent. Amounts are minor units. */
export interface Withdrawals {
  /** The customer requests it: a debit asks the merchant to reserve the money. OK reserves it, FAILED cancels. Gives the
   *  notification's id. */
  readonly request: (order: Order, amount: bigint) => string
  readonly approve: (order: Order) => void
  /** Records the merchant's answer to a notification that was sent before a restart. */
  readonly answer: (order: Order, question: Question, answer: Answer) => void
  /** Sends `cancel`, and `credit` if the money was reserved. */
  readonly deny: (order: Order) => void
}

type Question = Pick<Notification, 'id' | 'method'>

interface Dependencies {
  readonly moneyIn: MoneyIn
  readonly moneyOut: MoneyOut
  readonly notifier: Notifier
}

export const createWithdrawals = ({ moneyIn, moneyOut, notifier }: Dependencies): Withdrawals => {
  const approve = (order: Order): void => {
    requireState(order, 'reserved')
    order.state = 'accepted'
    moneyOut.send(order, order.paid ?? 0n, { externalReference: order.terms.externalReference })
  }
  const onAnswer = (order: Order, status: string): void => {
    // A withdrawal can be denied before its debit is answered.
    if (order.state !== 'requested') return
    if (status === 'FAILED') return void moneyIn.cancel(order)
    order.state = 'reserved'
    if (order.account.switches.autoApprove) approve(order)
  }
  return {
    request: (order, amount) => {
      requireState(order, 'created')
      order.state = 'requested'
      order.paid = amount
      return notifier.notify(order, 'debit', moneyOf(order, amount), ({ status }) => onAnswer(order, status))
    },
    approve,
    answer: (order, { id, method }, answer) => {
      if (method === 'kyc') order.kyc = answer
      if (method !== 'debit') return
      if (order.kind === 'withdrawal') return onAnswer(order, answer.status)
      // The debit of a refund has no entry: its answer changes nothing.
      const debit = order.debits.find(({ notificationId }) => notificationId === id)
      if (debit) debit.answer = answer.status
    },
    deny: (order) => {
      const reserved = order.state === 'reserved'
      moneyIn.cancel(order)
      if (reserved) notifier.notify(order, 'credit', moneyOf(order, order.paid ?? 0n))
    },
  }
}
