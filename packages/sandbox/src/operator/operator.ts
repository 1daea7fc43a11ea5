import type { Chaos } from '../chaos/chaos.ts'
import type { Clock } from '../platform/clock.ts'
import type { Vendor } from './operated-vendor.ts'
import type { Desk } from './operator-view.ts'

/** What the operator of the back office has at hand: the vendors' twins and their clock. */
export type Office = {
  readonly vendors: ReadonlyArray<Pick<Vendor, 'desk' | 'hold' | 'release' | 'setBalance'>>
  readonly clock: Pick<Clock, 'now' | 'move'>
  readonly chaos: Pick<Chaos, 'set' | 'script' | 'log'>
}

export const desksOf = ({ vendors }: Office): readonly Desk[] => vendors.map(({ desk }) => desk)
