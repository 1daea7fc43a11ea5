import { type ClaimResult, type IncomingReport, merchantReference, type PaymentRecord } from '@railswitch/core/store'
import {
  onCallback,
  onClaimed,
  onConclude,
  onOwn,
  onReport,
  onStore,
  type StoreFault,
} from './store-fault.ts'

const withoutTokens = onCallback(() => ({ token: null }))
const withoutEchoes = onCallback(() => ({ echo: null }))
const oneTransaction = onCallback(() => ({ transactions: 'one' }))
const manyTransactions = onCallback(() => ({ transactions: 'many' }))
const railsAreMixed = onReport(() => ({ rail: 'rail' }))
const idsAreNotLearned = onConclude((conclusion, learned) => [conclusion, { ...learned, vendorIds: [] }])
const looksUpWithoutLearning = onOwn((from) => ({ ...from, learns: false }))

/** A redelivery has the proof of the first delivery. */
const firstProofStays: StoreFault = (store) => {
  const seen = new Set<string>()
  return onCallback((_from, { id }) => {
    const isAgain = seen.has(id)
    seen.add(id)
    return isAgain ? { token: null } : {}
  })(store)
}

/** Each delivery is stored. */
const deliveriesAreDifferentReports: StoreFault = (store) => {
  let count = 0
  return onReport(({ id }) => ({ id: `${id}#${++count}` }))(store)
}

const redeliveriesAreIgnored: StoreFault = onStore((store) => {
  const results = new Map<string, ClaimResult>()
  return {
    claim: async (arrival, leaseMs, rules) => {
      const result = results.get(arrival.report.id) ?? (await store.claim(arrival, leaseMs, rules))
      results.set(arrival.report.id, result)
      return result
    },
  }
})

const lastContentWins: StoreFault = onStore((store) => {
  const last = new Map<string, Partial<IncomingReport['report']>>()
  return {
    claim: (arrival, leaseMs, rules) => {
      const { id, at, money, members } = arrival.report
      last.set(id, { at, members, ...(money && { money }) })
      return store.claim(arrival, leaseMs, rules)
    },
    find: async (reference) => {
      const record = await store.find(reference)
      return record && { ...record, reports: record.reports.map((report) => ({ ...report, ...last.get(report.id) })) }
    },
  }
})

/** A report that is stored while a response is concluded misses the response, and the response misses it. */
const responsesMissReports: StoreFault = onStore((store) => {
  let isArriving = false
  return {
    claim: (arrival, leaseMs, rules) => {
      isArriving = true
      setImmediate(() => {
        isArriving = false
      })
      return store.claim(arrival, leaseMs, rules)
    },
    conclude: (intent, conclusion, learned, rules) =>
      store.conclude(intent, conclusion, isArriving ? { ...learned, vendorIds: [] } : learned, rules),
  }
})

/** An id is taken if any call has learned it, even one of the same payment. */
const sharedIdsAreTaken: StoreFault = onStore((store) => {
  const learnedIds = new Set<string>()
  return {
    conclude: async (intent, conclusion, learned, rules) => {
      const taken = learned.vendorIds.filter((id) => learnedIds.has(id))
      for (const id of learned.vendorIds) learnedIds.add(id)
      await store.conclude(intent, conclusion, learned, rules)
      return { taken }
    },
  }
})

const withoutManualReviews = (record: PaymentRecord): PaymentRecord => ({
  ...record,
  reports: record.reports.filter(({ proof }) => proof !== 'person'),
})

const limitCountsReportsOfPayments: StoreFault = onStore((store) => {
  let count = 0
  return {
    claim: (arrival, leaseMs, rules) => {
      count += 1
      return store.claim(arrival, leaseMs, rules)
    },
    find: async (reference) => {
      const record = await store.find(reference)
      return record && count > 5 ? { ...record, reports: [] } : record
    },
  }
})

