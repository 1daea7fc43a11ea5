import type { Issue } from '../errors/issue.ts'
import type { PaymentError } from '../errors/payment-error.ts'
import type { Either, TaskEither } from '../fp.ts'
import type { AccountInput } from '../inputs/account-input.ts'
import type { ChargeInput } from '../inputs/charge-input.ts'
import type { DepositInput } from '../inputs/deposit-input.ts'
import type { MandateImportInput, MandateInput } from '../inputs/mandate-input.ts'
import type { PayoutInput } from '../inputs/payout-input.ts'
import type { RefundInput } from '../inputs/refund-input.ts'
import type { WithdrawalInput } from '../inputs/withdrawal-input.ts'
import type { Fact } from '../record/fact.ts'
import type { Checkout, Intent, Outcome } from '../record/intent.ts'
import type { CustomerDetails, HandlerAnswer, Question } from '../record/payment-event.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import type { Report } from '../record/report.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Money } from '../values/money.ts'
import type { PaymentKind, PaymentRef } from '../values/payment-ref.ts'
import type { Capabilities } from './capability.ts'
import type { Transport } from './transport.ts'
import type { Days, VendorLedger } from './vendor-ledger.ts'

/** Input and result of each operation. `PaymentProvider` and both APIs (TaskEither and promise) are mapped types of this table. */
export interface Operations {
  deposit: [DepositInput, Checkout]
  refund: [RefundInput, Outcome]
  payout: [PayoutInput, Outcome]
  withdrawal: [WithdrawalInput, Checkout]
  account: [AccountInput, Checkout]
  charge: [ChargeInput, Outcome]
  mandate: [MandateInput, Checkout]
  importMandate: [MandateImportInput, Outcome]
}
export type Operation = keyof Operations
export type OperationInput<K extends Operation> = Operations[K][0]
export type OperationResult<K extends Operation> = Operations[K][1]

/** The low-level client of each provider, by the provider's id. Each provider adds its own member by module augmentation. */
// biome-ignore lint/suspicious/noEmptyInterface: providers augment it
export interface NativeClients {}

/** What an operation receives in addition to its input. */
export interface OperationCall {
  /** Recorded before this call. */
  readonly intent: Intent
  /** The current record of the payment. It contains the vendor ids of a refund's deposit. */
  readonly record: PaymentRecord
  /**
   * For a payout to a known account, a charge and an imported mandate: the record of the payment whose account is used. For a refund of a
   * charge: the record of the payment that was charged.
   */
  readonly source?: PaymentRecord
  /** `<callbacks.url>/<rail>/<token>`. */
  readonly callbackUrl: string
  /** An earlier call of this intent may have reached the vendor. A refusal of this call proves nothing about the earlier one. */
  readonly resumed: boolean
  readonly signal: AbortSignal
}

/** An operation's result, with the vendor ids that the response contains, without those that the request named. */
export interface OperationResponse<A> {
  readonly result: A
  readonly vendorIds: readonly string[]
}

/** An inbound HTTP request: its body as received, byte for byte. */
export interface CallbackRequest {
  readonly body: Uint8Array
  readonly contentType: string
  /** All headers, with their names in lower case. Some vendors sign callbacks in a header. */
  readonly headers: Readonly<Record<string, string>>
}

