import type {
  Capability,
  ErrorReporting,
  Logger,
  OnError,
  PaymentProvider,
  ProviderDefinition,
  RecordRules,
  Runtime,
  Store,
  Transport,
} from '@railswitch/core'
import type { PayablTrustlyOptions } from '@railswitch/payabl-trustly'
import type { TrustlyDirectOptions } from '@railswitch/trustly-direct'

/** The argument of `active`, if it is a function. */
export interface RoutingContext {
  readonly operation: 'deposit' | 'payout' | 'withdrawal' | 'account' | 'mandate'
  readonly reference: string
  /** Null for `account` and `mandate`. */
  readonly amount: { readonly value: string; readonly currency: string } | null
  /** ISO 3166-1 alpha-2: the customer's country, or that of the bank that receives a payout. */
  readonly country: string
}

/** The options of any other provider, with its definition. The definition checks them. */
export interface DefinedRail {
  readonly use: ProviderDefinition
  readonly [option: string]: unknown
}

/** The options of a provider, chosen by `use`; or any provider object. */
export type RailConfig =
  | ({ readonly use: 'trustly-direct' } & TrustlyDirectOptions)
  | ({ readonly use: 'payabl-trustly' } & PayablTrustlyOptions)
  | DefinedRail
  | PaymentProvider

export interface PaymentsConfig<Tx = unknown> {
  /** The name of the rail that new payments use, or a function that returns it. */
  readonly active: string | ((context: RoutingContext) => string)
  /** Your own names of your rails (`[a-z][a-z0-9-]*`, at most 32 characters). Two accounts of one vendor are two rails. */
  readonly providers: Readonly<Record<string, RailConfig>>
  /** `memoryStore()` loses its payments when the process ends. `live` needs a durable store. */
  readonly store: Store<Tx>
  readonly callbacks: {
    /** The address at which vendors reach `payments.callbacks`. Rail and token are appended to it. Must be https in `test` and `live`. */
    readonly url: string
    /** At least 32 characters each. The first one signs new tokens; the others still open older tokens. To rotate, add the new one first. */
    readonly secrets: readonly string[]
    /** How long a handler may take, in milliseconds. Default: 10000. */
    readonly handlerTimeoutMs?: number
  }
  /** What customers read on the bank statement, brand first. Required by `trustly-direct`, here or in each call. */
  readonly statement?: string
  /**
   * Whether `sync` looks up credited deposits of vendors whose callbacks do not sign the money (payabl). A difference only leads to
   * `review.needed`; nothing is reversed. Default: true.
   */
  readonly crossCheck?: boolean
  /**
   * Set it to false after a backup was restored: the store may lack refunds and payouts that were sent since, on any rail. Until it is
   * true again, every `refund` and `payout` that is not in the store is refused with `reconciliation_required`. Default: true.
   */
  readonly reconciled?: boolean
  /** `createPayments` throws if a configured rail does not support one of these. */
  readonly requires?: readonly Capability[]
  /** Where warnings and errors go. `false`: nothing is logged. Default: the console, one line each. */
  readonly logger?: Logger | false
  /**
   * Receives the errors that no call returns: of handlers and their writes, of the store, of acknowledgements. For an error tracker. It
   * is not awaited, and what it throws is logged.
   */
  readonly onError?: OnError
  /** Sends requests to the vendors: for your own HTTP agent, and for tests. Default: axios with keep-alive connections. */
  readonly transport?: Transport | undefined
  /** Returns the current time: for tests. Default: the system clock. */
  readonly clock?: (() => Date) | undefined
}

/** A valid configuration with its providers, and the time, timers and randomness to use. */
export interface ReadyConfig<Tx> extends Runtime, ErrorReporting {
  readonly active: PaymentsConfig<Tx>['active']
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly store: Store<Tx>
  /** Derive the meaning of a record with the configured rails. */
  readonly rules: RecordRules
  readonly callbacks: {
    readonly url: string
    readonly secrets: readonly [string, ...string[]]
    readonly handlerTimeoutMs: number
  }
  readonly statement?: string
  readonly crossCheck: boolean
  readonly reconciled: boolean
}
