import { type Capability, supportOf } from '@railswitch/core'
import type { VendorControl } from './provider-under-test.ts'
import type { World } from './world/world.ts'

/** Null: the behaviour is applicable. Otherwise the reason why it is not. */
export type Condition = (world: World) => string | null

/** Something that every provider does. */
export interface Behaviour {
  /** Such as `CB-001`. It never changes its meaning; a removed one is not used again. */
  readonly id: string
  /** One sentence. */
  readonly says: string
  /** Why it matters for money. */
  readonly because: string
  readonly applies?: readonly Condition[]
  /** Rejects if the provider does something else. */
  readonly run: (world: World) => Promise<void>
}

export const declares =
  (capability: Capability): Condition =>
  ({ provider }) => {
    const support = supportOf(provider.capabilities, capability)
    return support.yes ? null : `${capability} is not supported: ${support.why}`
  }

export const lacks =
  (capability: Capability): Condition =>
  ({ provider }) =>
    supportOf(provider.capabilities, capability).yes ? `${capability} is supported` : null

export const vendorCan =
  (control: keyof VendorControl): Condition =>
  ({ vendor }) =>
    vendor[control] === undefined ? `its vendor control has no ${control}` : null

export const has =
  (
    member:
      | 'lookUp'
      | 'crossCheck'
      | 'reconciliation'
      | 'requirements'
      | 'payoutFailureWindowMs'
      | 'refundWindowMs'
      | 'finalReportMs',
  ): Condition =>
  ({ provider }) =>
    provider[member] === undefined ? `the provider has no ${member}` : null

export const replays =
  (wanted: boolean): Condition =>
  ({ provider }) => {
    if (provider.replays === wanted) return null
    return wanted ? 'the vendor does not recognise a repeated request' : 'the vendor recognises a repeated request'
  }
