import { memoryStore, systemRuntime } from '@railswitch/core/store'
import { callFaults } from './__fixtures__/faults/call-faults.ts'
import { leaseFaults } from './__fixtures__/faults/lease-faults.ts'
import { reportFaults } from './__fixtures__/faults/report-faults.ts'
import { storeCases } from './store-kit.ts'

const faults = { ...callFaults, ...reportFaults, ...leaseFaults }

const casesWith = (fault: (typeof faults)[string]) =>
  storeCases(async ({ now, unowned }) => ({
    store: fault(memoryStore({ runtime: { ...systemRuntime, now }, unowned })),
  }))

const ids = casesWith((store) => store).map(({ id }) => id)

test('each case of the store kit has a fault of its own id', () => {
  expect(Object.keys(faults).sort()).toEqual([...ids].sort())
})

test.each(ids)('%s fails with its fault', async (id) => {
  const fault = faults[id]
  const faulty = fault && casesWith(fault).find((one) => one.id === id)
  await expect(faulty?.run()).rejects.toThrow()
})
