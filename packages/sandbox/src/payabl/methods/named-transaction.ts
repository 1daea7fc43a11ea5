import { payInOf, type Transaction } from '../state/payment.ts'
import { textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { ActionContext } from './action.ts'

/** The transaction of a refund or a payout. A pay-in is identified by the id "received in a callback". */
export const findPaid = ({ account, form, ledger, assumptions }: ActionContext): Transaction | Refusal => {
  const named = ledger.find(textOf(form, 'transactionid') ?? '')
  if (named?.payment.account !== account) return { status: -6000, hint: 'there is no such transaction' }
  if (named.type !== 'preauthorization') return named
  const capture = assumptions.takesFirstId ? payInOf(named.payment) : undefined
  return capture ?? { status: -6000, hint: 'the id is that of the preauthorization, not that in a notification' }
}
