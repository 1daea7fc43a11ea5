import type { Transport } from '@railswitch/core'

/** What happens at a vendor, in words that both share. References are ours; amounts have two decimals. */
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
      /** By which methods the vendor reports it, where it has several. */
      readonly as: readonly string[]
    }
  | { readonly what: 'payout sent'; readonly of: string; readonly amount: string }
  | { readonly what: 'payout back'; readonly of: string; readonly amount: string; readonly as: readonly string[] }
  | { readonly what: 'requested'; readonly of: string; readonly amount: string }
  | { readonly what: 'account'; readonly of: string; readonly account: string; readonly mandate: '0' | '1' | null }
  /** The customer has identified; or something that this version does not know. */
  | { readonly what: 'identified' | 'something new'; readonly of: string }
  /** Somebody else's order, with our reference and our address, but without a token. */
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
  /** With its currency. */
  readonly money: string
  readonly refund?: string
}

export interface Notification {
  readonly address: string
  readonly contentType: string
  readonly body: string
  /** Whether the vendor takes this for an answer; else it delivers again. */
  readonly accepts: (status: number, body: string) => boolean
}

/** A vendor in this process: answers calls by its books, and keeps what it wants to report until somebody delivers it. */
export interface VendorModel {
  readonly transport: Transport
  readonly outbox: readonly Notification[]
  readonly books: readonly Booked[]
  /** What it holds against the merchant, such as two answers to one question. */
  readonly complaints: readonly string[]
  readonly happen: (happening: Happening) => void
  /** An order that another program of ours has begun with our address. */
  readonly beginElsewhere: (reference: string, amount: string, address: string) => void
  /** The vendor's id of an order: at payabl, of the transaction that pays it. */
  readonly idOf: (reference: string) => string
}

/** Bytes of a response. */
export const answered = (contentType: string, text: string) => ({
  status: 200,
  contentType,
  body: Buffer.from(text, 'utf8'),
})
