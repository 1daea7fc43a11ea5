import { type Order, refundable } from '../state/order.ts'
import { isCovered, isFunded, shortfall } from '../state/transfer-queue.ts'
import type { Refusal } from '../wire/error-codes.ts'
import type { Method } from './method.ts'

/** Refunds a deposit or a charge. The response has the id of that order.
 *  @see https://eu.developers.trustly.com/doc/reference/refund */
export const refund: Method = ({ account, fields: { data, attribute, toMinor } }, { ledger, moneyOut }) => {
  const order = ledger.find(data('OrderID'))
  if (order?.account !== account || (order.kind !== 'deposit' && order.kind !== 'charge'))
    return { error: 'ERROR_INVALID_ORDER_ID' }
  const amount = toMinor(data('Amount'), data('Currency')) ?? 0n
  const refusal = refuse(order, amount, data('Currency'))
  if (refusal) return refusal
  const short = isFunded(order) && !isCovered(ledger, order, amount)
  if (short && account.switches.shortRefund === 'refused') return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  moneyOut.send(order, amount, { externalReference: attribute('ExternalReference') })
  const accepted = { data: { orderid: order.orderId, result: '1' } }
  if (!isFunded(order)) return { ...accepted, remark: 'queued: the deposit is not credited' }
  return short ? { ...accepted, remark: `queued: ${shortfall}` } : accepted
}

// The vendor's error codes for these are not documented; they are an assumption of the sandbox.
const refuse = (order: Order, amount: bigint, currency: string): Refusal | undefined => {
  if (currency !== order.terms.currency) {
    return { error: 'ERROR_INVALID_CURRENCY_CODE', hint: 'the deposit has another currency' }
  }
  if (order.state === 'created') return { error: 'ERROR_INVALID_AMOUNT', hint: 'the order is not paid' }
  return amount > refundable(order)
    ? { error: 'ERROR_INVALID_AMOUNT', hint: 'more than what is left of the deposit' }
    : undefined
}
