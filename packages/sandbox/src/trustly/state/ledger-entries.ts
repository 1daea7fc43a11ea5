import { toTimestamp } from '../wire/formats.ts'
import type { Entry, EntryType } from './ledger.ts'
import type { Order, Transfer } from './order.ts'

type NewEntry = Omit<Entry, 'at'>

/** The ledger entry for money that an order brings in, or loses again. */
export const orderEntry = ({ account, orderId, terms }: Order, amount: bigint, type: EntryType): NewEntry => ({
  account,
  type,
  orderId,
  messageId: terms.messageId,
  country: terms.country,
  currency: terms.currency,
  amount,
  externalReference: terms.externalReference,
})

/** The ledger entry for a transfer that is sent or returned. A refund without a MessageID of its own has a generated one in
 *  the settlement report. */
export const transferEntry = (order: Order, transfer: Transfer, back = false): NewEntry => {
  const { out, back: returned } = transferTypes[order.kind]
  const amount = back ? transfer.amount : -transfer.amount
  const { externalReference, created } = transfer
  const generated = `Refund ${toTimestamp(created)} ${order.terms.messageId}`
  const messageId = transfer.messageId ?? (out === 'Refund' ? generated : order.terms.messageId)
  return { ...orderEntry(order, amount, back ? returned : out), messageId, externalReference }
}

// The types of managed direct debit are not published: they have those of the older methods.
const refund = { out: 'Refund', back: 'Failed Refund' } as const

const payout = { out: 'AccountPayout', back: 'Failed AccountPayout' } as const
const transferTypes: Record<Order['kind'], { readonly out: EntryType; readonly back: EntryType }> = {
  deposit: refund,
  charge: refund,
  selection: refund,
  withdrawal: { out: 'Withdraw', back: 'Failed Withdraw' },
  payout,
  mandate: refund,
  'direct debit': refund,
  'direct credit': payout,
}

/** The members of an entry without an order. */
export const withoutOrder = { orderId: '', country: 'SE', externalReference: '' } as const
