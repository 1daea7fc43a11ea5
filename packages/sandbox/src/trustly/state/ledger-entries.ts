import { toTimestamp } from '../wire/timestamp.ts'
import type { Entry, EntryType } from './ledger.ts'
import type { Order, Transfer } from './order.ts'

type Movement = Omit<Entry, 'at'>

/** Money that an order brings in, or loses again, as the ledger books it. */
export const movement = ({ account, orderId, terms }: Order, amount: bigint, type: EntryType): Movement => ({
  account,
  type,
  orderId,
  messageId: terms.messageId,
  country: terms.country,
  currency: terms.currency,
  amount,
  externalReference: terms.externalReference,
})

/** Money that leaves with a transfer, or comes back. A refund has no MessageID: the settlement report makes one. */
export const transferMovement = (order: Order, transfer: Transfer, back = false): Movement => {
  const { out, back: returned } = transferTypes[order.kind]
  const amount = back ? transfer.amount : -transfer.amount
  const { externalReference, created } = transfer
  const messageId = out === 'Refund' ? `Refund ${toTimestamp(created)} ${order.terms.messageId}` : order.terms.messageId
  return { ...movement(order, amount, back ? returned : out), messageId, externalReference }
}

const refund = { out: 'Refund', back: 'Failed Refund' } as const

const transferTypes: Record<Order['kind'], { readonly out: EntryType; readonly back: EntryType }> = {
  deposit: refund,
  charge: refund,
  selection: refund,
  withdrawal: { out: 'Withdraw', back: 'Failed Withdraw' },
  payout: { out: 'AccountPayout', back: 'Failed AccountPayout' },
}
