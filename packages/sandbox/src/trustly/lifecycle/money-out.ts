import type { Notifier } from '../notifications/notifier.ts'
import { createId, type Ledger } from '../state/ledger.ts'
import { transferMovement } from '../state/ledger-entries.ts'
import { isGone, type Order, type Transfer } from '../state/order.ts'
import { execute, fits, isSettled, releaseQueued } from '../state/transfer-queue.ts'
import { invalidState, moneyOf } from './money-in.ts'

/** Money that leaves: payouts, withdrawals and refunds. Amounts are minor units; where one may be left out, it picks
 *  the transfer among several. The world's functions throw on the invalidState. */
export type MoneyOut = {
  /** Puts money on its way, or into the queue; a payout that the balance cannot pay may fail at once. */
  readonly send: (order: Order, amount: bigint, externalReference: string) => Transfer
  /** "Confirmed by Trustly's bank", which is not final. Null when the merchant is not told. */
  readonly confirm: (order: Order, amount?: bigint) => string | null
  /** The money cannot be sent, or comes back: it returns to the balance. Gives the ids of what was told. */
  readonly fail: (order: Order, reason: Failure) => readonly string[]
}

export type Failure = {
  readonly amount?: bigint | undefined
  readonly code?: string | undefined
  readonly message?: string | undefined
}

type Dependencies = { readonly ledger: Ledger; readonly notifier: Notifier; readonly now: () => Date }

export const createMoneyOut = ({ ledger, notifier, now }: Dependencies): MoneyOut => {
  const tellFailure = (order: Order, transfer: Transfer, { code, message }: Failure): readonly string[] => {
    const money = moneyOf(order, transfer.amount)
    const reason = { errorcode: code ?? 'incorrect_account_number', errormessage: message ?? wrongAccount }
    const failed = order.account.switches.payoutfailed
      ? [notifier.notify(order, 'payoutfailed', { ...money, ...reason, attributes: undefined })]
      : []
    return [...failed, notifier.notify(order, 'credit', money)]
  }
  return {
    send: (order, amount, externalReference) => {
      const time = now()
      const reference = createId(() => false)
      const transfer: Transfer = {
        amount,
        reference,
        externalReference,
        created: time,
        state: 'queued',
        modified: time,
      }
      const short = isSettled(order) && !fits(ledger, order, amount)
      order.transfers.push(transfer)
      if (short && isPayout(order) && order.account.switches.shortPayout === 'failed') {
        transfer.state = 'failed'
        tellFailure(order, transfer, { code: 'insufficient_funds', message: 'The balance is too low' })
      } else if (!short && isSettled(order)) execute(ledger, { order, transfer, time })
      return transfer
    },
    confirm: (order, amount) => {
      const transfer = pick(order, amount, ['executed'])
      transfer.state = 'confirmed'
      transfer.modified = now()
      if (!order.account.switches.payoutconfirmation) return null
      return notifier.notify(order, 'payoutconfirmation', { ...moneyOf(order, transfer.amount), attributes: undefined })
    },
    fail: (order, failure) => {
      const transfer = pick(order, failure.amount, ['executed', 'confirmed', 'queued'])
      const left = isGone(transfer.state)
      transfer.state = left ? 'returned' : 'failed'
      transfer.modified = now()
      if (left) ledger.book(transferMovement(order, transfer, true))
      const told = tellFailure(order, transfer, failure)
      releaseQueued(ledger, order.account.username, now())
      return told
    },
  }
}

// The one error of the published sample; the vendor does not publish the others.
const wrongAccount = 'Format of the account number specified is not correct'

const isPayout = ({ kind }: Order): boolean => kind === 'payout' || kind === 'withdrawal'

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
