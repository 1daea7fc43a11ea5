import { memoryStore } from '@railswitch/core/store'
import { storeCases } from './store-kit.ts'

const cases = storeCases(async (conditions) => ({ store: memoryStore(conditions) }))

test.each(cases)('the memory store $name', ({ run }) => run())
