import type { Method } from './method.ts'
import { openPage } from './open-order.ts'

/** An interactive pay-in: creates the order and its checkout session.
 *  @see https://docs.trustly.com/api/deposit */
export const deposit: Method = (command, context) => {
  const { attribute } = command.fields
  const { payAndPlay, directDebit } = command.account.switches
  if (attribute('RequestKYC') === '1' && !payAndPlay) return { error: 'ERROR_PAY_AND_PLAY_NOT_ALLOWED' }
  if (attribute('RequestDirectDebitMandate') === '1' && !directDebit) return { error: 'ERROR_DIRECT_DEBIT_NOT_ALLOWED' }
  return openPage(command, context, 'deposit')
}
