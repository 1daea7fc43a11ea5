import type { Method } from './method.ts'
import { openPage } from './open-order.ts'

/** Asks a customer for a bank account. The result is an `account` notification, which must be switched on.
 *  @see https://docs.trustly.com/api/selectaccount */
export const selectAccount: Method = (command, context) => {
  const { attribute } = command.fields
  if (attribute('RequestDirectDebitMandate') !== '1') return openPage(command, context, 'selection')
  if (!command.account.switches.directDebit) return { error: 'ERROR_DIRECT_DEBIT_NOT_ALLOWED' }
  if (attribute('Email') === '') return { error: 'ERROR_INVALID_EMAIL', hint: 'a mandate asks for Email' }
  return openPage(command, context, 'selection')
}
