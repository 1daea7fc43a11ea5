import { type FaultName, faults } from './fault-table.ts'
import type { Random } from './random.ts'

/** Decides where faults strike. A decision depends on the seed, the fault and its subject alone. */
export interface Faults {
  /** `subject` names the call, callback or handler, and is unique for this fault. */
  readonly strikes: (fault: FaultName, subject: string) => boolean
  /** As `strikes`, also after the end: what a vendor does, and no failure of a machine. */
  readonly persists: (fault: FaultName, subject: string) => boolean
  /** From now on nothing strikes. */
  readonly end: () => void
  /** What has struck, as `fault subject`. */
  readonly struck: () => readonly string[]
}

interface Chosen {
  /** How much more often than usual each fault strikes; one that is not listed never strikes. */
  readonly weights: ReadonlyMap<FaultName, number>
  /** Strikes that are left out, as `struck` names them. */
  readonly without: ReadonlySet<string>
}

export const createFaults = (random: Random, { weights, without }: Chosen): Faults => {
  const struck: string[] = []
  let ended = false
  const persists = (fault: FaultName, subject: string): boolean => {
    const weight = weights.get(fault)
    if (weight === undefined || !random.stream('fault', fault, subject).chance(faults[fault].rate * weight))
      return false
    const strike = `${fault} ${subject}`
    if (without.has(strike)) return false
    struck.push(strike)
    return true
  }
  return {
    strikes: (fault, subject) => !ended && persists(fault, subject),
    persists,
    end: () => {
      ended = true
    },
    struck: () => struck,
  }
}
