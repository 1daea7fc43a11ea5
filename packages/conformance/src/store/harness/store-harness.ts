import { createRecordRules, type Store } from '@railswitch/core/store'
import { createPaymentCalls } from './payment-calls.ts'
import { plainInterpreter } from './plain-interpreter.ts'
import type { Clock, StoreContext } from './store-context.ts'
import { createStoreQueries } from './store-queries.ts'

/** A store with the rules of a small engine, and the calls that the cases make of it. */
export const createHarness = (store: Store, clock: Clock) => {
  const rules = createRecordRules(new Map(['rail', 'other'].map((rail) => [rail, plainInterpreter])))
  const context: StoreContext = { store, rules, clock }
  return { ...context, ...createPaymentCalls(context), ...createStoreQueries(context) }
}

export type StoreHarness = ReturnType<typeof createHarness>
export type CaseBody = (harness: StoreHarness) => Promise<void>
