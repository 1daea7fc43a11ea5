import { payInOf, type Transaction } from '../state/payment.ts'
import { textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { ActionContext } from './action.ts'

type Context = Pick<ActionContext, 'account' | 'form' | 'ledger'>

/** The merchant's transaction in `transactionid`. */
export const findNamed = ({ account, form, ledger }: Context): Transaction | Refusal => {
  const named = ledger.find(textOf(form, 'transactionid') ?? '')
  return named?.payment.account === account ? named : { status: -6000, hint: 'there is no such transaction' }
}

/** The transaction of a refund or a payout. A pay-in is identified by the id "received in a callback". */
export const findPaid = (context: ActionContext): Transaction | Refusal => {
  const named = findNamed(context)
  if ('status' in named || named.type !== 'preauthorization') return named
  const capture = context.assumptions.takesFirstId ? payInOf(named.payment) : undefined
  return capture ?? { status: -6000, hint: 'the id of the preauthorization, not that in a notification' }
}
