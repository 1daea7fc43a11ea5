import type { Chaos } from '../chaos/chaos.ts'
import type { Clock } from '../platform/clock.ts'
import type { OperatedVendor } from './operated-vendor.ts'

/** Everything that the back office and the control API operate. */
export interface Operator {
  readonly vendors: readonly OperatedVendor[]
  readonly clock: Pick<Clock, 'now' | 'move'>
  readonly chaos: Pick<Chaos, 'set' | 'script' | 'log'>
}
