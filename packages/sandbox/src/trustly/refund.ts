import type { Refusal } from './error-codes.ts'
import { type Order, type Refund, refundable } from './ledger.ts'
import { currencies, parseAmount } from './money.ts'
import type { Operation } from './operation.ts'
import { hasBoolean, readScalar } from './parameters.ts'

/** Sends money of a deposit back. The answer carries the deposit's own order id, and no notification follows.
 *  @see https://eu.developers.trustly.com/doc/reference/refund */
export const refund: Operation = ({ account, call: { data }, ledger }) => {
  if (hasBoolean(data)) return { error: 'ERROR_INVALID_PARAMETERS', hint: 'booleans travel as "1" and "0"' }
  const order = ledger.find(readScalar(data, 'OrderID').text ?? '')
  if (order?.account !== account) return { error: 'ERROR_INVALID_ORDER_ID' }
  const currency = readScalar(data, 'Currency').text ?? ''
  if (!currencies.has(currency)) return { error: 'ERROR_INVALID_CURRENCY_CODE' }
  const amount = parseAmount(readScalar(data, 'Amount').text ?? '', currency)
  if (amount === undefined) return { error: 'ERROR_INVALID_AMOUNT' }
  const balance = ledger.balancesOf(account.username).get(currency) ?? 0n
  const refusal = refuse(order, { amount, currency, balance })
  if (refusal) return refusal
  const entry: Refund = { amount, state: order.state === 'credited' ? 'executed' : 'queued' }
  order.refunds.push(entry)
  if (entry.state === 'executed') ledger.book(order, -amount)
  return { data: { orderid: order.orderId, result: '1' } }
}

type Wanted = { readonly amount: bigint; readonly currency: string; readonly balance: bigint }

// Which codes the vendor uses for these three is undocumented; they are the twin's assumption.
const refuse = (order: Order, { amount, currency, balance }: Wanted): Refusal | undefined => {
  if (currency !== order.terms.currency) {
    return { error: 'ERROR_INVALID_CURRENCY_CODE', hint: 'the deposit has another currency' }
  }
  if (amount > refundable(order)) {
    return { error: 'ERROR_INVALID_AMOUNT', hint: 'more than what is left of the deposit' }
  }
  if (order.state === 'credited' && amount > balance) return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  return undefined
}
