import type { Order, Transfer, TransferState } from '../state/order.ts'
import type { JsonData } from '../wire/envelope.ts'
import { formatAmount, toTimestamp } from '../wire/formats.ts'
import type { Method } from './method.ts'

/** The transfers of an order; an unknown order has none.
 *  @see https://docs.trustly.com/api/getwithdrawals */
export const getWithdrawals: Method = ({ account, fields: { data } }, { ledger }) => {
  const order = ledger.find(data('OrderID'))
  if (order?.account !== account) return { data: [] }
  return { data: order.transfers.map((transfer) => toRow(order, transfer)) }
}

const toRow = ({ orderId, bankAccount, terms: { currency }, account }: Order, transfer: Transfer): JsonData => ({
  reference: transfer.reference,
  modificationdate: toTimestamp(transfer.modified),
  orderid: orderId,
  datestamp: toTimestamp(transfer.created),
  transferstate: transferStates[transfer.state],
  amount: formatAmount(transfer.amount, currency),
  accountid: bankAccount?.accountId ?? '',
  currency,
  // "eta|null"; it breaks the vendor's own JavaScript client.
  ...(account.switches.nullMembers ? { eta: null } : { eta: toTimestamp(etaOf(transfer)) }),
})

const etaOf = ({ created }: Transfer): Date => new Date(created.getTime() + 45 * 60_000)

const transferStates: Record<TransferState, string> = {
  queued: 'QUEUED',
  executed: 'EXECUTED',
  confirmed: 'CONFIRMED',
  returned: 'RETURNED',
  failed: 'FAILED',
  dropped: 'ERROR',
}
