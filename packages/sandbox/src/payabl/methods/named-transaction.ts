import { payInOf, type Transaction } from '../state/ledger.ts'
import { textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { ActionContext } from './action.ts'

/** The transaction that a refund or a payout names: of a pay-in, by the id "received in a callback". */
export const findPaid = ({ account, form, ledger, assumptions }: ActionContext): Transaction | Refusal => {
  const named = ledger.find(textOf(form, 'transactionid') ?? '')
  if (named?.payment.account !== account) return { status: -6000, hint: 'there is no such transaction' }
  if (named.type !== 'preauthorization') return named
  const capture = assumptions.takesFirstId ? payInOf(named.payment) : undefined
  return capture ?? { status: -6000, hint: 'the id of the preauthorization: wanted is the one in a notification' }
}