export interface CallbackResponse {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** A report as a provider reads it. The store decides which payment owns it and what proves it. */
export type ParsedReport = Omit<Report, 'rail' | 'intent' | 'proof'>

/** A callback whose signature was verified on the received bytes and whose fields passed the schema. */
export interface VerifiedCallback {
  readonly report: ParsedReport
  /** Our own id as the vendor echoes it. It proves nothing, because anyone who places an order chooses it. */
  readonly merchantReference: string | null
  /** What the signature covers. `identity`: not the money, so the money is trusted only with a genuine token. */
  readonly signs: 'everything' | 'identity'
  /** The kinds of payment that such a report can be about: the token of another kind proves nothing. Default: every kind. */
  readonly kinds?: readonly PaymentKind[]
  /** The vendor waits for a decision. It gets no acknowledgement without the application's answer. */
  readonly isQuestion: boolean
  /** For vendors that use one message for a question and for a statement: whether it only states something about this intent of ours. */
  readonly isStatementOf?: (intent: Intent) => boolean
  /** Personal data that came with it, only for the handler. */
  readonly customer?: CustomerDetails
  /**
   * The acknowledgement in the vendor's format, made for this delivery: answers are stored, bytes are not. If it throws or rejects, the
   * vendor gets none and delivers again.
   */
  acknowledge(answer: HandlerAnswer): CallbackResponse | Promise<CallbackResponse>
}

/** What a look-up shows of one of our intents. `learns`: the vendor id belongs to this intent from now on. */
export interface FoundReport {
  readonly report: ParsedReport
  readonly intent: PaymentRef
  readonly learns: boolean
}

/** The result of a look-up. `failed`: a part of it failed; what was found is still valid. */
export interface LookUpResult {
  readonly found: readonly FoundReport[]
  readonly absenceProves: boolean
  readonly failed?: PaymentError
}

/** Equal entries of one of a vendor's lists: of one transaction, in one list, with the same money. */
export interface Booking {
  readonly vendorId: string
  /** Our own id as the vendor echoes it; null: none. */
  readonly merchantReference: string | null
  /** The vendor's own name of the list. */
  readonly method: string
  /** Null: it cannot be read. */
  readonly money: Money | null
  /** When each of them was booked, as the vendor writes it; empty if the vendor does not report it. */
  readonly bookedAt: readonly string[]
}

/** What a vendor lists. `failed`: the errors of the parts that could not be listed; the rest is still valid. */
export interface BookingList {
  readonly bookings: readonly Booking[]
  readonly failed: readonly PaymentError[]
}

/** The vendor's lists, for vendors that report something at most once: `payments.reconcile()` compares the store with them. */
export interface Reconciliation {
  /** Lists what the vendor booked in these days; more than that if its days are those of another time zone. */
  list(days: Days, signal: AbortSignal): TaskEither<PaymentError, BookingList>
  /** The reports of a booking of this payment. A booking that the record already contains has none, or the same. */
  lookUp(record: PaymentRecord, booking: Booking, signal: AbortSignal): TaskEither<PaymentError, readonly FoundReport[]>
}

/** What an operation needs on a rail for a country and a currency. */
export interface FieldRequirements {
  /** Dotted paths of the input's fields that this rail needs. */
  readonly fields: readonly string[]
  /** Why the rail does not support this country or currency. */
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
   * How many of the vendor's transactions one intent can have. `many`: a genuine token always assigns a further vendor id to its intent,
   * because the secret that signs callbacks is the merchant's own. `one`: a token does so only while the call has no response, and the
   * response's id replaces it.
   */
  readonly transactions: 'one' | 'many'
  /**
   * What all reports of this rail's intents mean together. Pure, and independent of the order of the reports. The decisions of persons are
   * among them (`ownMethods`): if one answers what a review asks, the provider leaves the review out.
   */
  interpret(own: PaymentRecord): readonly Fact[]
  /** Whether the vendor responds to an identical request as before, instead of processing it again. */
  readonly replays: boolean
  /** The longest callback address that the vendor accepts, in characters. */
  readonly callbackUrlLimit?: number
  /** The questions that an operation's callbacks can ask. The operation is refused if one of them has no handler. */
  readonly questions: {
    readonly [K in Operation]?: readonly Question[] | ((input: OperationInput<K>) => readonly Question[])
  }
  readonly operations: {
    readonly [K in Operation]?: (
      input: OperationInput<K>,
      call: OperationCall,
    ) => TaskEither<PaymentError, OperationResponse<OperationResult<K>>>
  }
  /** What the operation needs on this rail. Without this function: what every rail needs. */
  requirements?(operation: Operation, market: Market): FieldRequirements
  /** Decides a withdrawal that waits. The same decision can be repeated. */
  decideWithdrawal?(
    record: PaymentRecord,
    withdrawal: PaymentRef,
    decision: 'approve' | 'deny',
    signal: AbortSignal,
  ): TaskEither<PaymentError, void>
  /** Cancels a charge before its payment date. The vendor then reports that it is `not_credited`. */
  cancelCharge?(record: PaymentRecord, charge: PaymentRef, signal: AbortSignal): TaskEither<PaymentError, void>
  /** Cancels a mandate. The same cancellation can be repeated. */
  cancelMandate?(record: PaymentRecord, mandate: PaymentRef, signal: AbortSignal): TaskEither<PaymentError, void>
  /** Asks the vendor about a payment. `absenceProves`: what it does not show did not happen. */
  lookUp?(record: PaymentRecord, signal: AbortSignal): TaskEither<PaymentError, LookUpResult>
  /** Without it, `reconcile` does not ask this vendor. */
  readonly reconciliation?: Reconciliation
  /** The vendor's books, line by line. Without it, `reconcile` compares no totals of this vendor. */
  readonly ledger?: VendorLedger
  /** For vendors that report only failures: how long after its acceptance a payout may still fail, in milliseconds. */
  readonly payoutFailureWindowMs?: number
  /**
   * For vendors that report refunds only in look-ups: how long after its call the state of a refund can change, in milliseconds. `sync`
   * looks refunds up for this long. Then, one that is neither confirmed nor failed is `overdue`.
   */
  readonly refundWindowMs?: number
  /** The vendor's own time limit for the final report of a deposit, in milliseconds, with some tolerance. */
  readonly finalReportMs?: number
  /**
   * Looks up a credited deposit, for vendors whose callbacks do not sign the money. `interpret` reads the result as `deposit.checked` or
   * `lookup_differs`. Null: the vendor shows nothing that the deposit could be compared with.
   */
  crossCheck?(
    record: PaymentRecord,
    deposit: PaymentRef,
    signal: AbortSignal,
  ): TaskEither<PaymentError, FoundReport | null>
  /** The typed client of the vendor's own API. Money that it moves is not recorded here. */
  readonly native?: unknown
  /** Verifies the signature on the received bytes, then applies the schema. Pure. */
  verifyCallback(delivery: CallbackRequest): Either<PaymentError, VerifiedCallback>
}

/** What a provider receives from `createPayments`. */
export interface ProviderPorts {
  /** The transport of the configuration. Undefined: the provider uses `axiosTransport()`. */
  readonly transport: Transport | undefined
  /** The time, the timers and the randomness to use. */
  readonly runtime: Runtime
  /** The configured name of the rail, for errors. */
  readonly rail?: string
}

/**
 * A provider that an application configures by its options, as `use` of a rail: `{ use: meridian, environment: 'test', … }`. Passed to
 * `configFromEnv`, its rails are also configured by variables.
 */
export interface ProviderDefinition {
  /** The value of the variable `RAILSWITCH_<RAIL>_USE`. */
  readonly use: string
  /** The option that each variable of a rail sets, without the prefix: `{ API_KEY: 'apiKey' }`. Its value is text. */
  readonly variables: Readonly<Record<string, string>>
  /** Checks the options and creates the provider, without I/O. Left: every mistake. An issue never contains the value of an option. */
  create(options: Readonly<Record<string, unknown>>, ports: ProviderPorts): Either<readonly Issue[], PaymentProvider>
}
