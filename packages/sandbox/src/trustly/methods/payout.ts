import type { BankAccount } from '../state/bank-accounts.ts'
import { readTerms } from '../state/order-terms.ts'
import { fits, shortfall } from '../state/transfer-queue.ts'
import type { Command, Operation, Vendor } from './method.ts'
import { openOrder } from './open-order.ts'
import { keepAccount } from './register-account.ts'

/** Pays to a bank account that the merchant knows.
 *  @see https://docs.trustly.com/api/accountpayout */
export const accountPayout: Operation = (command, vendor) => {
  const bankAccount = vendor.bankAccounts.find(command.account, command.fields.data('AccountID'))
  return bankAccount ? pay(command, vendor, bankAccount) : { error: 'ERROR_INVALID_BANK_ACCOUNT_NUMBER' }
}

/** RegisterAccount and AccountPayout in one call.
 *  @see https://docs.trustly.com/api/registeraccountpayout */
export const registerAccountPayout: Operation = (command, vendor) => pay(command, vendor, keepAccount(command, vendor))

// What a short balance does to a payout is not documented: the merchant's switches decide.
const pay = (command: Command, vendor: Vendor, bankAccount: BankAccount): ReturnType<Operation> => {
  const { account, fields } = command
  const terms = readTerms(fields)
  const { amount = 0n } = terms
  const short = !fits(vendor.ledger, { account, terms }, amount)
  const { shortPayout } = account.switches
  if (short && shortPayout === 'refused') return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  if (short && shortPayout === 'not accepted') return { data: { result: '0' }, remark: shortfall }
  const order = openOrder(command, vendor, { kind: 'payout', state: 'accepted', bankAccount })
  vendor.moneyOut.send(order, amount, terms.externalReference)
  return { data: { orderid: order.orderId, result: '1' }, ...(short && { remark: shortfall }) }
}
