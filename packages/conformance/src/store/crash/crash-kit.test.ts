import { type CrashFault, crashFaults } from '../__fixtures__/faults/crash-faults.ts'
import { memoryDatabase } from '../__fixtures__/memory-database.ts'
import { storeCrashCases } from './crash-kit.ts'
import type { DatabaseUnderTest } from './database-under-test.ts'

const casesOf = (fault?: CrashFault) =>
  storeCrashCases((conditions) => memoryDatabase(fault)(conditions) as Promise<DatabaseUnderTest>)

test.each(casesOf())('a database in memory $id $name', ({ run }) => run())

test('each case has a fault of its own id', () => {
  expect(Object.keys(crashFaults)).toEqual(casesOf().map(({ id }) => id))
})

test.each(Object.entries(crashFaults))('%s fails with its fault', async (id, fault) => {
  const faulty = casesOf(fault).find((one) => one.id === id)
  await expect(faulty?.run()).rejects.toThrow()
})
