import type { Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import type { Proof, Report } from '../record/report.ts'
import type { Kind, PaymentRef } from '../values/payment-ref.ts'
import { paymentRef } from '../values/payment-ref.ts'
import { merchantReference, wireReference } from '../values/reference.ts'

/** What a genuine token of a callback's address says: which of our intents the address was made for. */
export interface OpenedToken {
  readonly kind: Kind
  /** As it travels: see `wireReference`. */
  readonly reference: string
  readonly attempt: number
}

/** A report on its way into the store. */
export interface Arrival {
  /** Its `proof` and `intent` are decided with its owner. */
  readonly report: Omit<Report, 'intent' | 'proof'>
  readonly from: Origin
}

export type Origin =
  /** A vendor's callback. `signs`: whether the signature covers everything, or only the identity of the transaction. */
  | {
      readonly type: 'callback'
      readonly token: OpenedToken | null
      readonly signs: 'everything' | 'identity'
      /** Our reference as the vendor echoes it: chosen by whoever placed the order, so that it proves nothing. */
      readonly echo: string | null
      /** See `PaymentProvider.transactions`. */
      readonly transactions: 'one' | 'many'
    }
  /** What we found out ourselves, or a person said, of an intent. `learns`: the vendor id is this intent's from now on. */
  | { readonly type: 'own'; readonly intent: PaymentRef; readonly proof: Proof; readonly learns: boolean }
  /** What a person said of reports that belong to no payment, by the record's key. */
  | { readonly type: 'unowned'; readonly record: string }

/** What the store finds for an arrival, each under its lock. */
export interface Candidates {
  /** The record to which (rail, vendor id) belongs, with the intent that it was learned for. */
  readonly byVendorId: { readonly record: PaymentRecord; readonly intent: PaymentRef } | null
  /** The record that has the token's intent. */
  readonly byToken: PaymentRecord | null
  /** The record that has the echoed reference; looked for where the secret is the merchant's own. */
  readonly byEcho: PaymentRecord | null
}

/** Whose a callback is. */
export type Ownership =
  /** Applied to this intent. `learns`: its vendor id belongs to the record from now on. */
  | {
      readonly type: 'owned'
      readonly key: string
      readonly intent: PaymentRef
      readonly proof: Proof
      readonly learns: boolean
      /** The same report may come to the address of several payments, and is about each: see `reportIdFor`. */
      readonly perAddress?: true
    }
  /** Stored with the payment that it names, and not applied: nothing proves that it is about it. */
  | { readonly type: 'named'; readonly key: string; readonly proof: Proof }
  | { readonly type: 'foreign_order'; readonly proof: Proof }
  | { readonly type: 'record_missing'; readonly name: string; readonly proof: Proof }

type Callback = Extract<Origin, { readonly type: 'callback' }>

/** Design, section 3: the vendor id, or a genuine token of an unanswered call, proves what a callback is about. */
export const ownerOf = (rail: string, callback: Callback, candidates: Candidates): Ownership => {
  const { token, signs, transactions } = callback
  const { byVendorId, byToken, byEcho } = candidates
  const unproven: Proof = signs === 'everything' ? 'signature' : 'unproven'
  const named = token && byToken ? byToken.intents.find(({ intent }) => isToken(intent, rail, token)) : undefined
  if (byVendorId && !(named && drawsOn(named, byVendorId.intent, transactions)))
    return {
      type: 'owned',
      key: byVendorId.record.key,
      intent: byVendorId.intent,
      proof: named && covers(named, byVendorId) && unproven === 'unproven' ? 'token' : unproven,
      learns: false,
    }
  const proven: Proof = signs === 'everything' ? 'signature' : 'token'
  if (named && byToken && (byVendorId || mayTeach(named, transactions)))
    return {
      type: 'owned',
      key: byToken.key,
      intent: paymentRef(named.intent),
      proof: proven,
      learns: !byVendorId,
      ...(byVendorId && { perAddress: true }),
    }
  if (token && !named) return { type: 'record_missing', name: merchantReference(token), proof: proven }
  return byEcho && transactions === 'many'
    ? { type: 'named', key: byEcho.key, proof: unproven }
    : { type: 'foreign_order', proof: unproven }
}

/**
 * The merchant reference that a report of nobody names, by its token or its echo, where the secret is ours. Stored with it: a payment
 * of that reference which is stored later gets the report, as one that names it. Null: it names none. Ours are at most 30 characters.
 */
export const namedReference = ({ signs, transactions, echo }: Callback, owner: Ownership): string | null => {
  if (signs !== 'identity' || transactions !== 'many') return null
  if (owner.type === 'record_missing') return owner.name
  return owner.type === 'foreign_order' && echo !== null && echo.length <= 30 ? echo : null
}

/** The id under which a report is stored. */
export const reportIdFor = (id: string, owner: Ownership): string =>
  owner.type === 'owned' && owner.perAddress ? `${id}|${owner.intent}` : id

const isToken = (intent: Intent, rail: string, token: OpenedToken): boolean =>
  intent.rail === rail &&
  intent.kind === token.kind &&
  intent.attempt === token.attempt &&
  wireReference(intent.reference) === token.reference

/**
 * A token teaches a vendor id while its call is unanswered or unknown. Where one intent can have several transactions and the
 * secret is the merchant's own, it always does.
 */
const mayTeach = ({ conclusion }: RecordedIntent, transactions: 'one' | 'many'): boolean =>
  transactions === 'many' || conclusion === null || conclusion.state === 'unknown'

/** The address of an intent, or that of the deposit which a refund draws on, covers what is reported of it. */
const covers = ({ intent }: RecordedIntent, { record, intent: ref }: NonNullable<Candidates['byVendorId']>): boolean =>
  paymentRef(intent) === ref ||
  record.intents.some((other) => paymentRef(other.intent) === ref && other.intent.of === paymentRef(intent))

/** payabl may report a payout's failure under the transaction of the deposit whose account was paid. */
const drawsOn = ({ intent }: RecordedIntent, owner: PaymentRef, transactions: 'one' | 'many'): boolean =>
  transactions === 'many' && intent.kind === 'payout' && intent.account === owner
