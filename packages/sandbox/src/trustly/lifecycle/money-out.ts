import { directDebitMembers, type Reason, refundMembers } from '../notifications/direct-debit-members.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import { transferEntry } from '../state/ledger-entries.ts'
import { isSent, type Order, type Transfer } from '../state/order.ts'
import { execute, isCovered, isFunded, releaseQueued } from '../state/transfer-queue.ts'
import { invalidState, moneyOf } from './money-in.ts'

/** The events of outgoing money: payouts, withdrawals and refunds. Amounts are minor units; an optional amount selects
 *  the transfer among several. `confirm` and `fail` throw if no transfer is in a state that allows it. */
export interface MoneyOut {
  /** Sends money, or queues it. A payout above the balance may fail immediately. */
  readonly send: (order: Order, amount: bigint, names: TransferNames) => Transfer
  /** "Confirmed by Trustly's bank", which is not final. Null when no notification is sent. */
  readonly confirm: (order: Order, amount?: bigint) => string | null
  /** The money cannot be sent, or is returned: it goes back to the balance. Gives the notifications' ids. */
  readonly fail: (order: Order, reason: Failure) => readonly string[]
}

/** The merchant's own names of a transfer. */
interface TransferNames {
  readonly externalReference: string
  /** Undefined where the transfer has the order's. */
  readonly messageId?: string
}

export interface Failure {
  readonly amount?: bigint | undefined
  readonly code?: string | undefined
  readonly message?: string | undefined
}

interface Dependencies {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly now: () => Date
}

export const createMoneyOut = ({ ledger, notifier, now }: Dependencies): MoneyOut => {
  const notifyTransfer = (order: Order, transfer: Transfer, method: TransferMethod, reason?: Reason): string => {
    const members =
      order.kind === 'direct debit'
        ? refundMembers(order, transfer, method, reason)
        : directDebitMembers(order, method, reason)
    const money = method === 'cancel' ? {} : moneyOf(order, transfer.amount)
    return notifier.notify(order, method, { ...money, ...members })
  }
  const notifyFailure = (order: Order, transfer: Transfer, failure: Failure, isBooked = false): readonly string[] => {
    const { code, message } = failure
    if (isDirectDebitProduct(order)) {
      // Money whose leaving was reported comes back; before that it never left.
      return [notifyTransfer(order, transfer, isBooked ? 'credit' : 'cancel', { reason: code, details: message })]
    }
    const money = moneyOf(order, transfer.amount)
    const reason = { errorcode: code ?? 'incorrect_account_number', errormessage: message ?? wrongAccount }
    const failed = order.account.switches.payoutfailed
      ? [notifier.notify(order, 'payoutfailed', { ...money, ...reason, attributes: undefined })]
      : []
    return [...failed, notifier.notify(order, 'credit', money)]
  }
  return {
    send: (order, amount, { externalReference, messageId }) => {
      const time = now()
      const reference = ledger.createReference()
      const transfer = newTransfer({ amount, reference, externalReference, messageId }, time)
      const short = isFunded(order) && !isCovered(ledger, order, amount)
      order.transfers.push(transfer)
      ledger.noteQueued(order)
      if (isDirectDebitProduct(order)) notifyTransfer(order, transfer, 'pending')
      if (short && isPayout(order) && order.account.switches.shortPayout === 'failed') {
        transfer.state = 'failed'
        notifyFailure(order, transfer, shortOf(order))
      } else if (!short && isFunded(order)) execute(ledger, { order, transfer, time })
      return transfer
    },
    confirm: (order, amount) => {
      const transfer = pick(order, amount, ['executed'])
      transfer.state = 'confirmed'
      transfer.modified = now()
      if (isDirectDebitProduct(order)) return notifyTransfer(order, transfer, 'debit')
      if (!order.account.switches.payoutconfirmation) return null
      return notifier.notify(order, 'payoutconfirmation', { ...moneyOf(order, transfer.amount), attributes: undefined })
    },
    fail: (order, failure) => {
      const transfer = pick(order, failure.amount, ['executed', 'confirmed', 'queued'])
      const isBooked = transfer.state === 'confirmed'
      const wasSent = isSent(transfer.state)
      transfer.state = wasSent ? 'returned' : 'failed'
      transfer.modified = now()
      if (wasSent) ledger.book(transferEntry(order, transfer, true))
      const sent = notifyFailure(order, transfer, failure, isBooked)
      releaseQueued(ledger, order.account.username, now())
      return sent
    },
  }
}

// The error of the published sample; the vendor does not publish others.
const wrongAccount = 'Format of the account number specified is not correct'

type TransferMethod = 'pending' | 'debit' | 'cancel' | 'credit'

const isDirectDebitProduct = ({ kind }: Order): boolean => kind === 'direct debit' || kind === 'direct credit'

const shortOf = (order: Order): Failure => {
  const message = 'The balance is too low'
  return { code: isDirectDebitProduct(order) ? 'FAILED' : 'insufficient_funds', message }
}

type TransferStart = Pick<Transfer, 'amount' | 'reference' | 'externalReference' | 'messageId'>

const newTransfer = (start: TransferStart, time: Date): Transfer => ({
  ...start,
  created: time,
  state: 'queued',
  modified: time,
})

const isPayout = ({ kind }: Order): boolean => kind === 'payout' || kind === 'withdrawal' || kind === 'direct credit'

const pick = (order: Order, amount: bigint | undefined, states: readonly Transfer['state'][]): Transfer => {
  const fitting = order.transfers.filter(
    (transfer) => states.includes(transfer.state) && (amount === undefined || transfer.amount === amount),
  )
  const transfer = states.flatMap((state) => fitting.filter((candidate) => candidate.state === state))[0]
  if (!transfer)
    throw invalidState(
      order,
      `has no ${states[0]} ${isPayout(order) ? 'payout' : 'refund'}${amount === undefined ? '' : ' of that amount'}`,
    )
  return transfer
}
