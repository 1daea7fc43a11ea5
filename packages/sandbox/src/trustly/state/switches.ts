import type { Hash } from '../signing/signature.ts'
import { parseAmount } from '../wire/formats.ts'

/** The settings that Trustly's support makes for a merchant, and the choices where the documents are silent or contradict
 *  each other. Each merchant has its own; all can be changed at run time. */
export interface TrustlySwitches {
  /** Optional notifications, each sent only when it is switched on. */
  readonly account: boolean
  readonly payoutconfirmation: boolean
  readonly payoutfailed: boolean
  /** The account notification includes the account's owner ("Lean KYC"). */
  readonly leanKyc: boolean
  /** A withdrawal is sent when its debit is answered OK, without ApproveWithdrawal. */
  readonly autoApprove: boolean
  /** Deposits may use RequestKYC; otherwise error 732. */
  readonly payAndPlay: boolean
  /** Mandates and charges are allowed; otherwise error 712, and charges are rejected. */
  readonly directDebit: boolean
  /** ImportDirectDebitMandate is allowed; otherwise it is rejected. */
  readonly importMandates: boolean
  /** Methods that get error 602. */
  readonly deniedMethods: readonly string[]
  /** The caller's address is not on Trustly's list: error 607. */
  readonly hostDenied: boolean
  /** Error 718. */
  readonly disabled: boolean
  /** End users that get error 638. */
  readonly blockedEndUsers: readonly string[]
  /** Accepts calls as the vendor's test server did in 2015: mistakes in the parameters are only hints. */
  readonly parametersOf2015: boolean
  /** Amounts may have one decimal or none: the test server once accepted `100.1`, and a published sample has `10`. */
  readonly looseAmounts: boolean
  /** Unknown attributes get error 717 instead of being ignored. */
  readonly strictAttributes: boolean
  /** Accepts signatures over dropped nulls or over names sorted by locale, with a warning in the request log. */
  readonly lenientSignatures: boolean
  /** A payout above the balance: accepted and then reported as failed, queued until there is money, refused with error
   *  603, or answered with the result "0". */
  readonly shortPayout: 'failed' | 'queued' | 'refused' | 'not accepted'
  /** A refund above the balance: queued until there is money, or refused with error 603. */
  readonly shortRefund: 'queued' | 'refused'
  /** A charge with a PaymentDate can be cancelled until 18:00 on the day before, or 18:30 on the day (UTC). */
  readonly chargeCutOff: 'day before' | 'same day'
  /** The hash of notifications: that of the call that created the order, or a fixed one. */
  readonly notificationHash: 'mirror' | Hash
  /** The fee of each deposit, charge, refund and payout, in its own currency (`1.00`); empty for none. */
  readonly fee: string
  /** Every attempt of a notification has its own uuid; the documents promise only the same notificationid. */
  readonly freshUuids: boolean
  /** A signed reply counts with any HTTP status, because the vendor's own clients send FAILED with 500; otherwise only
   *  with 2xx. */
  readonly repliesAtAnyStatus: boolean
  /** Accepted calls contain null too, as printed on the page of Charge; the vendor's JavaScript client fails on it. A
   *  rejected Charge always has `orderid: null`. */
  readonly nullMembers: boolean
}

export const defaultSwitches: TrustlySwitches = {
  account: false,
  payoutconfirmation: false,
  payoutfailed: false,
  leanKyc: false,
  autoApprove: false,
  payAndPlay: true,
  directDebit: true,
  importMandates: false,
  deniedMethods: [],
  hostDenied: false,
  disabled: false,
  blockedEndUsers: [],
  parametersOf2015: false,
  looseAmounts: false,
  strictAttributes: false,
  lenientSignatures: false,
  shortPayout: 'failed',
  shortRefund: 'queued',
  chargeCutOff: 'day before',
  notificationHash: 'mirror',
  fee: '',
  freshUuids: false,
  repliesAtAnyStatus: true,
  nullMembers: false,
}

/** The values of each switch with a fixed set of values. */
const choices = {
  shortPayout: ['failed', 'queued', 'refused', 'not accepted'],
  shortRefund: ['queued', 'refused'],
  chargeCutOff: ['day before', 'same day'],
  notificationHash: ['mirror', 'SHA1', 'RS256', 'RS384', 'RS512'],
} as const satisfies Partial<Record<keyof TrustlySwitches, readonly string[]>>

const isFee = (fee: string): boolean => fee === '' || ['EUR', 'HUF'].some((currency) => parseAmount(fee, currency))

/** The switches with some of them changed. Throws on an invalid value. */
export const changed = (switches: TrustlySwitches, changes: Partial<TrustlySwitches>): TrustlySwitches => {
  const next = { ...switches, ...changes }
  for (const [name, values] of Object.entries(choices)) {
    const value = next[name as keyof typeof choices]
    if (!values.some((choice) => choice === value)) throw new Error(`${name} is one of ${values.join(', ')}.`)
  }
  if (!isFee(next.fee)) throw new Error('fee is an amount, or empty.')
  return next
}
