import { toId } from '../state/merchant.ts'
import type { Order, Transfer } from '../state/order.ts'
import type { Overrides } from './notifier.ts'

/** Why an order of managed direct debit ended: a documented word, and the bank's text. */
export interface Reason {
  readonly reason?: string | undefined
  readonly details?: string | undefined
}

/** The members in which the notifications of a mandate, a direct debit or a direct credit differ from those of other
 *  orders.
 *  @see https://docs.trustly.com/api/mdd-notifications-for-directcredit */
export const directDebitMembers = (order: Order, method: string, reason: Reason = {}): Overrides => {
  switch (order.kind) {
    case 'mandate':
      return method === 'cancel' ? { ...withoutEndUserAndTime, attributes: mandateEnd(order, reason) } : {}
    case 'direct debit':
      return collectionMembers(order, method, reason)
    case 'direct credit':
      return { enduserid: undefined, ...creditMembers(order, method, reason) }
    default:
      return {}
  }
}

/** The members of a notification about a refund of a direct debit: it has its own messageid and the debit's orderid. */
export const refundMembers = (
  order: Order,
  { messageId, reference }: Transfer,
  method: string,
  reason: Reason = {},
) => {
  const refund: Overrides = { messageid: messageId, refund: '1' }
  if (method === 'pending') return { ...refund, attributes: undefined }
  const booked = { reference, statement: order.terms.statement }
  if (method === 'cancel') return { ...refund, ...withoutEndUserAndTime, attributes: why(reason, 'FAILED') }
  return { ...refund, attributes: method === 'credit' ? { ...booked, ...why(reason, 'FAILED') } : booked }
}

// "No enduserid or timestamp".
const withoutEndUserAndTime: Overrides = { enduserid: undefined, timestamp: undefined }

const why = ({ reason, details = '' }: Reason, usual: string) => ({ reason: reason ?? usual, details })

const mandateEnd = ({ bankAccount, terms }: Order, reason: Reason) => ({
  ...why(reason, 'CANCELLED'),
  merchantreference: terms.merchantReference,
  ...(bankAccount && { accountid: bankAccount.accountId }),
})

const collectionMembers = (order: Order, method: string, reason: Reason): Overrides => {
  const { bankAccount, terms } = order
  const accountid = bankAccount?.accountId
  const booked = bookedAs(order)
  switch (method) {
    case 'pending':
      return { accountid, paymentdate: terms.paymentDate, attributes: undefined }
    case 'credit':
      return { accountid, attributes: booked }
    case 'debit':
      return {
        attributes: {
          ...booked,
          ...why({ reason: reason.reason, details: reason.details ?? takenBack(order) }, 'CANCELLED'),
        },
      }
    default:
      return { ...withoutEndUserAndTime, attributes: why(reason, 'FAILED') }
  }
}

const creditMembers = (order: Order, method: string, reason: Reason): Overrides => {
  if (method === 'pending') return { attributes: undefined }
  if (method === 'cancel') return { ...withoutEndUserAndTime, attributes: why(reason, 'INVALID_ACCOUNT') }
  return { attributes: bookedAs(order) }
}

const bookedAs = ({ orderId, terms }: Order) => ({ reference: toId(`bank ${orderId}`), statement: terms.statement })

/** A published text of BACS; those of the other schemes are not known. */
const takenBack = ({ terms }: Order): string =>
  terms.country === 'GB' ? 'BACS ARUDD_1(INSTRUCTION CANCELLED BY PAYER)' : ''
