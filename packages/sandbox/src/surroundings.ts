import type { Chaos } from './chaos/chaos.ts'
import type { Clock } from './platform/clock.ts'

/** What both vendors of a sandbox share. */
export type Surroundings = {
  /** Where the sandbox listens, without a slash at the end. */
  readonly url: string
  readonly clock: Clock
  readonly chaos: Chaos
}
