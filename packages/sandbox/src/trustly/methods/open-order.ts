import type { BankAccount } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import { type PageTerms, readPageTerms, readTerms, type Terms } from '../state/order-terms.ts'
import type { Command, MethodContext } from './method.ts'

interface Start extends Pick<Order, 'kind' | 'state'> {
  readonly page?: PageTerms
  readonly bankAccount?: BankAccount | undefined
  readonly mandateId?: string
  /** The terms that are not in the call. */
  readonly terms?: Partial<Terms>
}

/** Opens the order of a call. */
export const openOrder = (
  { account, fields, hash }: Command,
  { ledger, now }: MethodContext,
  { terms, ...start }: Start,
): Order =>
  ledger.open({
    page: undefined,
    bankAccount: undefined,
    mandateId: undefined,
    ...start,
    account,
    hash,
    terms: { ...readTerms(fields), ...terms },
    paid: undefined,
    kyc: 'not requested',
    touched: now(),
  })

/** Opens an order with a hosted page. */
export const openHosted = (command: Command, context: MethodContext, kind: Order['kind']): Order => {
  const page = readPageTerms(command.fields)
  const bankAccount = context.bankAccounts.find(command.account, command.fields.attribute('AccountID'))
  return openOrder(command, context, { kind, state: 'created', page, bankAccount })
}

/** The same, and gives the data of the response. */
export const openPage = (command: Command, context: MethodContext, kind: Order['kind']) =>
  pageOf(context, openHosted(command, context, kind))

/** The response with an order's page. */
export const pageOf = ({ checkoutUrl }: Pick<MethodContext, 'checkoutUrl'>, { orderId, session }: Order) => ({
  data: { orderid: orderId, url: `${checkoutUrl}${session}` },
})
