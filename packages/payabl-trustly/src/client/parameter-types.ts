import type { Parameter } from '../wire/encode-parameters.ts'

type Texts<Needed extends string, Free extends string = never> = { readonly [N in Needed]: string } & {
  readonly [N in Free]?: string | undefined
}

/** Parameters in payabl's spelling, without merchantid and signature; absent ones are left out. */
export type PayablParameters = Readonly<Record<string, string | undefined>>

/**
 * A pay-in. `country` is alpha-3, `amount` has two decimals, `payment_method` is `116` for Trustly.
 * @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export type PreauthorizeParameters = Texts<
  | 'amount'
  | 'currency'
  | 'payment_method'
  | 'country'
  | 'language'
  | 'email'
  | 'firstname'
  | 'lastname'
  | 'url_success'
  | 'url_failed'
  | 'url_return',
  'orderid' | 'notification_url' | 'customerip' | ExtraParameter
>

/** The other parameters that payabl's pages list, optional for Trustly. `birthday` is ddmmyyyy; tx_diagnose reports `custom1`. */
export type ExtraParameter =
  | 'external_id'
  | 'birthday'
  | 'salutation'
  | 'title'
  | 'gender'
  | 'street'
  | 'house'
  | 'postbox'
  | 'zip'
  | 'city'
  | 'state'
  | 'company'
  | 'phone'
  | 'fax'
  | 'mobile'
  | 'customerid'
  | 'custom1'
  | 'custom2'
  | 'custom3'

/**
 * A payout to whoever paid `transactionid`: the id of a credited deposit as its callback reports it, or of an earlier payout. The
 * amount is free; the currency is the deposit's. @see https://docs.payabl.com/docs/credit-fund-transfer-credit-cards
 */
export type CftToPayer = Texts<
  'transactionid' | 'amount' | 'currency' | 'payment_method',
  'orderid' | 'notification_url' | ExtraParameter
>

/**
 * A payout to new account details: not for gambling merchants. `bankcountry` is alpha-2 (`country` is alpha-3), `birthday` is
 * ddmmyyyy; `banknumber` may be left out where `accountnumber` is an IBAN. The page lists no names, but they are required. @see
 * https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export type CftToAccount = Texts<
  | 'amount'
  | 'currency'
  | 'payment_method'
  | 'bankcountry'
  | 'accountnumber'
  | 'email'
  | 'birthday'
  | 'firstname'
  | 'lastname',
  'banknumber' | 'orderid' | 'country' | 'notification_url' | ExtraParameter
>

/** `transactionid`: of the captured deposit, as its callback reports it. @see https://docs.payabl.com/docs/refund-1 */
export type RefundParameters = Texts<'transactionid' | 'amount' | 'currency', 'external_id' | 'language'>

/** Cards only: Trustly's captures are the gateway's. Without an amount the whole. @see https://docs.payabl.com/docs/capture */
export type CaptureParameters = Texts<'transactionid', 'amount'>

/** Cards only: a Trustly payment that has begun cannot be cancelled. @see https://docs.payabl.com/docs/reversalcancellation */
export type ReversalParameters = Texts<'transactionid'>

/** The types that tx_diagnose lists. `pending` and `failed` are in payabl's PHP SDK only. */
export type ListedType = 'capture' | 'refund' | 'cft' | 'chb' | 'retrieval_request' | 'pending' | 'failed'

/**
 * A query: by transaction and by order it returns steps, by type a list. Dates are dd.mm.yyyy, both inclusive, and at most a
 * month apart. @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export type DiagnoseSelector =
  | (Texts<'transactionid'> & { readonly type: 'tx' })
  | (Texts<'orderid', 'start_date' | 'end_date'> & { readonly type: 'orderid' })
  | (Texts<'start_date' | 'end_date'> & { readonly type: ListedType })

/**
 * Several transactions of one payment can be given, separated by commas.
 * @see https://docs.payabl.com/docs/resend-notification
 */
export type ResendParameters = Texts<'transactionid'>

/** The given parameters, in their order. `undefined` and `null` are left out. */
export const listParameters = (record: Readonly<Record<string, string | null | undefined>>): readonly Parameter[] =>
  Object.entries(record).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  )
