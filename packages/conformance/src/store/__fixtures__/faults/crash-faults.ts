import type { Store } from '@railswitch/core/store'

/** A good store with transactions, with one mistake. `statement`: before each statement of its own. */
export type CrashFault = (store: Store, statement: () => void) => Store

/** Two transactions instead of one. */
const concludesInTwo: CrashFault = (store) => ({
  ...store,
  conclude: async (intent, conclusion, learned, rules) => {
    await store.conclude(intent, conclusion, { ...learned, vendorIds: [] }, rules)
    return store.conclude(intent, conclusion, learned, rules)
  },
})

const learnsInTwo: CrashFault = (store) => ({
  ...store,
  claim: async (arrival, leaseMs, rules) => {
    const { report, from } = arrival
    if (from.type === 'callback' && from.token)
      await store.claim({ report, from: { ...from, token: null } }, leaseMs, rules)
    if (from.type === 'own' && from.learns)
      await store.claim({ report, from: { ...from, learns: false } }, leaseMs, rules)
    return store.claim(arrival, leaseMs, rules)
  },
})

/** What a process has not stored after one statement, it has only in its memory. */
const storedInMemory =
  (method: 'begin' | 'erasePersonalData' | 'claim', kind?: string): CrashFault =>
  (store, statement) => {
    const begins: Store['begin'] = async (request, rules) => {
      const { intent, fingerprints: [fingerprint] } = request
      if (kind !== undefined && intent.kind !== kind) return store.begin(request, rules)
      statement()
      const begunAt = '2026-01-01T00:00:00.000Z'
      const recorded = { intent, fingerprint, begunAt, resumed: false, conclusion: null, vendorIds: [] }
      return { state: 'new', recorded, record: { key: 'memory', intents: [recorded], reports: [], emitted: [] } }
    }
    const erases: Store['erasePersonalData'] = async () => {
      statement()
      return true
    }
    const claims: Store['claim'] = async (arrival, leaseMs, rules) => {
      const { report, from } = arrival
      const isNamed = from.type !== 'callback' || (await store.find(from.echo ?? '')) !== null
      if (isNamed) return store.claim(arrival, leaseMs, rules)
      statement()
      return { state: 'idle', record: { key: 'memory', intents: [], reports: [], emitted: [] }, reportId: report.id }
    }
    return { ...store, [method]: { begin: begins, erasePersonalData: erases, claim: claims }[method] }
  }

/** The event is marked before the row is written. */
const writesInTwo: CrashFault = (store) => ({
  ...store,
  complete: async (lease, completion, rules) => {
    const { write, ...mark } = completion
    await store.complete(lease, { ...mark, isLast: false }, rules)
    return write ? store.complete(lease, completion, rules) : true
  },
})

/** Only the process that has leased it ends the lease. */
const leasesForEver: CrashFault = (store) => ({
  ...store,
  claim: (arrival, _leaseMs, rules) => store.claim(arrival, Number.MAX_SAFE_INTEGER, rules),
})
const leasesDueForEver: CrashFault = (store) => ({
  ...store,
  leaseDue: (due, rules) => store.leaseDue({ ...due, until: '9999-01-01T00:00:00.000Z' }, rules),
})

/** A refused conclusion marks the intent until it is deleted. */
const deletesInTwo: CrashFault = (store, statement) => ({
  ...store,
  conclude: async (intent, conclusion, learned, rules) => {
    if (conclusion !== 'not_sent') return store.conclude(intent, conclusion, learned, rules)
    await store.begin({ intent, fingerprints: ['f'] }, rules)
    statement()
    return store.conclude(intent, conclusion, learned, rules)
  },
})

/** A fault of each case of the crash section. */
export const crashFaults: Readonly<Record<string, CrashFault>> = {
  'CRASH-001': storedInMemory('begin'),
  'CRASH-002': storedInMemory('begin', 'refund'),
  'CRASH-003': concludesInTwo,
  'CRASH-004': concludesInTwo,
  'CRASH-005': deletesInTwo,
  'CRASH-006': learnsInTwo,
  'CRASH-007': leasesForEver,
  'CRASH-008': storedInMemory('claim'),
  'CRASH-009': learnsInTwo,
  'CRASH-010': writesInTwo,
  'CRASH-011': leasesDueForEver,
  'CRASH-012': storedInMemory('erasePersonalData'),
}
