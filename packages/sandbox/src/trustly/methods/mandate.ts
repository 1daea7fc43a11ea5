import type { Order } from '../state/order.ts'
import { schemeOf } from '../state/schemes.ts'
import type { Refusal } from '../wire/error-codes.ts'
import { directDebitResult } from './direct-debit-result.ts'
import type { Command, Method, MethodContext } from './method.ts'
import { openHosted, openOrder, pageOf } from './open-order.ts'

/** Asks a customer for a mandate of managed direct debit. An unknown AccountID ends the order at once.
 *  @see https://docs.trustly.com/api/mdd-directdebitmandate */
export const directDebitMandate: Method = (command, context) => {
  const { account, fields } = command
  if (!account.switches.directDebit) return { error: 'ERROR_DIRECT_DEBIT_NOT_ALLOWED' }
  const refusal = checkReference(command, context, schemeOf(fields.attribute('Country')).merchantReference)
  if (refusal) return refusal
  if (lacksName(fields))
    return { error: 'ERROR_INVALID_ORDER_ATTRIBUTE', hint: 'Bankgiro and SEPA need Firstname and Lastname' }
  const order = openHosted(command, context, 'mandate')
  if (fields.attribute('AccountID') !== '' && !order.bankAccount)
    context.moneyIn.cancel(order, { reason: 'INVALID_ACCOUNT_ID' })
  return pageOf(context, order)
}

/** Only BACS has no need of the name. */
const lacksName = ({ attribute }: Command['fields']): boolean =>
  attribute('Country') !== 'GB' && (attribute('Firstname') === '' || attribute('Lastname') === '')

// The published example has 13 characters for BACS, although a mandate of BACS has at most 10.
const importedReference = /^[0-9A-Za-z]{6,35}$/

/** Takes over a mandate that was signed elsewhere: active at once (CREATE), or when the scheme has registered it.
 *  @see https://docs.trustly.com/api/mdd-importdirectdebitmandate */
export const importDirectDebitMandate: Method = (command, context) => {
  const { account, fields } = command
  if (!account.switches.directDebit || !account.switches.importMandates)
    return directDebitResult(account, { rejected: 'ERROR_IMPORT_MANDATE_NOT_ALLOWED' })
  const refusal = checkReference(command, context, importedReference)
  if (refusal) return refusal
  const bankAccount = context.bankAccounts.find(account, fields.attribute('AccountID'))
  if (!bankAccount) return directDebitResult(account, { rejected: 'ERROR_ACCOUNT_NOT_FOUND' })
  const order = openOrder(command, context, { kind: 'mandate', state: 'created' })
  context.mandates.sign(order, bankAccount, 'ACCOUNT_ID')
  if (fields.attribute('ImportType') === 'CREATE' && order.state === 'pending') context.mandates.activate(order)
  return directDebitResult(account, { orderId: order.orderId })
}

/** Ends a mandate that the customer has signed.
 *  @see https://docs.trustly.com/api/mdd-canceldirectdebitmandate */
export const cancelDirectDebitMandate: Method = ({ account, fields }, { ledger, moneyIn }) => {
  const order = ledger.find(fields.data('OrderID'))
  if (order?.account !== account || !isSigned(order)) {
    return directDebitResult(account, { rejected: 'ERROR_MANDATE_NOT_FOUND' })
  }
  moneyIn.cancel(order, { reason: 'CANCELLED' })
  return directDebitResult(account, { orderId: order.orderId })
}

const isSigned = ({ kind, state }: Order): boolean => kind === 'mandate' && (state === 'pending' || state === 'active')

const checkReference = (
  { account, fields }: Command,
  { ledger }: MethodContext,
  format: RegExp,
): Refusal | undefined => {
  const reference = fields.attribute('MerchantReference')
  if (!format.test(reference))
    return { error: 'ERROR_INVALID_ORDER_ATTRIBUTE', hint: 'MerchantReference is malformed for the scheme of Country' }
  return ledger.mandates.hasReference(account, reference)
    ? { error: 'ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS' }
    : undefined
}
