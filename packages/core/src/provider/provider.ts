import type { PaymentError } from '../errors/payment-error.ts'
import type { Either, TaskEither } from '../fp.ts'
import type { AccountInput } from '../inputs/account-input.ts'
import type { ChargeInput } from '../inputs/charge-input.ts'
import type { DepositInput } from '../inputs/deposit-input.ts'
import type { PayoutInput } from '../inputs/payout-input.ts'
import type { RefundInput } from '../inputs/refund-input.ts'
import type { WithdrawalInput } from '../inputs/withdrawal-input.ts'
import type { Fact } from '../record/fact.ts'
import type { Checkout, Intent, Outcome } from '../record/intent.ts'
import type { AnyAnswer, CustomerDetails, Question } from '../record/payment-event.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import type { Report } from '../record/report.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import type { Capabilities } from './capability.ts'

/** One table: the adapter, the TaskEither face and the promise face are mapped types of it. */
export interface Operations {
  deposit: [DepositInput, Checkout]
  refund: [RefundInput, Outcome]
  payout: [PayoutInput, Outcome]
  withdrawal: [WithdrawalInput, Checkout]
  account: [AccountInput, Checkout]
  charge: [ChargeInput, Outcome]
}
export type Operation = keyof Operations
export type OperationInput<K extends Operation> = Operations[K][0]
export type OperationResult<K extends Operation> = Operations[K][1]

/** The low-level client of each adapter, by its id; each adds its own member by module augmentation. */
// biome-ignore lint/suspicious/noEmptyInterface: adapters augment it
export interface NativeClients {}

/** What an operation is given beside its input. */
export interface Call {
  /** Recorded before this call. */
  readonly intent: Intent
  /** The payment as it stands; a refund finds its deposit's vendor ids here. */
  readonly record: PaymentRecord
  /** Of a payout to a known account, and of a charge: the payment whose account is meant, with all that was reported of it. */
  readonly source?: PaymentRecord
  /** `<callbacks.url>/<rail>/<token>`. */
  readonly callbackUrl: string
  /** An earlier call of this intent may have reached the vendor: a refusal of this one proves nothing about that one. */
  readonly resumed: boolean
  readonly signal: AbortSignal
}

/** An operation's result, with the vendor's ids that the response taught; those that the request named are not among them. */
export interface OperationResponse<A> {
  readonly result: A
  readonly vendorIds: readonly string[]
}

/** An inbound HTTP request's body as received, byte for byte. */
export interface Delivery {
  readonly body: Uint8Array
  readonly contentType: string
}

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** A report as an adapter reads it; whose it is, and so how far it is believed, is decided with the store. */
export type ReadReport = Omit<Report, 'rail' | 'intent' | 'proof'>

/** A callback whose signature was verified on the received bytes and whose fields passed the schema. */
export interface VerifiedCallback {
  readonly report: ReadReport
  /** Our own id as the vendor echoes it: chosen by whoever placed the order, so that it proves nothing. */
  readonly merchantReference: string | null
  /** What the signature covers. `identity`: not the money, so that money is believed only with a genuine token. */
  readonly signs: 'everything' | 'identity'
  /** The vendor waits for a decision: without the application's answer it gets none. */
  readonly isQuestion: boolean
  /** Personal data that came with it, for the handler only. */
  readonly customer?: CustomerDetails
  /** In the vendor's words, made for this delivery: answers are stored, bytes are not. */
  acknowledge(answer: AnyAnswer): Reply
}

/** What a look-up shows of one of our intents. `learns`: its vendor id is this intent's from now on. */
export interface FoundReport {
  readonly report: ReadReport
  readonly intent: PaymentRef
  readonly learns: boolean
}

/** What a look-up found. `failed`: a part of it was not answered; what was found counts all the same. */
export interface LookUpResult {
  readonly found: readonly FoundReport[]
  readonly absenceProves: boolean
  readonly failed?: PaymentError
}

/** What an operation needs on a rail for a country and a currency. */
export interface Requirements {
  /** Dotted paths of the input's fields that this rail cannot do without. */
  readonly fields: readonly string[]
  /** Why the rail refuses this country or currency altogether. */
  readonly refused?: string
}

/** ISO 3166-1 alpha-2 and ISO 4217. */
export interface Market {
  readonly country: string
  readonly currency: string
}

/** The interface that every provider implements. A TaskEither is `() => Promise<Either>`, so a third party needs no fp-ts. */
export interface PaymentProvider {
  readonly id: string
  readonly capabilities: Capabilities
  /**
   * How many of the vendor's transactions one intent can have. `many`: a genuine token always teaches a further one, because the
   * secret that signs callbacks is the merchant's own. `one`: only while the call is unanswered, and a response's id replaces it.
   */
  readonly transactions: 'one' | 'many'
  /** What all reports of this rail's intents mean together. Pure, and the same for any order of the reports. */
  interpret(own: PaymentRecord): readonly Fact[]
  /** Whether an identical request is answered as before instead of being processed again. */
  readonly replays: boolean
  /** The longest callback address that the vendor takes, in characters. */
  readonly callbackUrlLimit?: number
  /** Which questions an operation's callbacks can ask: without a handler for them it refuses to start. */
  readonly asks: {
    readonly [K in Operation]?: readonly Question[] | ((input: OperationInput<K>) => readonly Question[])
  }
  readonly operations: {
    readonly [K in Operation]?: (
      input: OperationInput<K>,
      call: Call,
    ) => TaskEither<PaymentError, OperationResponse<OperationResult<K>>>
  }
  /** What the operation needs here; without it, what every rail needs. */
  requirements?(operation: Operation, market: Market): Requirements
  /** Decides a withdrawal that waits. Deciding the same again is harmless. */
  decide?(
    record: PaymentRecord,
    withdrawal: PaymentRef,
    decision: 'approve' | 'deny',
    signal: AbortSignal,
  ): TaskEither<PaymentError, void>
  /** Takes a charge back before its payment date; the vendor then reports that it is `not_credited`. */
  cancelCharge?(record: PaymentRecord, charge: PaymentRef, signal: AbortSignal): TaskEither<PaymentError, void>
  /** Asks the vendor about a payment. `absenceProves`: what it does not show did not happen. */
  lookUp?(record: PaymentRecord, signal: AbortSignal): TaskEither<PaymentError, LookUpResult>
  /** How long after its acceptance a payout may still fail, for vendors that tell of failures only, in milliseconds. */
  readonly payoutFailureMs?: number
  /** How long the vendor itself leaves a deposit without a final word, in milliseconds, with some grace. */
  readonly finalWordMs?: number
  /**
   * Looks a credited deposit up, for vendors whose callbacks do not sign the money: `interpret` reads it as `deposit.checked`, or `lookup_differs`.
   * Null: the vendor shows nothing that could tell.
   */
  crossCheck?(
    record: PaymentRecord,
    deposit: PaymentRef,
    signal: AbortSignal,
  ): TaskEither<PaymentError, FoundReport | null>
  /** The vendor's own calls, typed: the escape hatch. What they move is not recorded here. */
  readonly native?: unknown
  /** Signature on the received bytes, then the schema. Pure. */
  receive(delivery: Delivery): Either<PaymentError, VerifiedCallback>
}
