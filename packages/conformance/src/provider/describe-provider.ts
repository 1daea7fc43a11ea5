import type { ProviderUnderTest } from './provider-under-test.ts'
import { type Exclusions, judged, refuseUnknown, runBehaviour } from './run-suite.ts'
import { groups } from './suite.ts'

/** The two functions of a test runner: those of Jest, of Vitest and of `node:test` fit. */
export interface TestRunner {
  readonly describe: (name: string, register: () => void) => unknown
  readonly test: (name: string, run: (...context: readonly unknown[]) => Promise<void>) => unknown
}

/**
 * Registers a test for each behaviour. `runner`: by default the global `describe` and `test` of Jest; pass those of `node:test` or Vitest.
 * A behaviour that is not applicable is skipped, if the runner can skip a running test, and passes otherwise.
 */
export const describeProvider = (
  subject: ProviderUnderTest,
  {
    runner = globalThis as unknown as TestRunner,
    exclusions = {},
  }: { readonly runner?: TestRunner; readonly exclusions?: Exclusions } = {},
): void => {
  refuseUnknown(Object.keys(exclusions))
  const { describe, test } = runner
  describe(subject.name, () => {
    for (const { name, behaviours } of groups)
      describe(name, () => {
        // Without a parameter of its own: Jest passes a callback to a function that has one.
        for (const behaviour of behaviours)
          test(`${behaviour.id} ${behaviour.says}`, async (...[context]) => {
            const outcome = judged(behaviour.id, await runBehaviour(subject, behaviour), exclusions)
            if (outcome.result === 'not applicable') skip(context, outcome.why)
            else if (outcome.result === 'failed' && !outcome.excluded)
              throw new Error(`${outcome.why}\nIt matters because ${behaviour.because}`)
          })
      })
  })
}

const skip = (context: unknown, why: string): void => {
  const { skip } = Object(context) as { readonly skip?: (why: string) => void }
  if (typeof skip === 'function') skip.call(context, why)
}
