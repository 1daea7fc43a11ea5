import { stateOf } from '../trustly/books.ts'
import { isSent, type Order } from '../trustly/state/order.ts'
import { schemeOf } from '../trustly/state/schemes.ts'
import type { TrustlySandbox } from '../trustly/trustly.ts'
import { formatAmount } from '../trustly/wire/formats.ts'
import type { PaymentAction } from './operator-view.ts'

const returnRefund = 'return-refund-'

interface RequestedAction {
  readonly orderId: string
  readonly action: string
  readonly amount: string | undefined
}

/** Performs an action. */
export const act = (sandbox: TrustlySandbox, { orderId, action, amount }: RequestedAction): unknown => {
  const paid = amount === undefined ? {} : { amount }
  switch (action) {
    case 'pending':
      return sandbox.complete(orderId, { notify: ['pending'], ...paid })
    case 'credit':
      return sandbox.complete(orderId, { notify: ['credit'], ...paid })
    case 'cancel':
      return sandbox.cancel(orderId)
    case 'refuse':
      return sandbox.cancel(orderId, { reason: 'FAILED' })
    case 'move':
      return sandbox.moveMandate(orderId)
    case 'debit':
      return sandbox.debit(orderId, amount)
    case 'ask':
      return sandbox.complete(orderId, paid)
    case 'confirm-payout':
      return sandbox.confirmPayout(orderId)
    case 'fail-payout':
      return sandbox.failPayout(orderId)
    default:
      if (action.startsWith(returnRefund)) return sandbox.returnRefund(orderId, action.slice(returnRefund.length))
      throw new Error(`There is no action ${action}.`)
  }
}

/** The actions that an order's state allows. */
export const actionsOf = (order: Order): PaymentAction[] => {
  const { kind, terms } = order
  const amount = terms.amount === undefined ? null : formatAmount(terms.amount, terms.currency)
  const state = stateOf(order)
  if (kind === 'mandate') return mandateActions(order)
  switch (state) {
    case 'created': {
      if (kind === 'selection') return [{ id: 'ask', label: 'The customer chooses an account' }, giveUp]
      const field = { required: amount === null, hint: amount === null ? 'the customer’s choice' : amount }
      if (kind === 'withdrawal') return [{ id: 'ask', label: 'The customer requests it', amount: field }, giveUp]
      if (kind === 'direct debit') return directDebitActions
      return [
        { id: 'pending', label: 'The customer pays: pending', amount: field },
        { id: 'credit', label: 'The customer pays: credited', amount: field },
        giveUp,
      ]
    }
    case 'pending':
      return [
        { id: 'credit', label: 'The money arrives', amount: { required: false, hint: 'the paid amount' } },
        { id: 'cancel', label: 'The money never arrives' },
      ]
    case 'credited':
    case 'reversed':
      return [...(state === 'credited' ? [chargeBack] : []), ...confirmsOf(order), ...returnsOf(order)]
    case 'requested':
    case 'reserved':
      return [{ id: 'cancel', label: 'The withdrawal is cancelled' }]
    case 'executed':
      return [{ id: 'confirm-payout', label: 'The bank confirms it' }, failPayout]
    case 'queued':
    case 'confirmed':
      return [failPayout]
    case 'active':
    case 'cancelled':
    case 'chosen':
    case 'returned':
    case 'failed':
    case 'dropped':
      return []
    default:
      return state satisfies never
  }
}

const mandateActions = ({ state, terms }: Order): PaymentAction[] => {
  const ends: PaymentAction = { id: 'cancel', label: 'The customer ends it in the bank' }
  switch (state) {
    case 'created':
      return [
        { id: 'pending', label: 'The customer signs it' },
        { id: 'credit', label: 'The customer signs it, and it is active' },
        giveUp,
      ]
    case 'pending':
      return [{ id: 'credit', label: 'The bank registers it' }, { id: 'refuse', label: 'The bank refuses it' }, ends]
    case 'active':
      return schemeOf(terms.country).name === 'BACS'
        ? [ends, { id: 'move', label: 'The customer moves to another bank' }]
        : [ends]
    default:
      return []
  }
}

const directDebitActions: PaymentAction[] = [
  { id: 'pending', label: 'The bank takes it on: pending' },
  { id: 'credit', label: 'The bank executes it: credited' },
  { id: 'cancel', label: 'The bank refuses it' },
]

const giveUp: PaymentAction = { id: 'cancel', label: 'The customer cancels' }

const failPayout: PaymentAction = { id: 'fail-payout', label: 'The bank returns it' }

const chargeBack: PaymentAction = {
  id: 'debit',
  label: 'Charge back',
  amount: { required: false, hint: 'the rest' },
}

/** Only the refund of a direct debit is confirmed by a notification that is always sent. */
const confirmsOf = ({ kind, transfers }: Order): PaymentAction[] =>
  kind === 'direct debit' && transfers.some(({ state }) => state === 'executed')
    ? [{ id: 'confirm-payout', label: 'The bank confirms the refund' }]
    : []

const returnsOf = ({ transfers, terms: { currency } }: Order): PaymentAction[] => {
  const executed = transfers.filter(({ state }) => isSent(state))
  return [...new Set(executed.map(({ amount }) => formatAmount(amount, currency)))].map((amount) => ({
    id: `${returnRefund}${amount}`,
    label: `The bank returns the refund of ${amount}`,
  }))
}
