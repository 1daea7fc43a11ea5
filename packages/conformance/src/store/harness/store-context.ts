import type { RecordRules, Store } from '@railswitch/core/store'

/** The clock of the store under test. */
export interface Clock {
  readonly advance: (ms: number) => void
  readonly iso: () => string
}

export interface StoreContext {
  readonly store: Store
  readonly rules: RecordRules
  readonly clock: Clock
}

/** How long a claim leases a record, in milliseconds. */
export const leaseMs = 10_000
