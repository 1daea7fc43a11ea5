import { faults } from './__fixtures__/faults/faults.ts'
import { subjectFor, withFault } from './__fixtures__/faults/subjects.ts'
import { runBehaviour } from './run-suite.ts'
import { behaviours } from './suite.ts'

test('each behaviour has a fault of its own id', () => {
  expect(Object.keys(faults).sort()).toEqual(behaviours.map(({ id }) => id).sort())
})

test.each(behaviours.map((behaviour) => [behaviour.id, behaviour] as const))(
  '%s fails with its fault, and passes without it',
  async (id, behaviour) => {
    const fault = faults[id]
    if (!fault) throw new Error(`${id} has no fault`)
    const subject = await subjectFor(behaviour)
    expect(await runBehaviour(subject, behaviour)).toEqual({ result: 'passed' })
    expect(await runBehaviour(withFault(subject, fault), behaviour)).toMatchObject({ result: 'failed' })
  },
)
