import type { Schema } from '@railswitch/core/provider'
import * as z from 'zod'

/** Members that several responses have. Ids are digits as text, whether Trustly wrote a number or a string. */
const orderId = z.string().regex(/^\d{1,20}$/)
const flag = z.enum(['0', '1'])
const decimal = z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/)
// Trustly writes "no reason" as null, as "" or by leaving the member out.
const reason = z
  .string()
  .nullish()
  .transform((given) => given || null)

// A rejection has no order: null in Charge, and "" is what its generated model, where it is required text, leaves open.
const perhapsOrderId = z
  .union([orderId, z.literal('')])
  .nullish()
  .transform((given) => given || null)

/** An order with the page that the customer is sent to, by GET. */
export interface CheckoutResponse {
  orderid: string
  url: string
}

export const checkout: Schema<CheckoutResponse> = z.object({ orderid: orderId, url: z.url({ protocol: /^https?$/ }) })

/** `result` `0` is a rejection, although not an error, and can come without an order. */
export interface AcceptedResponse {
  orderid: string | null
  result: '0' | '1'
}

export const accepted: Schema<AcceptedResponse> = z
  .object({ orderid: perhapsOrderId, result: flag })
  .refine(({ orderid, result }) => result === '0' || orderid !== null)

/** `result` `0` is a rejection, with a word or a sentence in `rejected`. */
export interface DecidedResponse extends AcceptedResponse {
  rejected: string | null
}

export const decided: Schema<DecidedResponse> = z.object({ result: flag, rejected: reason, orderid: perhapsOrderId })

export interface AccountResponse {
  accountid: string
  clearinghouse?: string | undefined
  bank?: string | undefined
  /** The account number with all but its last digits masked. */
  descriptor?: string | undefined
}

export const account: Schema<AccountResponse> = z.object({
  accountid: orderId,
  clearinghouse: z.string().optional(),
  bank: z.string().optional(),
  descriptor: z.string().optional(),
})

export interface SwishResponse {
  orderid: string
  url?: string | undefined
  qrcode?: string | undefined
}

export const swishOrder: Schema<SwishResponse> = z.object({
  orderid: orderId,
  url: z.string().optional(),
  qrcode: z.string().optional(),
})

export interface BalanceResponse {
  currency: string
  balance: string
}

export const balances: Schema<BalanceResponse[]> = z.array(
  z.object({ currency: z.string().length(3), balance: decimal }),
)

export interface LedgerResponse {
  datestamp: string
  amount: string
  currency: string
  accountname: string
  transactiontype: string
  orderid?: string | null | undefined
  messageid?: string | null | undefined
  userid?: string | null | undefined
  gluepayid?: string | null | undefined
}

export const ledger: Schema<LedgerResponse[]> = z.array(
  z.object({
    datestamp: z.string(),
    amount: decimal,
    currency: z.string().length(3),
    accountname: z.string(),
    transactiontype: z.string(),
    orderid: z.string().nullish(),
    messageid: z.string().nullish(),
    userid: z.string().nullish(),
    gluepayid: z.string().nullish(),
  }),
)

export interface WithdrawalResponse {
  reference?: string | null | undefined
  orderid: string
  accountid?: string | null | undefined
  transferstate: string
  amount: string
  currency: string
  datestamp: string
  modificationdate: string
  eta?: string | null | undefined
}

export const withdrawals: Schema<WithdrawalResponse[]> = z.array(
  z.object({
    reference: z.string().nullish(),
    orderid: orderId,
    accountid: z.string().nullish(),
    transferstate: z.string(),
    amount: decimal,
    currency: z.string().length(3),
    datestamp: z.string(),
    modificationdate: z.string(),
    eta: z.string().nullish(),
  }),
)

export const settlementDetails: Schema<{ view_automatic_settlement_details: string }> = z.object({
  view_automatic_settlement_details: z.string(),
})

export const settlementReference: Schema<{ reference: string }> = z.object({ reference: z.string() })
