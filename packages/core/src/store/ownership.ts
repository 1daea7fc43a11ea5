import type { Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import type { Proof, Report } from '../record/report.ts'
import type { PaymentKind, PaymentRef } from '../values/payment-ref.ts'
import { paymentRef } from '../values/payment-ref.ts'
import { merchantReference, wireReference } from '../values/reference.ts'

/** The content of a genuine callback token: the intent that the callback address was made for. */
export interface CallbackTokenClaims {
  readonly kind: PaymentKind
  /** As it is sent: see `wireReference`. */
  readonly reference: string
  readonly attempt: number
}

/** A report on its way into the store. */
export interface IncomingReport {
  /** Its `proof` and `intent` are decided with its owner. */
  readonly report: Omit<Report, 'intent' | 'proof'>
  readonly from: ReportOrigin
}

export type ReportOrigin =
  /** A vendor's callback. `signs`: whether the signature covers everything, or only the identity of the transaction. */
  | {
      readonly type: 'callback'
      readonly token: CallbackTokenClaims | null
      readonly signs: 'everything' | 'identity'
      /** Our reference as the vendor echoes it: it proves nothing, because anyone who places an order chooses it. */
      readonly echo: string | null
      /** See `PaymentProvider.transactions`. */
      readonly transactions: 'one' | 'many'
      /** See `VerifiedCallback.kinds`. */
      readonly kinds?: readonly PaymentKind[]
    }
  /** A look-up or a manual review of an intent. `learns`: assigns the vendor id to this intent. */
  | { readonly type: 'own'; readonly intent: PaymentRef; readonly proof: Proof; readonly learns: boolean }
  /** A manual review of unowned reports, by the key of their record. */
  | { readonly type: 'unowned'; readonly record: string }

/** The records that may own a report, each read under its lock. */
export interface OwnerCandidates {
  /** The record that (rail, vendor id) belongs to, with the intent that it was learned for. */
  readonly byVendorId: { readonly record: PaymentRecord; readonly intent: PaymentRef } | null
  /** The record that has the token's intent. */
  readonly byToken: PaymentRecord | null
  /** The record with the echoed reference; searched only where the secret is the merchant's own, or a token arrived. */
  readonly byEcho: PaymentRecord | null
}

/** The payment that a callback is about. */
export type Ownership =
  /** Applied to this intent. `learns`: its vendor id belongs to the record from now on. */
  | {
      readonly type: 'owned'
      readonly key: string
      readonly intent: PaymentRef
      readonly proof: Proof
      readonly learns: boolean
      /** The same report may arrive at the addresses of several payments and is stored once for each: see `reportIdFor`. */
      readonly perAddress?: true
    }
  /** Stored with the payment whose reference it echoes, and not applied, because the echo proves nothing. */
  | { readonly type: 'named'; readonly key: string; readonly proof: Proof }
  | { readonly type: 'foreign_order'; readonly proof: Proof }
  | { readonly type: 'record_missing'; readonly name: string; readonly proof: Proof }

type Callback = Extract<ReportOrigin, { readonly type: 'callback' }>

/**
 * Decides what a callback is about: its vendor id proves it, or a genuine token of a call that is unanswered or unknown. A token proves
 * nothing if the callback echoes the reference of another stored intent, signs another reference than its own, or cannot be about its
 * kind of payment: it was delivered at the wrong address.
 */
export const ownerOf = (rail: string, callback: Callback, candidates: OwnerCandidates): Ownership => {
  const { token, signs, transactions } = callback
  const { byVendorId, byToken, byEcho } = candidates
  const unproven: Proof = signs === 'everything' ? 'signature' : 'unproven'
  const tokenIntent = token && byToken?.intents.find(({ intent }) => isToken(intent, rail, token))
  const isProven = tokenIntent && !isContradicted(tokenIntent, echoedIntent(rail, callback, byEcho), callback)
  const named = isProven ? tokenIntent : null
  if (byVendorId && !(named && drawsOn(named, byVendorId.intent, transactions)))
    return {
      type: 'owned',
      key: byVendorId.record.key,
      intent: byVendorId.intent,
      proof: named && covers(named, byVendorId) && unproven === 'unproven' ? 'token' : unproven,
      learns: false,
    }
  const proven: Proof = signs === 'everything' ? 'signature' : 'token'
  if (named && byToken && (byVendorId || mayTeach(named, callback)))
    return {
      type: 'owned',
      key: byToken.key,
      intent: paymentRef(named.intent),
      proof: proven,
      learns: !byVendorId,
      ...(byVendorId && { perAddress: true }),
    }
  if (token && !tokenIntent) return { type: 'record_missing', name: merchantReference(token), proof: proven }
  return byEcho && transactions === 'many'
    ? { type: 'named', key: byEcho.key, proof: unproven }
    : { type: 'foreign_order', proof: unproven }
}

/**
 * The merchant reference that an unowned report names, by its token or its echo, where the secret is the merchant's own; null: none.
 * The reference is stored with the report. If a payment with this reference is stored later, the report moves to it. At most 30
 * characters, because ours are never longer.
 */
export const namedReference = ({ signs, transactions, echo }: Callback, owner: Ownership): string | null => {
  if (signs !== 'identity' || transactions !== 'many') return null
  if (owner.type === 'record_missing') return owner.name
  return owner.type === 'foreign_order' && echo !== null && echo.length <= 30 ? echo : null
}

/** The id under which a report is stored. */
export const reportIdFor = (id: string, owner: Ownership): string =>
  owner.type === 'owned' && owner.perAddress ? `${id}|${owner.intent}` : id

const isToken = (intent: Intent, rail: string, token: CallbackTokenClaims): boolean =>
  intent.rail === rail &&
  intent.kind === token.kind &&
  intent.attempt === token.attempt &&
  wireReference(intent.reference) === token.reference

const echoedIntent = (rail: string, { echo }: Callback, byEcho: PaymentRecord | null): RecordedIntent | undefined =>
  byEcho?.intents.find(({ intent }) => intent.rail === rail && merchantReference(intent) === echo)

/**
 * A vendor may echo the reference of the deposit that is refunded, or of the payment whose account is used, and report a refund at the
 * address of its deposit, but a payout only at its own: its echo says that it is not about the payment whose account it uses. A reference that is not
 * stored is that of an order which the store has lost, unless anyone could have changed it.
 */
const isContradicted = (
  token: RecordedIntent,
  echoed: RecordedIntent | undefined,
  { echo, signs, kinds }: Callback,
): boolean => {
  if (kinds && !kinds.includes(token.intent.kind)) return true
  return echoed === undefined
    ? signs === 'everything' && echo !== null && echo !== merchantReference(token.intent)
    : !namesIntent(token, echoed) && echoed.intent.of !== paymentRef(token.intent)
}

const namesIntent = ({ intent }: RecordedIntent, other: RecordedIntent): boolean =>
  [paymentRef(intent), intent.of, intent.account].includes(paymentRef(other.intent))

/**
 * Whether a token may assign a vendor id to its intent: while the call is unanswered or unknown, and always where one intent can
 * have several transactions and the secret is the merchant's own. Of a refused call, the vendor must sign our reference, because it has
 * made an order all the same: that opens nothing again, but its money is a review of this payment.
 */
const mayTeach = ({ intent, conclusion }: RecordedIntent, { transactions, signs, echo }: Callback): boolean =>
  transactions === 'many' ||
  conclusion === null ||
  conclusion.state === 'unknown' ||
  (conclusion.state === 'refused' && signs === 'everything' && echo === merchantReference(intent))

/** A token proves money that is reported of its own intent, or of a refund of its deposit. */
const covers = (
  { intent }: RecordedIntent,
  { record, intent: ref }: NonNullable<OwnerCandidates['byVendorId']>,
): boolean =>
  paymentRef(intent) === ref ||
  record.intents.some((other) => paymentRef(other.intent) === ref && other.intent.of === paymentRef(intent))

/** payabl may report the failure of a payout under the transaction of the deposit whose account it was paid to. */
const drawsOn = ({ intent }: RecordedIntent, owner: PaymentRef, transactions: 'one' | 'many'): boolean =>
  transactions === 'many' && intent.kind === 'payout' && intent.account === owner
