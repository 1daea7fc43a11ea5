import type { Deed } from './action.ts'
import type { Random } from './random.ts'

/** Adds an action at this time, in milliseconds after the start. */
export type Add = (at: number, deed: Deed) => void
/** Whether a seed has an operation. */
export type Has = (operation: Operation) => boolean

const operations = [
  'few payments',
  'double clicks',
  'second attempts',
  'refunds',
  'equal amounts',
  'equal refunds',
  'payouts',
  'withdrawals',
  'accounts',
  'mandates',
  'chargebacks',
  'losses',
  'back office',
  'returns',
  'second payments',
  'other amounts',
  'strangers',
  'crashes',
  'deployments',
  'removed rails',
  'skewed clocks',
  'outages',
  'unreachable shop',
  'lost data',
  'people',
] as const
export type Operation = (typeof operations)[number]

/** The operations of a seed are a part of all operations, so that each seed concentrates on something. */
export const swarm = (random: Random): Has => {
  const density = random.pick([0.2, 0.35, 0.55])
  const chosen = new Set(operations.filter((name) => random.stream(name).chance(density)))
  return (operation) => chosen.has(operation)
}
