import type { DeedOf } from '../seed/action.ts'
import type { World } from '../world/world.ts'
import { charge, signMandate } from './mandates.ts'
import { deposit, payOut, refund } from './merchant.ts'

/** Begins a further attempt of an earlier call, as an impatient application does: the library must refuse it while the first one may pay. */
export const tryAgain = (world: World, { of, attempt }: DeedOf<'try again'>): void => {
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'deposit' && deed.reference === of) deposit(world, deed, attempt)
    if (deed.does === 'refund' && deed.reference === of) refund(world, deed, attempt)
    if (deed.does === 'pay out' && deed.reference === of) payOut(world, deed, attempt)
    if (deed.does === 'charge' && deed.reference === of) charge(world, deed, attempt)
    if (deed.does === 'sign mandate' && deed.reference === of) signMandate(world, deed, attempt)
  }
}
