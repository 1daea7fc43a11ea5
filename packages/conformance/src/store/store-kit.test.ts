import { memoryStore, systemRuntime } from '@railswitch/core/store'
import { storeCases } from './store-kit.ts'

const cases = storeCases(async ({ now, unowned }) => ({
  store: memoryStore({ runtime: { ...systemRuntime, now }, unowned }),
}))

test.each(cases)('the memory store $id $name', ({ run }) => run())
