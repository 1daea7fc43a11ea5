import type { Chaos } from './chaos/chaos.ts'
import type { Changes } from './platform/changes.ts'
import type { Clock } from './platform/clock.ts'
import type { Platform } from './platform/platform.ts'

/** What the sandbox gives to a vendor. */
export interface Environment {
  /** The sandbox's address, without a slash at the end. */
  readonly url: string
  readonly clock: Clock
  readonly chaos: Chaos
  readonly platform: Platform
  readonly changes: Pick<Changes, 'note'>
  /** How many payments a vendor stores, and how many calls and callbacks of each vendor. The oldest are forgotten. */
  readonly longest: { readonly payments: number; readonly messages: number }
}
