import type { Hash } from '../signing/signature.ts'
import { parseAmount } from '../wire/money.ts'

/** What Trustly's support sets for a merchant, and how the twin decides where the documents are silent or contradict
 *  each other. Each merchant has its own; all can be changed while the twin runs. */
export type TrustlySwitches = {
  /** Optional notifications: none is sent until it is switched on. */
  readonly account: boolean
  readonly payoutconfirmation: boolean
  readonly payoutfailed: boolean
  /** The account notification also says whose account it is ("Lean KYC"). */
  readonly leanKyc: boolean
  /** A withdrawal is sent as soon as its debit was answered OK, without ApproveWithdrawal. */
  readonly autoApprove: boolean
  /** Deposits may ask for RequestKYC; otherwise they are answered 732. */
  readonly payAndPlay: boolean
  /** Mandates and charges; otherwise 712, and charges are rejected. */
  readonly directDebit: boolean
  /** Methods that are answered 602. */
  readonly deniedMethods: readonly string[]
  /** The caller's address is not on Trustly's list: 607. */
  readonly hostDenied: boolean
  /** 718. */
  readonly disabled: boolean
  /** End users that are answered 638. */
  readonly blockedEndUsers: readonly string[]
  /** Takes calls as the vendor's test server did in 2015: whatever is wrong with the parameters is only a hint. */
  readonly parametersOf2015: boolean
  /** Amounts may have one decimal or none: the test server once took `100.1`, and a published sample says `10`. */
  readonly looseAmounts: boolean
  /** Unknown attributes are answered 717 instead of being ignored. */
  readonly strictAttributes: boolean
  /** Takes a signature over dropped nulls or over names sorted by locale, with a warning in the request log. */
  readonly lenientSignatures: boolean
  /** A payout above the balance: accepted and told to have failed, kept until there is money, answered 603, or
   *  answered with the result "0". */
  readonly shortPayout: 'failed' | 'queued' | 'refused' | 'not accepted'
  /** A refund above the balance: kept until there is money, or answered 603. */
  readonly shortRefund: 'queued' | 'refused'
  /** Until when a charge with a PaymentDate can be cancelled: 18:00 on the day before, or 18:30 on the day (UTC). */
  readonly chargeCutOff: 'day before' | 'same day'
  /** The hash of notifications: that of the call that made the order, or a fixed one. */
  readonly notificationHash: 'mirror' | Hash
  /** What each deposit, charge, refund and payout costs, in its own currency (`1.00`); empty for nothing. */
  readonly fee: string
  /** Every attempt of a notification has a uuid of its own; the documents promise only the same notificationid. */
  readonly freshUuids: boolean
  /** A signed reply counts whatever its HTTP status, because the vendor's own clients answer FAILED with 500; otherwise
   *  only with 2xx. */
  readonly repliesAtAnyStatus: boolean
  /** Answers carry null, as the pages on Charge print it; the JavaScript client does not survive that. */
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

/** The words that each switch with words takes. */
const choices = {
  shortPayout: ['failed', 'queued', 'refused', 'not accepted'],
  shortRefund: ['queued', 'refused'],
  chargeCutOff: ['day before', 'same day'],
  notificationHash: ['mirror', 'SHA1', 'RS256', 'RS384', 'RS512'],
} as const satisfies Partial<Record<keyof TrustlySwitches, readonly string[]>>

const isFee = (fee: string): boolean => fee === '' || ['EUR', 'HUF'].some((currency) => parseAmount(fee, currency))

/** The switches with some of them changed. Throws on a word that a switch does not take. */
export const changed = (switches: TrustlySwitches, changes: Partial<TrustlySwitches>): TrustlySwitches => {
  const next = { ...switches, ...changes }
  for (const [name, words] of Object.entries(choices)) {
    const word = next[name as keyof typeof choices]
    if (!words.some((choice) => choice === word)) throw new Error(`${name} is one of ${words.join(', ')}.`)
  }
  if (!isFee(next.fee)) throw new Error('fee is an amount, or empty.')
  return next
}
