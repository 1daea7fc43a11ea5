import type { World } from '../world/world.ts'

/** At payabl, a callback at the address of another payment claims an order that the store has lost. An import then says whose it is. */
export const mayBeClaimed = ({ lostData, faults }: World): boolean =>
  lostData.restoredAt !== null && faults.struck().some((strike) => strike.startsWith('callback-at-another-address'))
