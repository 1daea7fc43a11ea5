import type { Transport } from '@railswitch/core'

/** What happens at a vendor, in the same vocabulary for both. References are ours; amounts have two decimals. */
export type Happening =
  | { readonly what: 'approved' | 'ended'; readonly of: string; readonly transaction: number }
  | {
      readonly what: 'credited'
      readonly of: string
      readonly amount: string
      readonly currency: string
      /** At payabl one order can be paid by several transactions, counted from 0. */
      readonly transaction: number
    }
  | { readonly what: 'reversed'; readonly of: string; readonly amount: string; readonly transaction: number }
  | { readonly what: 'refund sent'; readonly of: string; readonly refund: string; readonly amount: string }
  | {
      readonly what: 'refund back'
      readonly of: string
      readonly refund: string
      readonly amount: string
      /** The methods by which the vendor reports it, if there are several. */
      readonly as: readonly string[]
    }
  | { readonly what: 'payout sent'; readonly of: string; readonly amount: string }
  | { readonly what: 'payout back'; readonly of: string; readonly amount: string; readonly as: readonly string[] }
  | { readonly what: 'requested'; readonly of: string; readonly amount: string }
  | { readonly what: 'account'; readonly of: string; readonly account: string; readonly mandate: '0' | '1' | null }
  /** The customer was identified; or something that this version does not know. */
  | { readonly what: 'identified' | 'something new'; readonly of: string }
  /** Another merchant's order with our reference and our address, but without a token. */
  | { readonly what: 'stranger'; readonly of: string; readonly amount: string }

/** A line of the vendor's books: money that moved for us. */
export interface Booked {
  readonly type:
    | 'deposit.credited'
    | 'deposit.reversed'
    | 'refund.confirmed'
    | 'refund.failed'
    | 'payout.confirmed'
    | 'payout.failed'
    | 'withdrawal.requested'
  readonly of: string
  /** Amount and currency. */
  readonly money: string
  readonly refund?: string
}

export interface Notification {
  readonly address: string
  readonly contentType: string
  readonly body: string
  /** Whether this is an acknowledgement for the vendor. Otherwise, the vendor delivers again. */
  readonly accepts: (status: number, body: string) => boolean
}

/** A model of a vendor in this process: it responds to calls from its books, and collects its notifications until they are delivered. */
export interface VendorModel {
  readonly transport: Transport
  readonly outbox: readonly Notification[]
  readonly books: readonly Booked[]
  /** The merchant's violations of the protocol, such as two answers to one question. */
  readonly complaints: readonly string[]
  readonly happen: (happening: Happening) => void
  /** An order that another program of ours has begun with our callback address. */
  readonly beginElsewhere: (reference: string, amount: string, address: string) => void
  /** The vendor's id of an order; for payabl, that of the transaction that pays it. */
  readonly idOf: (reference: string) => string
}

/** The bytes of a response. */
export const httpResponse = (contentType: string, text: string) => ({
  status: 200,
  contentType,
  body: Buffer.from(text, 'utf8'),
})
