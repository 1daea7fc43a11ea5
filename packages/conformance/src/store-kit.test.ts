import { memoryStore } from '@railswitch/core'
import { storeCases } from './store-kit.ts'

const cases = storeCases(async ({ now }) => ({ store: memoryStore({ now }) }))

test.each(cases)('the memory store $name', ({ run }) => run())
