import { deepEqual, equal, ok } from 'node:assert/strict'
import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { runBehaviour, runConformance, unknownIds } from './run-suite.ts'

test('a provider whose calls never end fails, and the suite goes on', async () => {
  const behaviour = { id: 'END-000', says: '', because: '', run: () => new Promise<void>(() => {}) }
  const why = 'it has not ended within 0.01 seconds'
  expect(await runBehaviour(payablUnderTest, behaviour, 10)).toEqual({ result: 'failed', why })
})

test('ids that no behaviour has are refused, before anything is run', async () => {
  const only = ['CFG-006', 'REF', 'CB-001x']
  expect(unknownIds(only)).toEqual(['REF', 'CB-001x'])
  await expect(runConformance(payablUnderTest, { only })).rejects.toThrow('No behaviour has the id REF, CB-001x.')
  const exclusions = { 'CB-O17': 'a letter for a digit' }
  await expect(runConformance(payablUnderTest, { exclusions, only: [] })).rejects.toThrow('CB-O17')
})

test.each<[string, () => void, string]>([
  ['two texts', () => equal('a', 'b'), "it is 'a', and must be 'b'"],
  ['two lists', () => deepEqual([{ a: 1 }, 'x'], []), "it is [ { a: 1 }, 'x' ], and must be []"],
  ['a text of its own', () => ok(false, 'the callback is lost'), 'the callback is lost'],
])('a failure of %s has both values, in one line', async (_name, fails, why) => {
  const behaviour = { id: 'END-000', says: '', because: '', run: async () => fails() }
  expect(await runBehaviour(payablUnderTest, behaviour)).toEqual({ result: 'failed', why })
})
