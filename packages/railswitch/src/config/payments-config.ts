import type { Capability, Logger, PaymentProvider, RecordRules, Store, Transport } from '@railswitch/core'
import type { PayablTrustlyOptions } from '@railswitch/payabl-trustly'
import type { TrustlyDirectOptions } from '@railswitch/trustly-direct'

/** What a function of `active` may decide by. */
export interface RoutingContext {
  readonly operation: 'deposit' | 'payout' | 'withdrawal' | 'account'
  readonly reference: string
  /** Null where no money moves. */
  readonly amount: { readonly value: string; readonly currency: string } | null
  /** ISO 3166-1 alpha-2: the customer's, or that of the bank which is paid. */
  readonly country: string
}

/** Options of a provider that ships with railswitch, chosen by `use`; or any provider object. */
export type RailConfig =
  | ({ readonly use: 'trustly-direct' } & TrustlyDirectOptions)
  | ({ readonly use: 'payabl-trustly' } & PayablTrustlyOptions)
  | PaymentProvider

export interface PaymentsConfig<Tx = unknown> {
  /** The switch: the name of the rail that new payments take, or a function of what is to be paid. */
  readonly active: string | ((context: RoutingContext) => string)
  /** Your names for your rails (`[a-z][a-z0-9-]*`, 32 at most); two accounts of one vendor are two rails. */
  readonly providers: Readonly<Record<string, RailConfig>>
  /** `memoryStore()` forgets with its process: `live` demands a durable one. */
  readonly store: Store<Tx>
  readonly callbacks: {
    /** Where the vendors reach `payments.callbacks`; rail and token are appended to it. https in `test` and `live`. */
    readonly url: string
    /** At least 32 characters each. The first signs, the others still open what they signed: rotate by prepending. */
    readonly secrets: readonly string[]
    /** Default 10 000. */
    readonly handlerTimeoutMs?: number
  }
  /** What customers read on the bank statement, brand first. */
  readonly statement?: string
  /**
   * Default true: `sync` looks credited deposits up where callbacks do not sign the money (payabl). A difference only makes
   * `review.needed`; it takes nothing back.
   */
  readonly crossCheck?: boolean
  /**
   * Default true. Say false after a backup was restored: the store may have forgotten money that went out since, at whatever rail
   * was active then. Until it is true again, every `refund` and `payout` that the store does not know is `reconciliation_required`.
   */
  readonly reconciled?: boolean
  /** The start fails if any configured rail cannot do one of these. */
  readonly requires?: readonly Capability[]
  /** Default: silent. */
  readonly logger?: Logger
  /** Carries requests to the vendors. Default: axios, with connections that are kept alive. For an HTTP agent of your own, and for tests. */
  readonly transport?: Transport | undefined
  /** The current time. Default: the machine's. For tests. */
  readonly clock?: (() => Date) | undefined
}

/** A configuration that holds: every rail is ready. */
export interface ReadyConfig<Tx> {
  readonly active: PaymentsConfig<Tx>['active']
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly store: Store<Tx>
  /** What the configured rails make of a record. */
  readonly rules: RecordRules
  readonly callbacks: {
    readonly url: string
    readonly secrets: readonly [string, ...string[]]
    readonly handlerTimeoutMs: number
  }
  readonly statement?: string
  readonly crossCheck: boolean
  readonly reconciled: boolean
  readonly logger: Logger
  readonly now: () => Date
}
