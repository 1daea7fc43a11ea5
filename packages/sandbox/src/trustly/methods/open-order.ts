import type { BankAccount } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import { type PageTerms, readPageTerms, readTerms } from '../state/order-terms.ts'
import type { Command, MethodContext } from './method.ts'

interface Start extends Pick<Order, 'kind' | 'state'> {
  readonly page?: PageTerms
  readonly bankAccount?: BankAccount | undefined
}

/** Opens the order of a call. */
export const openOrder = ({ account, fields, hash }: Command, { ledger, now }: MethodContext, start: Start): Order =>
  ledger.open({
    page: undefined,
    bankAccount: undefined,
    ...start,
    account,
    hash,
    terms: readTerms(fields),
    paid: undefined,
    kyc: 'not requested',
    touched: now(),
  })

/** Opens an order with a hosted page, and gives the data of the response. */
export const openPage = (command: Command, context: MethodContext, kind: Order['kind']) => {
  const page = readPageTerms(command.fields)
  const bankAccount = context.bankAccounts.find(command.account, command.fields.attribute('AccountID'))
  const { orderId, session } = openOrder(command, context, { kind, state: 'created', page, bankAccount })
  return { data: { orderid: orderId, url: `${context.checkoutUrl}${session}` } }
}
