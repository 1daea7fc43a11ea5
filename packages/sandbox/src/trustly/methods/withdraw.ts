import type { Order } from '../state/order.ts'
import { isCovered, shortfall } from '../state/transfer-queue.ts'
import type { Command, Method, MethodContext } from './method.ts'
import { openPage } from './open-order.ts'

/** An interactive payout: the customer requests it, a debit asks the merchant to reserve the money, and then the
 *  merchant approves or denies it.
 *  @see https://docs.trustly.com/api/withdraw */
export const withdraw: Method = (command, context) => openPage(command, context, 'withdrawal')

/** The result is "0" when the withdrawal does not wait for approval. */
export const approveWithdrawal: Method = (command, context) => {
  const order = findWithdrawal(command, context)
  if (!order) return { error: 'ERROR_NOT_FOUND' }
  const { shortPayout } = command.account.switches
  const short = !isCovered(context.ledger, order, order.paid ?? 0n)
  if (order.state !== 'reserved') return tooLate(order)
  if (short && shortPayout === 'refused') return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  if (short && shortPayout === 'not accepted') return { ...answer(order, '0'), remark: shortfall }
  context.withdrawals.approve(order)
  return answer(order, '1')
}

export const denyWithdrawal: Method = (command, context) => {
  const order = findWithdrawal(command, context)
  if (!order) return { error: 'ERROR_NOT_FOUND' }
  if (order.state !== 'reserved' && order.state !== 'requested') return tooLate(order)
  context.withdrawals.deny(order)
  return answer(order, '1')
}

const findWithdrawal = ({ account, fields }: Command, { ledger }: MethodContext): Order | undefined => {
  const order = ledger.find(fields.data('OrderID'))
  return order?.account === account && order.kind === 'withdrawal' ? order : undefined
}

const tooLate = (order: Order) => ({ ...answer(order, '0'), remark: `the withdrawal is ${order.state}` })

const answer = ({ orderId }: Order, result: '0' | '1') => ({ data: { orderid: orderId, result } })
