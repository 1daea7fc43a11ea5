import { unknownAttributes } from './deposit-attributes.ts'
import { readDeposit } from './deposit-parameters.ts'
import type { Operation } from './operation.ts'

/** An interactive pay-in: creates the order and its checkout session.
 *  @see https://docs.trustly.com/api/deposit */
export const deposit: Operation = ({ account, call, hash, ledger, checkoutUrl, now }) => {
  const terms = readDeposit(call.data)
  if ('error' in terms) return terms
  // One MessageID per order of the merchant, whatever happened to that order.
  if (ledger.hasMessage(account, terms.messageId)) return { error: 'ERROR_DUPLICATE_MESSAGE_ID' }
  const { orderId, session } = ledger.open({ account, terms, hash, touched: now() })
  const data = { orderid: orderId, url: `${checkoutUrl}${session}` }
  const unknown = unknownAttributes(call.data)
  return unknown.length > 0 ? { data, warning: `unknown attributes: ${unknown.join(', ')}` } : { data }
}
