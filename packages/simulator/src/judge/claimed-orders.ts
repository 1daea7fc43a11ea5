import { isLost } from '../world/lost-data.ts'
import { depositsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** At payabl, a callback at the address of another payment claims an order that the store has lost. An import then says whose it is. */
export const mayBeClaimed = ({ lostData, faults }: World): boolean =>
  lostData.restoredAt !== null && faults.struck().some((strike) => strike.startsWith('callback-at-another-address'))

/** The money of other payments that this one may have claimed, in minor units. */
export const claimableBy = (world: World, reference: string): number =>
  mayBeClaimed(world)
    ? world.plan.actions
        .flatMap(({ deed }) => (deed.does === 'deposit' && deed.reference !== reference ? [deed] : []))
        .filter((deed) => isLost(world, deed.reference))
        .flatMap((deed) => depositsAtVendor(world, deed.reference))
        .reduce((sum, { order, credited }) => (order.rail === 'payabl' ? sum + credited : sum), 0)
    : 0
