import * as fc from 'fast-check'
import { gapsToBooks } from './__fixtures__/compare-books.ts'
import { differencesOf } from './__fixtures__/compare-outcomes.ts'
import { type Case, caseOf } from './__fixtures__/drawn-histories.ts'
import { inOrder } from './__fixtures__/history.ts'
import { outcomeOf } from './__fixtures__/outcome.ts'
import { play } from './__fixtures__/play-history.ts'
import { playedRail } from './__fixtures__/played-rails.ts'

/** The differences between a history with this schedule, the same history in order, and the vendor's books. */
const faultsOf = async ({ rail, history, schedule }: Case): Promise<readonly string[]> => {
  const expected = await play(playedRail(rail), history, inOrder)
  const received = await play(playedRail(rail), history, schedule, expected.sent)
  const faults = [
    ...differencesOf(await outcomeOf(history, expected), await outcomeOf(history, received)),
    ...(await gapsToBooks(history, expected)).map((gap) => `in order: ${gap}`),
    ...(await gapsToBooks(history, received)).map((gap) => `out of order: ${gap}`),
    ...expected.vendor.complaints,
    ...received.vendor.complaints,
  ]
  await expected.payments.close()
  await received.payments.close()
  return faults
}

const runs = Number(process.env.RAILSWITCH_PROPERTY_RUNS ?? 1000)
/** The same histories in each run, so that results can be compared. `RAILSWITCH_PROPERTY_SEED` draws others. */
const seed = Number(process.env.RAILSWITCH_PROPERTY_SEED ?? 1)

test('the result of a payment does not depend on the order, delay and repetition of reports, nor on failures', () =>
  fc.assert(
    fc.asyncProperty(caseOf(), async (drawn) => {
      expect(await faultsOf(drawn)).toEqual([])
    }),
    { numRuns: runs, seed },
  ))
