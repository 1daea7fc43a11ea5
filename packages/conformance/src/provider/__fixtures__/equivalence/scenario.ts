import type { Condition } from '../../behaviour.ts'
import type { World } from '../../world/world.ts'

/** What an application observes, by the name of what is observed. */
export type Observations = Readonly<Record<string, string>>

/** One use of a rail. It runs in a world of its own, and expects nothing. */
export interface Scenario {
  /** What happens, for the page. */
  readonly name: string
  /** Where one is not met, the rail has no observations. */
  readonly applies?: readonly Condition[]
  readonly observe: (world: World) => Promise<Observations>
}

export interface ScenarioGroup {
  readonly name: string
  readonly scenarios: readonly Scenario[]
}
