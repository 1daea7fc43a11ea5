import type { BankAccount } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import { type PageTerms, readPageTerms, readTerms } from '../state/order-terms.ts'
import type { Command, MethodContext } from './method.ts'

type Start = Pick<Order, 'kind' | 'state'> & {
  readonly page?: PageTerms
  readonly bankAccount?: BankAccount | undefined
}

/** Makes the order that a call asks for. */
export const openOrder = ({ account, fields, hash }: Command, { ledger, now }: MethodContext, start: Start): Order =>
  ledger.open({
    page: undefined,
    bankAccount: undefined,
    ...start,
    account,
    hash,
    terms: readTerms(fields),
    paid: undefined,
    kyc: 'unasked',
    touched: now(),
  })

/** The same with a hosted page: the answer to the method that opens it. */
export const openPage = (command: Command, context: MethodContext, kind: Order['kind']) => {
  const page = readPageTerms(command.fields)
  const bankAccount = context.bankAccounts.find(command.account, command.fields.attribute('AccountID'))
  const { orderId, session } = openOrder(command, context, { kind, state: 'created', page, bankAccount })
  return { data: { orderid: orderId, url: `${context.checkoutUrl}${session}` } }
}
