import type { Action, Deed, DeedName, DeedOf } from '../seed/action.ts'
import type { World } from '../world/world.ts'
import {
  chargeBack,
  confirmRefunds,
  endPayout,
  failCharge,
  loseMoney,
  moveMandate,
  paySecondTime,
  refundInBackOffice,
  returnRefund,
  revokeMandate,
} from './bank-and-back-office.ts'
import { cancelCharge, cancelMandate, charge, importMandate, signMandate } from './mandates.ts'
import { chooseAccount, deposit, payOut, refund, withdraw } from './merchant.ts'
import { backUp, restoreBackup } from './restore-backup.ts'
import { reviewAsPeople } from './reviewers.ts'
import { orderAsStranger } from './strangers.ts'
import { tryAgain } from './try-again.ts'

/** Carries out an action of the plan. What is not possible at this moment is left out. */
export const perform = (world: World, { id, deed }: Action): void => {
  world.trace.add('plan', `${id} ${describe(deed)}`)
  // TypeScript cannot infer that the function under a deed's name takes this deed.
  const carryOut = performers[deed.does] as (world: World, deed: Deed) => void
  carryOut(world, deed)
}

/** The vendors' sandbox throws if the state of an order does not allow an event. */
const ifPossible =
  <D extends Deed>(event: (world: World, deed: D) => string | null) =>
  (world: World, deed: D): void => {
    try {
      world.trace.add('vendor', event(world, deed) ?? 'nothing to do')
    } catch (error) {
      world.trace.add('vendor', `not possible: ${error instanceof Error ? error.message : error}`)
    }
  }

const performers: { readonly [Name in DeedName]: (world: World, deed: DeedOf<Name>) => void } = {
  deposit: (world, deed) => deposit(world, deed),
  refund: (world, deed) => refund(world, deed),
  'pay out': (world, deed) => payOut(world, deed),
  'try again': tryAgain,
  withdraw,
  'choose account': chooseAccount,
  charge: (world, deed) => charge(world, deed),
  'revoke mandate': ifPossible(revokeMandate),
  'sign mandate': (world, deed) => signMandate(world, deed),
  'import mandate': importMandate,
  'cancel mandate': cancelMandate,
  'move mandate': ifPossible(moveMandate),
  'cancel charge': cancelCharge,
  'fail charge': ifPossible(failCharge),
  'charge back': ifPossible(chargeBack),
  'refund in the back office': ifPossible(refundInBackOffice),
  'return refund': ifPossible(returnRefund),
  'confirm refunds': ifPossible(confirmRefunds),
  'fail payout': ifPossible(endPayout),
  'confirm payout': ifPossible(endPayout),
  'pay a second time': ifPossible(paySecondTime),
  'lose money': ifPossible(loseMoney),
  'stranger orders': ifPossible(orderAsStranger),
  'other program orders': ifPossible(orderAsStranger),
  restart: ({ shops }, { shop, downMs, settings }) => shops.restart(shop, downMs, settings),
  'deploy everywhere': ({ shops }, { settings }) => shops.deploy(settings),
  'rotate payabl secret': ({ shops }) => shops.rotatePayablSecret(),
  'rotate Trustly key': ({ shops }) => shops.rotateTrustlyKey(),
  'skew clock': ({ shops }, { shop, ms }) => shops.skewClock(shop, ms),
  'store outage': ({ database }, { ms }) => database.outage(ms),
  'shop unreachable': ({ network }, { ms }) => network.block(ms),
  'people review': (world) => void reviewAsPeople(world),
  'back up': backUp,
  'restore backup': restoreBackup,
}

/** An action in words, for traces and stories. */
export const describe = ({ does, ...details }: Deed): string =>
  `${does} ${Object.entries(details)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ')}`.trim()
