import type { BankAccount } from '../state/bank-accounts.ts'
import { readTerms } from '../state/order-terms.ts'
import { isCovered, shortfall } from '../state/transfer-queue.ts'
import type { Command, Method, MethodContext } from './method.ts'
import { openOrder } from './open-order.ts'
import { storeAccount } from './register-account.ts'

/** Pays to a bank account that the merchant knows.
 *  @see https://docs.trustly.com/api/accountpayout */
export const accountPayout: Method = (command, context) => {
  const bankAccount = context.bankAccounts.find(command.account, command.fields.data('AccountID'))
  return bankAccount ? pay(command, context, bankAccount) : { error: 'ERROR_INVALID_BANK_ACCOUNT_NUMBER' }
}

/** RegisterAccount and AccountPayout in one call.
 *  @see https://docs.trustly.com/api/registeraccountpayout */
export const registerAccountPayout: Method = (command, context) => pay(command, context, storeAccount(command, context))

// The documents do not say what happens to a payout above the balance: the merchant's switches decide.
const pay = (command: Command, context: MethodContext, bankAccount: BankAccount): ReturnType<Method> => {
  const { account, fields } = command
  const terms = readTerms(fields)
  const { amount = 0n } = terms
  const short = !isCovered(context.ledger, { account, terms }, amount)
  const { shortPayout } = account.switches
  if (short && shortPayout === 'refused') return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  if (short && shortPayout === 'not accepted') return { data: { result: '0' }, remark: shortfall }
  const order = openOrder(command, context, { kind: 'payout', state: 'accepted', bankAccount })
  context.moneyOut.send(order, amount, { externalReference: terms.externalReference })
  return { data: { orderid: order.orderId, result: '1' }, ...(short && { remark: shortfall }) }
}
