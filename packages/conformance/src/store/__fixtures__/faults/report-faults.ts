import { type ClaimResult, type IncomingReport, merchantReference, type PaymentRecord } from '@railswitch/core/store'
import {
  type CallbackArrival,
  endOf,
  has,
  onCallback,
  onClaimed,
  onConclude,
  onNamedCallback,
  onOwn,
  onReport,
  onStore,
  type StoreFault,
} from './store-fault.ts'

type When = Parameters<typeof onNamedCallback>[1]

const withoutTokens = (when: When): StoreFault => onNamedCallback({ token: null }, when)
const withoutEchoes = (when: When): StoreFault => onNamedCallback({ echo: null }, when)
const oneTransaction = (when: When): StoreFault => onNamedCallback({ transactions: 'one' }, when)
const manyTransactions = (when: When): StoreFault => onNamedCallback({ transactions: 'many' }, when)
const railsAreMixed = onReport(() => ({ rail: 'rail' }))

/** A response does not teach the ids under which reports arrived before. `when`: for these earlier reports. */
const reportedIdsAreNotLearned = (when: (earlier: readonly CallbackArrival[]) => boolean): StoreFault =>
  onStore((store) => {
    const arrived: CallbackArrival[] = []
    return {
      claim: (arrival, leaseMs, rules) => {
        if (arrival.from.type === 'callback') arrived.push({ ...arrival.from, report: arrival.report })
        return store.claim(arrival, leaseMs, rules)
      },
      conclude: (intent, conclusion, learned, rules) => {
        const isReported = (id: string): boolean => arrived.some(({ report }) => report.vendorId === id)
        const vendorIds = when(arrived) ? learned.vendorIds.filter((id) => !isReported(id)) : learned.vendorIds
        return store.conclude(intent, conclusion, { ...learned, vendorIds }, rules)
      },
    }
  })
const looksUpWithoutLearning = onOwn((from) => ({ ...from, learns: false }))

/** A redelivery has the proof of the first delivery. */
const firstProofStays = (when: When): StoreFault => (store) => {
  const seen = new Set<string>()
  return onNamedCallback({ token: null }, (named, arrival) => {
    const isAgain = seen.has(arrival.report.id)
    seen.add(arrival.report.id)
    return isAgain && when(named, arrival)
  })(store)
}

/** Each delivery without a token is stored. */
const deliveriesAreDifferentReports = (when: (named: PaymentRecord | null, id: string) => boolean): StoreFault =>
  onStore((store) => {
    const counts = new Map<string, number>()
    return {
      claim: async ({ report, from }, leaseMs, rules) => {
        const named = from.type === 'callback' ? await store.find(from.echo ?? '') : null
        const count = counts.get(report.id) ?? 0
        counts.set(report.id, count + 1)
        const isOther = count > 0 && from.type === 'callback' && from.token === null && when(named, report.id)
        return store.claim({ report: isOther ? { ...report, id: `${report.id}#${count}` } : report, from }, leaseMs, rules)
      },
    }
  })

