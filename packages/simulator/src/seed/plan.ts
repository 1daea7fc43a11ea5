import type { PayablOptions, TrustlyOptions } from '@railswitch/sandbox'
import type { Action } from './action.ts'
import { drawActions } from './draw-actions.ts'
import { drawSituation } from './draw-situations.ts'
import { type FaultName, faultNames } from './fault-table.ts'
import { createRandom, type Random } from './random.ts'

export type Rail = 'trustly' | 'payabl'

/** What one seed draws: a world, and what happens in it. */
export interface Plan {
  readonly seed: number
  /** How many processes the shop has. */
  readonly shops: number
  readonly active: Rail
  /** How often each fault of this seed strikes, relative to its usual rate. */
  readonly faults: ReadonlyMap<FaultName, number>
  readonly switches: NonNullable<TrustlyOptions['switches']>
  readonly assumptions: NonNullable<PayablOptions['assumptions']>
  /** Whether payabl delivers a callback again that was not acknowledged; it promises nothing. */
  readonly payablRedelivers: boolean
  /** Whether one of the processes calls `reconcile` every day; otherwise it is called after the faults have ended. */
  readonly reconcilesDaily: boolean
  /** In the order of their times. */
  readonly actions: readonly Action[]
  /** Strikes of faults that are left out, for shrinking. */
  readonly without: ReadonlySet<string>
}

/** `only`: the faults that are allowed; all of them unless given. */
export const drawPlan = (seed: number, only: readonly FaultName[] = faultNames): Plan => {
  const random = createRandom(seed, 'plan')
  const active = random.pick<Rail>(['trustly', 'payabl'])
  const shops = random.integer(1, 3)
  const situation = drawSituation(random.stream('situation'))
  return {
    seed,
    shops,
    active,
    faults: drawFaults(random.stream('faults'), only, situation.faults),
    switches: drawSwitches(random.stream('switches')),
    assumptions: drawAssumptions(random.stream('assumptions')),
    payablRedelivers: random.chance(0.5),
    reconcilesDaily: random.stream('reconciliation').chance(0.5),
    actions: drawActions(random.stream('actions'), { shops, situation: situation.steps }),
    without: new Set(),
  }
}

/** One seed in six has no faults at all: what it reports for review must then have another cause. */
const drawFaults = (
  random: Random,
  only: readonly FaultName[],
  wanted: readonly FaultName[],
): ReadonlyMap<FaultName, number> => {
  if (random.chance(1 / 6)) return new Map()
  const density = random.pick([0.1, 0.25, 0.5])
  const drawn = only.filter((name) => random.stream(name).chance(density))
  return new Map([
    ...drawn.map((name) => [name, random.stream(name, 'weight').pick([0.5, 1, 2])] as const),
    ...only.filter((name) => wanted.includes(name)).map((name) => [name, 3] as const),
  ])
}

const drawSwitches = (random: Random): Plan['switches'] => ({
  payoutconfirmation: random.chance(0.5),
  payoutfailed: random.chance(0.5),
  account: random.chance(0.3),
  freshUuids: random.chance(0.3),
  leanKyc: random.stream('lean kyc').chance(0.3),
})

const drawAssumptions = (random: Random): Plan['assumptions'] => ({
  tellsRefunds: random.chance(0.5),
  refundId: random.chance(0.2) ? 'original' : 'new',
  chargebackId: random.chance(0.2) ? 'original' : 'new',
  captureId: random.chance(0.3) ? 'same' : 'own',
  tellsAborts: random.chance(0.8),
  tellsPayoutFailures: random.chance(0.8),
  resendTimestamp: random.chance(0.3) ? 'same' : 'new',
  diagnoseNotCreditedYet: random.chance(0.3) ? '2000' : '0',
})
