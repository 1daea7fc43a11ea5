import { type Order, refundable } from '../state/order.ts'
import { isCovered, shortfall } from '../state/transfer-queue.ts'
import { directDebitResult } from './direct-debit-result.ts'
import { activeMandate, paymentDay, rejectTransfer } from './mandate-transfer.ts'
import type { Command, Method, MethodContext } from './method.ts'
import { openOrder } from './open-order.ts'

const collectionTypes = ['', 'INITIAL', 'RECURRING', 'RE_SUBMITTED', 'FINAL']

/** Collects money on a managed mandate.
 *  @see https://docs.trustly.com/api/mdd-directdebit */
export const directDebit: Method = (command, context) => {
  const { account, fields } = command
  const rejected = rejectTransfer(command, context) ?? rejectType(command)
  const mandate = activeMandate(command, context)
  if (rejected || !mandate) return directDebitResult(account, { rejected: rejected ?? 'ERROR_MANDATE_NOT_FOUND' })
  const { endUserId, holder, country, merchantReference } = mandate.terms
  const paymentDate = paymentDay(fields.attribute('PaymentDate'), context.now())
  const { orderId } = openOrder(command, context, {
    kind: 'direct debit',
    state: 'created',
    bankAccount: mandate.bankAccount,
    mandateId: mandate.orderId,
    terms: { endUserId, holder, country, merchantReference, paymentDate },
  })
  return directDebitResult(account, { orderId })
}

const rejectType = ({ fields }: Command): string | undefined =>
  collectionTypes.includes(fields.attribute('CollectionType')) ? undefined : 'ERROR_COLLECTION_TYPE_FAILURE'

/** Cancels a direct debit that the bank has not started.
 *  @see https://docs.trustly.com/api/mdd-canceldirectdebit */
export const cancelDirectDebit: Method = ({ account, fields }, context) => {
  const order = findDebit(account, fields.data('OrderID'), context)
  if (!order) return directDebitResult(account, { rejected: 'ERROR_CHARGE_NOT_FOUND' })
  if (order.state !== 'created') return directDebitResult(account, { rejected: 'ERROR_CHARGE_ALREADY_PROCESSED' })
  context.moneyIn.cancel(order, { reason: 'CANCELLED' })
  return directDebitResult(account, { orderId: order.orderId })
}

/** Refunds a direct debit, once. The response and the notifications have the debit's orderid, as those of Refund do; the
 *  pages do not say it, but only then is their `refund: 1` needed.
 *  @see https://docs.trustly.com/api/mdd-refunddirectdebit */
export const refundDirectDebit: Method = ({ account, fields: { data, toMinor } }, context) => {
  const order = findDebit(account, data('OrderID'), context)
  if (!order) return directDebitResult(account, { rejected: 'ERROR_CHARGE_NOT_FOUND' })
  const amount = toMinor(data('Amount'), data('Currency')) ?? 0n
  const rejected = rejectRefund(order, { amount, currency: data('Currency') }, context)
  if (rejected) return directDebitResult(account, { rejected })
  const short = !isCovered(context.ledger, order, amount)
  if (short && account.switches.shortRefund === 'refused') return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  const messageId = data('MessageID')
  context.ledger.claimMessage(account, messageId)
  context.moneyOut.send(order, amount, { externalReference: '', messageId })
  return { ...directDebitResult(account, { orderId: order.orderId }), ...(short && { remark: `queued: ${shortfall}` }) }
}

interface Refund {
  readonly amount: bigint
  readonly currency: string
}

const rejectRefund = (order: Order, { amount, currency }: Refund, context: MethodContext): string | undefined => {
  const wasRefunded = order.transfers.some(({ state }) => state !== 'failed' && state !== 'returned')
  if (order.state !== 'credited' || wasRefunded || isInactiveForYears(order, context)) {
    return 'ERROR_CHARGE_NOT_REFUNDABLE'
  }
  if (currency !== order.terms.currency) return 'ERROR_CURRENCY_FAILURE'
  return amount > refundable(order) ? 'ERROR_AMOUNT_FAILURE' : undefined
}

/** "The mandate has not been inactive for more than two years." */
const isInactiveForYears = ({ mandateId = '' }: Order, { ledger, now }: MethodContext): boolean => {
  const endedAt = ledger.find(mandateId)?.endedAt
  if (!endedAt) return false
  const latest = new Date(endedAt)
  latest.setUTCFullYear(latest.getUTCFullYear() + 2)
  return now() > latest
}

const findDebit = (account: Command['account'], orderId: string, { ledger }: MethodContext): Order | undefined => {
  const order = ledger.find(orderId)
  return order?.account === account && order.kind === 'direct debit' ? order : undefined
}