/** A redelivery of what belonged to no payment changes nothing. */
const redeliveriesAreIgnored: StoreFault = onStore((store) => {
  const results = new Map<string, ClaimResult>()
  return {
    claim: async (arrival, leaseMs, rules) => {
      const { report, from } = arrival
      const first = results.get(report.id)
      if (first?.record.unowned && from.type === 'callback' && !from.token && from.transactions === 'many') return first
      const result = await store.claim(arrival, leaseMs, rules)
      results.set(report.id, result)
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
  let arriving = 0
  return {
    claim: async (arrival, leaseMs, rules) => {
      arriving += 1
      try {
        return await store.claim(arrival, leaseMs, rules)
      } finally {
        arriving -= 1
      }
    },
    conclude: (intent, conclusion, learned, rules) =>
      store.conclude(intent, conclusion, arriving > 0 ? { ...learned, vendorIds: [] } : learned, rules),
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

/** A report is stored under the token of its address, even if another payment has its vendor id. */
const tokenBeforeVendorId: StoreFault = onStore((store) => {
  const owners = new Map<string, string>()
  return {
    conclude: (intent, conclusion, learned, rules) => {
      for (const id of learned.vendorIds) owners.set(id, merchantReference(intent))
      return store.conclude(intent, conclusion, learned, rules)
    },
    claim: ({ report, from }, leaseMs, rules) => {
      const owner = owners.get(report.vendorId)
      const isOther =
        from.type === 'callback' && from.token?.kind === 'deposit' && owner && owner !== merchantReference(from.token)
      const vendorId = isOther ? `${report.vendorId} of ${from.token?.reference}` : report.vendorId
      return store.claim({ report: { ...report, vendorId }, from }, leaseMs, rules)
    },
  }
})

/** The token of a report is ignored if another report of its vendor id arrived before. */
const onlyFirstToken: StoreFault = (store) => {
  const first = new Map<string, string>()
  return onNamedCallback({ token: null }, (_named, { report }) => {
    const known = first.get(report.vendorId) ?? report.id
    first.set(report.vendorId, known)
    return known !== report.id
  })(store)
}

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
  'OWN-002': oneTransaction((_named, { token }) => token === null),
  'OWN-003': railsAreMixed,
  'OWN-004': onReport(({ vendorId }, from) =>
    from.type === 'callback' && !from.token && from.echo === null ? { vendorId: `${vendorId} of nobody` } : {},
  ),
  'OWN-005': tokenBeforeVendorId,
  'OWN-006': oneTransaction((_named, { token }) => token?.kind === 'payout'),
  'OWN-007': onReport(({ id }, from) =>
    from.type === 'callback' && from.token?.kind === 'payout' ? { id: `${id} of ${from.token.reference}` } : {},
  ),
  'OWN-008': railsAreMixed,
  'TOKEN-001': withoutTokens((named, arrival) => named !== null && endOf(named, arrival) === undefined),
  'TOKEN-002': withoutTokens((named, arrival) => endOf(named, arrival) === 'unknown'),
  'TOKEN-003': manyTransactions((named, arrival) => endOf(named, arrival) === 'started'),
  'TOKEN-004': manyTransactions((named, arrival) => endOf(named, arrival) === 'refused'),
  'TOKEN-005': onCallback(({ token }) => ({ token: token && { ...token, attempt: 1 } })),
  'TOKEN-006': oneTransaction((named, arrival) => endOf(named, arrival) === 'started'),
  'TOKEN-007': onConclude((conclusion, learned) =>
    conclusion !== 'not_sent' && conclusion.state === 'refused' ? null : [conclusion, learned],
  ),
  'ADDR-001': withoutEchoes((named, arrival) => endOf(named, arrival) === 'started'),
  'ADDR-002': withoutEchoes((_named, { token, transactions }) => token !== null && transactions === 'one'),
  'ADDR-003': withoutEchoes(
    (named, arrival) => named !== null && arrival.transactions === 'many' && endOf(named, arrival) === undefined,
  ),
  'ADDR-004': onCallback(({ echo }) => ({ echo: echo && echo.replace(/_\d+$/, '') })),
  'ADDR-005': onCallback(({ token, echo }) => ({
    echo: token && echo && token.reference === echo.toUpperCase() ? token.reference : echo,
  })),
  'ADDR-006': onCallback(({ token, echo }) => ({ token: token && merchantReference(token) === echo ? token : null })),
  'PROOF-001': firstProofStays(has),
  'PROOF-002': lastContentWins,
  'PROOF-003': firstProofStays((named, arrival) => !has(named, arrival) && arrival.signs === 'identity'),
  'PROOF-004': onCallback(({ token, signs }) => ({ signs: token?.kind === 'refund' ? 'everything' : signs })),
  'ID-001': reportedIdsAreNotLearned((earlier) => earlier.every(({ transactions }) => transactions === 'one')),
  'ID-002': reportedIdsAreNotLearned((earlier) => earlier.some(({ transactions }) => transactions === 'many')),
  'ID-003': onlyFirstToken,
  'ID-004': firstProofStays(
    (named, arrival) => named !== null && !has(named, arrival) && arrival.signs === 'everything',
  ),
  'ID-005': sharedIdsAreTaken,
  'ID-006': looksUpWithoutLearning,
  'ID-007': looksUpWithoutLearning,
  'ID-008': onOwn((from) => ({ ...from, learns: true })),
  'ID-009': onOwn((from) =>
    from.learns || from.proof !== 'lookup'
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
  'UNOWN-002': deliveriesAreDifferentReports((named) => named === null),
  'UNOWN-003': withoutTokens((named) => named === null),
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
  'UNOWN-009': deliveriesAreDifferentReports((named) => named === null),
  'UNOWN-010': limitCountsReportsOfPayments,
  'MOVE-001': reportedIdsAreNotLearned((earlier) => new Set(earlier.map(({ report }) => report.vendorId)).size > 1),
  'MOVE-002': redeliveriesAreIgnored,
  'MOVE-003': withoutEchoes((named, { token, transactions }) => named === null && !token && transactions === 'many'),
  'MOVE-004': onNamedCallback(
    { signs: 'identity' },
    (named, { transactions, signs }) => named === null && transactions === 'many' && signs === 'everything',
  ),
  'MOVE-005': onConclude((conclusion, learned) => [conclusion, { ...learned, onlyIfFree: false }]),
  'MOVE-006': firstProofStays((named) => named === null),
  'MOVE-007': deliveriesAreDifferentReports((named, id) => named?.reports.some((report) => report.id === id) ?? false),
}