/** Faults of what belongs to which payment. */
export const reportFaults: Readonly<Record<string, StoreFault>> = {
  'OWN-001': onCallback(({ token, echo }) => ({
    token: token ?? (echo === null ? null : { kind: 'deposit', reference: echo, attempt: 1 }),
  })),
  'OWN-002': oneTransaction,
  'OWN-003': railsAreMixed,
  'OWN-004': idsAreNotLearned,
  'OWN-005': onReport(({ vendorId }, from) =>
    from.type === 'callback' && from.token ? { vendorId: `${vendorId} of ${from.token.reference}` } : {},
  ),
  'OWN-006': oneTransaction,
  'OWN-007': onReport(({ id }, from) =>
    from.type === 'callback' && from.token ? { id: `${id} of ${from.token.reference}` } : {},
  ),
  'OWN-008': railsAreMixed,
  'TOKEN-001': withoutTokens,
  'TOKEN-002': withoutTokens,
  'TOKEN-003': manyTransactions,
  'TOKEN-004': manyTransactions,
  'TOKEN-005': onCallback(({ token }) => ({ token: token && { ...token, attempt: 1 } })),
  'TOKEN-006': oneTransaction,
  'TOKEN-007': onConclude((conclusion, learned) =>
    conclusion !== 'not_sent' && conclusion.state === 'refused' ? null : [conclusion, learned],
  ),
  'ADDR-001': withoutEchoes,
  'ADDR-002': withoutEchoes,
  'ADDR-003': withoutEchoes,
  'ADDR-004': withoutEchoes,
  'ADDR-005': onCallback(({ echo }) => ({ echo: echo && echo.toUpperCase() })),
  'ADDR-006': onCallback(({ token, echo }) => ({ token: token && merchantReference(token) === echo ? token : null })),
  'PROOF-001': firstProofStays,
  'PROOF-002': lastContentWins,
  'PROOF-003': firstProofStays,
  'PROOF-004': onCallback(() => ({ signs: 'everything' })),
  'ID-001': idsAreNotLearned,
  'ID-002': idsAreNotLearned,
  'ID-003': withoutTokens,
  'ID-004': firstProofStays,
  'ID-005': sharedIdsAreTaken,
  'ID-006': looksUpWithoutLearning,
  'ID-007': looksUpWithoutLearning,
  'ID-008': onOwn((from) => ({ ...from, learns: true })),
  'ID-009': onOwn((from) =>
    from.learns
      ? from
      : { type: 'callback', token: null, signs: 'everything', echo: null, transactions: 'one' },
  ),
  'ID-010': responsesMissReports,
  'REPL-001': onConclude((conclusion, learned) => [conclusion, { ...learned, replaces: false }]),
  'REPL-002': onConclude((conclusion, learned) => [conclusion, { ...learned, replaces: true }]),
  'REPL-003': looksUpWithoutLearning,
  'REPL-004': onStore((store) => ({
    conclude: async (intent, conclusion, learned, rules) => {
      await store.conclude(intent, conclusion, learned, rules)
      return { taken: [] }
    },
  })),
  'REPL-005': onConclude((conclusion, learned) => [conclusion, { ...learned, onlyIfFree: true }]),
  'UNOWN-001': railsAreMixed,
  'UNOWN-002': deliveriesAreDifferentReports,
  'UNOWN-003': withoutTokens,
  'UNOWN-004': onReport(({ method, members }) => (method === 'resolved' ? { members: { ...members, count: '9' } } : {})),
  'UNOWN-005': onClaimed(({ dropped: _dropped, ...result }) => result as ClaimResult),
  'UNOWN-006': onClaimed(({ dropped: _dropped, ...result }) => result as ClaimResult),
  'UNOWN-007': onStore((store) => ({
    claimRecord: async (key, leaseMs, rules) => {
      const claimed = await store.claimRecord(key, leaseMs, rules)
      return claimed && { ...claimed, record: withoutManualReviews(claimed.record) }
    },
  })),
  'UNOWN-008': onStore((store) => ({
    claim: (arrival, leaseMs, rules) =>
      store.claim(arrival, leaseMs, rules).catch((): ClaimResult => {
        const record = { key: 'none', intents: [], reports: [], emitted: [] }
        return { state: 'idle', record, reportId: null }
      }),
  })),
  'UNOWN-009': deliveriesAreDifferentReports,
  'UNOWN-010': limitCountsReportsOfPayments,
  'MOVE-001': idsAreNotLearned,
  'MOVE-002': redeliveriesAreIgnored,
  'MOVE-003': withoutEchoes,
  'MOVE-004': onCallback(() => ({ signs: 'identity', transactions: 'many' })),
  'MOVE-005': onConclude((conclusion, learned) => [conclusion, { ...learned, onlyIfFree: false }]),
  'MOVE-006': firstProofStays,
  'MOVE-007': deliveriesAreDifferentReports,
}
