import { readFileSync, writeFileSync } from 'node:fs'
import { conformancePage } from './__fixtures__/documented-verdicts.ts'
import { faults } from './__fixtures__/faults/faults.ts'
import { subjectFor, withFault } from './__fixtures__/faults/subjects.ts'
import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { trustlyUnderTest } from './__fixtures__/rails/trustly.ts'
import { runBehaviour, runConformance } from './run-suite.ts'
import { groups } from './suite.ts'

const writes = process.env.RAILSWITCH_WRITE_DOCS === '1'
const pathOf = (name: string): URL => new URL(`../../../../docs/${name}`, import.meta.url)

test('docs/conformance.md has the verdicts of both providers', async () => {
  const verdicts = [await runConformance(trustlyUnderTest), await runConformance(payablUnderTest)]
  expect(verdicts.flatMap(({ failed }) => failed.filter(({ excluded }) => !excluded))).toEqual([])
  const page = conformancePage(verdicts)
  if (writes) writeFileSync(pathOf('conformance.md'), page)
  expect(readFileSync(pathOf('conformance.md'), 'utf8')).toBe(page)
})

/** The matrix is printed, because its page would change with every behaviour: the row of a fault names all that fail with it. */
test.each(groups.map((group) => [group.name, group] as const))(
  'each fault of %s is found by its id, and the matrix shows which others of the group find it',
  async (_name, { behaviours }) => {
    for (const behaviour of behaviours) {
      const { id } = behaviour
      const fault = faults[id]
      if (!fault) throw new Error(`${id} has no fault`)
      const faulty = withFault(await subjectFor(behaviour), fault)
      const failed: string[] = []
      for (const other of behaviours) if ((await runBehaviour(faulty, other)).result === 'failed') failed.push(other.id)
      expect(failed).toContain(id)
      process.stdout.write(`${id}: ${failed.filter((other) => other !== id).join(' ')}\n`)
    }
  },
)
