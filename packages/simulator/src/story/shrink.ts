import type { Plan } from '../seed/plan.ts'
import { type Outcome, simulate } from '../simulation/simulate.ts'

/** The most runs that a search makes. */
const mostRuns = 150

/** Leaves out actions and strikes of faults as long as the same rule is still broken. */
export const shrink = async (failed: Outcome): Promise<Outcome> => {
  let smallest = failed
  const broken = kindOf(failed)
  let runs = 0
  const stillFails = async (smaller: Plan): Promise<boolean> => {
    runs += 1
    const outcome = await simulate(smaller)
    if (kindOf(outcome) !== broken) return false
    smallest = outcome
    return true
  }
  const leaveOut = async <Part>(
    parts: () => readonly Part[],
    without: (left: readonly Part[]) => Plan,
  ): Promise<void> => {
    for (let size = Math.ceil(parts().length / 2); size >= 1; size = Math.floor(size / 2))
      for (let index = 0; index < parts().length && runs < mostRuns; ) {
        const dropped = new Set(parts().slice(index, index + size))
        if (!(await stillFails(without(parts().filter((part) => !dropped.has(part)))))) index += size
      }
  }
  await leaveOut(
    () => smallest.plan.actions,
    (actions) => ({ ...smallest.plan, actions }),
  )
  const struck = smallest.struck
  await leaveOut(
    () => struck.filter((strike) => smallest.struck.includes(strike)),
    (left) => ({
      ...smallest.plan,
      without: new Set([...smallest.plan.without, ...struck.filter((one) => !left.includes(one))]),
    }),
  )
  return smallest
}

/** The rule that is broken first, and how: a smaller world may break the same rule for another reason. */
const kindOf = ({ violations: [first] }: Outcome): string | undefined =>
  first && `${first.rule}: ${first.what.replaceAll(/[\d.]+/g, '#')}`
