import type { Issue, Store } from '@railswitch/core'
import { hasEnvironment } from './callback-url.ts'
import type { PaymentsConfig } from './payments-config.ts'

const methods: readonly (keyof Store)[] = [
  'begin',
  'conclude',
  'find',
  'claim',
  'claimRecord',
  'complete',
  'release',
  'leaseDue',
  'reschedule',
  'erasePersonalData',
  'reviews',
]

const durable = 'pass postgresStore({ pool }) of @railswitch/store-postgres'

/** A value that is no store, a store that may lose payments of `live` rails, and what keeps a store from working. */
export const storeIssues = <Tx>(config: Partial<PaymentsConfig<Tx>>): readonly Issue[] => {
  const issue = shapeIssue(config.store)
  if (issue) return [{ field: 'store', ...issue }]
  const isLost = hasEnvironment(config, 'live') && config.store?.durable !== true
  return [
    ...(isLost ? [{ field: 'store', rule: 'may lose payments, and a rail is live', fix: durable }] : []),
    ...(config.store?.startIssues?.() ?? []),
  ]
}

const shapeIssue = (store: unknown): Omit<Issue, 'field'> | null => {
  if (store === undefined || store === null)
    return { rule: 'is required', fix: `pass memoryStore() for tests; otherwise ${durable}` }
  if (typeof store === 'function')
    return { rule: 'must be a store, not a function', fix: 'call it, such as memoryStore()' }
  const given = Object(store) as Readonly<Record<string, unknown>>
  const missing = methods.filter((method) => typeof given[method] !== 'function')
  if (missing.length === 0) return null
  if (typeof given.connect === 'function' || typeof given.query === 'function')
    return { rule: 'must be a store, not a connection to a database', fix: durable }
  return missing.length === methods.length
    ? { rule: 'must be a store', fix: `pass memoryStore() for tests; otherwise ${durable}` }
    : { rule: `must be a store, and lacks ${missing.join(', ')}`, fix: 'implement Store of railswitch' }
}
