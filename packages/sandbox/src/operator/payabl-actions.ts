import type { PayablSandbox } from '../payabl/payabl.ts'
import type { Transaction } from '../payabl/state/payment.ts'
import type { PaymentAction } from './operator-view.ts'

interface RequestedAction {
  readonly transactionId: string
  readonly action: string
  readonly amount: string | undefined
}

/** Performs an action. */
export const act = (sandbox: PayablSandbox, { transactionId, action, amount }: RequestedAction): unknown => {
  switch (action) {
    case 'accept':
      return sandbox.accept(transactionId)
    case 'credit':
      return sandbox.credit(transactionId)
    case 'fail':
      return sandbox.fail(transactionId)
    case 'abort':
      return sandbox.abort(transactionId)
    case 'refund':
      return sandbox.refundFromDashboard(transactionId, amount)
    case 'pay-out':
      return sandbox.payOutFromDashboard(transactionId, amount ?? '')
    case 'charge-back':
      return sandbox.chargeBack(transactionId, amount)
    case 'fail-payout':
      return sandbox.failPayout(transactionId)
    default:
      throw new Error(`There is no action ${action}.`)
  }
}

/** The actions that the state of a payment's first transaction allows. */
export const actionsOf = ({ state }: Transaction): PaymentAction[] => {
  switch (state) {
    case 'pending':
      return [
        { id: 'accept', label: 'The customer pays: accepted' },
        { id: 'credit', label: 'The customer pays: credited' },
        { id: 'abort', label: 'The customer cancels' },
        { id: 'fail', label: 'The bank does not pay' },
      ]
    case 'not_credited_yet':
      return [
        { id: 'credit', label: 'The money arrives' },
        { id: 'fail', label: 'The money never arrives' },
      ]
    case 'credited':
      return [
        { id: 'charge-back', label: 'Charge back', amount: whatIsLeft },
        { id: 'refund', label: 'Refund in the vendor’s dashboard', amount: whatIsLeft },
        payOut,
        { id: 'fail', label: 'Not credited after all' },
      ]
    case 'accepted':
      return [{ id: 'fail-payout', label: 'The payout fails' }, payOut]
    case 'not_credited':
    case 'aborted':
    case 'booked':
    case 'failed':
      return []
    default:
      return state satisfies never
  }
}

const whatIsLeft = { required: false, hint: 'the rest' }

const payOut: PaymentAction = {
  id: 'pay-out',
  label: 'Pay out in the vendor’s dashboard',
  amount: { required: true, hint: 'up to the balance' },
}
