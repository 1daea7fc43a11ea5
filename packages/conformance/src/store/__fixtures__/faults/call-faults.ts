import type { BeginRequest, Conclusion, PaymentRecord, RecordedIntent, TimeSpan } from '@railswitch/core/store'
import {
  onBegun,
  onConclude,
  onFound,
  onRequest,
  onStore,
  type StoreFault,
} from './store-fault.ts'

const nextTurn = (run: () => void): void => void setImmediate(run)

/** A further attempt is stored under a reference of its own. */
const otherReference = (request: BeginRequest): BeginRequest => {
  const { intent } = request
  return { ...request, intent: { ...intent, reference: `${intent.reference}.${intent.attempt}` } }
}
/** `when`: from the first recorded intent of the reference. */
const attemptsApart = (when: (request: BeginRequest, first: RecordedIntent | undefined) => boolean): StoreFault =>
  onStore((store) => ({
    begin: async (request, rules) => {
      const { reference, attempt } = request.intent
      if (attempt === 1) return store.begin(request, rules)
      const record = await store.find(reference)
      const first = record?.intents.find(({ intent }) => intent.reference === reference)
      return store.begin(when(request, first) ? otherReference(request) : request, rules)
    },
  }))

const refusalsAreLost = onConclude((conclusion, learned) =>
  conclusion !== 'not_sent' && conclusion.state === 'refused' ? null : [conclusion, learned],
)

/** A resumed intent has these members of the retry. */
const takesFromRetry = (member: 'rail' | 'settings'): StoreFault =>
  onBegun((result, { intent }) => {
    if (result.state !== 'resume') return result
    const recorded = { ...result.recorded.intent, [member]: intent[member] }
    return { ...result, recorded: { ...result.recorded, intent: recorded } }
  })

/** Two calls of one key at once get the result of the first. */
const callsAtOnceShareResult: StoreFault = onStore((store) => {
  const running = new Map<string, ReturnType<typeof store.begin>>()
  return {
    begin: (request, rules) => {
      const key = `${request.intent.reference} ${request.intent.attempt}`
      const result = running.get(key) ?? store.begin(request, rules).finally(() => running.delete(key))
      running.set(key, result)
      return result
    },
  }
})

/** A reference is free as long as the transaction that takes it is open. */
const referenceIsCheckedTooEarly: StoreFault = onStore((store) => {
  const running = new Map<string, string | undefined>()
  return {
    begin: (request, rules) => {
      const { reference, of } = request.intent
      const isTakenByAnother = running.has(reference) && running.get(reference) !== of
      if (!isTakenByAnother) running.set(reference, of)
      return store
        .begin(isTakenByAnother ? otherReference(request) : request, rules)
        .finally(() => nextTurn(() => running.delete(reference)))
    },
  }
})

/** What a record means is derived before it is locked. */
const derivesBeforeItLocks: StoreFault = onStore((store) => {
  const derived = new Map<string, ReturnType<Parameters<typeof store.begin>[1]['derive']>>()
  return {
    begin: (request, rules) => {
      nextTurn(() => derived.clear())
      return store.begin(request, {
        ...rules,
        derive: (record) => {
          const meaning = derived.get(record.key) ?? rules.derive(record)
          derived.set(record.key, meaning)
          return meaning
        },
      })
    },
  }
})

const storesRefusedIntents: StoreFault = onStore((store) => {
  const refused = new Set<string>()
  return {
    begin: async (request, rules) => {
      const result = await store.begin(request, rules)
      if (result.state === 'refused') refused.add(request.intent.reference)
      return result
    },
    find: async (reference) =>
      (await store.find(reference)) ??
      (refused.has(reference) ? { key: 'refused', intents: [], reports: [], emitted: [] } : null),
  }
})

/** `resumed`: only what a second call has resumed. */
const deletesWhateverWasNotSent = (resumed = false): StoreFault => onStore((store) => {
  const deleted = new Set<string>()
  const again = new Set<string>()
  return {
    begin: async (request, rules) => {
      const result = await store.begin(request, rules)
      if (result.state === 'resume') again.add(request.intent.reference)
      return result
    },
    conclude: (intent, conclusion, learned, rules) => {
      if (conclusion === 'not_sent' && (!resumed || again.has(intent.reference))) deleted.add(intent.reference)
      return store.conclude(intent, conclusion, learned, rules)
    },
    find: async (reference) => (deleted.has(reference) ? null : store.find(reference)),
  }
})
const deletesNothing = onConclude((conclusion, learned) => (conclusion === 'not_sent' ? null : [conclusion, learned]))

const lastConclusionWins: StoreFault = onStore((store) => {
  const last = new Map<string, Conclusion>()
  return {
    conclude: (intent, conclusion, learned, rules) => {
      if (conclusion !== 'not_sent') last.set(`${intent.reference} ${intent.attempt}`, conclusion)
      return store.conclude(intent, conclusion, learned, rules)
    },
    find: async (reference) => {
      const record = await store.find(reference)
      const intents = record?.intents.map((recorded) => {
        const { reference: name, attempt } = recorded.intent
        return { ...recorded, conclusion: last.get(`${name} ${attempt}`) ?? recorded.conclusion }
      })
      return record && { ...record, intents: intents ?? [] }
    },
  }
})

const otherSpan = (change: (span: TimeSpan) => TimeSpan): StoreFault =>
  onStore((store) => ({ happenedBetween: (span) => store.happenedBetween(change(span)) }))

/** Another record, or none, instead of each that is found. */
const otherHappened = (
  change: (record: PaymentRecord, span: TimeSpan) => Promise<PaymentRecord | null>,
): StoreFault =>
  onStore((store) => ({
    async *happenedBetween(span) {
      for await (const record of store.happenedBetween(span)) {
        const changed = await change(record, span)
        if (changed) yield changed
      }
    },
  }))

/** Faults of `begin`, `conclude` and `find`. */
export const callFaults: Readonly<Record<string, StoreFault>> = {
  'BEGIN-001': onBegun((result, { intent }) =>
    result.state === 'done' && intent.kind === 'deposit'
      ? { ...result, result: { ...result.result, redirectUrl: 'https://bank.example/another' } as typeof result.result }
      : result,
  ),
  'BEGIN-002': onBegun((result) => {
    if (result.state !== 'resume' || result.recorded.conclusion?.state !== 'unknown') return result
    return { state: 'done', recorded: result.recorded, result: result.recorded.conclusion.result }
  }),
  'BEGIN-003': takesFromRetry('rail'),
  'BEGIN-004': onRequest((request) => ({ ...request, fingerprints: [request.fingerprints[0]] })),
  'BEGIN-005': onRequest((request) => ({ ...request, fingerprints: [...request.fingerprints, 'f'] })),
  'BEGIN-006': attemptsApart(({ intent }, first) => first !== undefined && first.intent.kind !== intent.kind),
  'BEGIN-007': callsAtOnceShareResult,
  'BEGIN-008': referenceIsCheckedTooEarly,
  'BEGIN-009': refusalsAreLost,
  'BEGIN-010': takesFromRetry('settings'),
  'BEGIN-011': storesRefusedIntents,
  'BEGIN-012': onFound((record, reference) => (record.intents[0]?.intent.reference === reference ? record : null)),
  'BEGIN-013': attemptsApart(({ intent }) => intent.kind === 'payout'),
  'RULE-001': derivesBeforeItLocks,
  'RULE-002': refusalsAreLost,
  'RULE-003': attemptsApart(({ intent }, first) => intent.kind === 'refund' && first?.intent.kind === 'refund'),
  'RULE-004': attemptsApart(({ intent }) => intent.kind === 'deposit' && intent.attempt === 2),
  'RULE-005': attemptsApart(({ intent }) => intent.kind === 'deposit' && intent.attempt > 2),
  'END-001': deletesWhateverWasNotSent(true),
  'END-002': deletesWhateverWasNotSent(),
  'END-003': deletesWhateverWasNotSent(),
  'END-004': deletesNothing,
  'END-005': deletesNothing,
  'END-006': lastConclusionWins,
  'END-007': onStore((store) => ({
    conclude: async (intent, conclusion, learned, rules) => {
      await store.conclude(intent, conclusion, learned, rules)
      return { taken: learned.vendorIds }
    },
  })),
  'END-008': onStore((store) => ({
    claim: async (arrival, leaseMs, rules) => {
      if (arrival.report.vendorId.includes('\u0000')) throw new Error('invalid byte sequence: 0x00')
      return store.claim(arrival, leaseMs, rules)
    },
  })),
  'FIND-001': onStore((store) => ({ findByVendorId: (booking) => store.findByVendorId({ ...booking, vendorId: '' }) })),
  'FIND-002': onStore((store) => ({
    findByVendorId: (booking) => store.findByVendorId({ ...booking, merchantReference: null }),
  })),
  'FIND-003': onStore((store) => {
    const reported = new Map<string, Awaited<ReturnType<typeof store.claim>>['record']>()
    return {
      claim: async (arrival, leaseMs, rules) => {
        const result = await store.claim(arrival, leaseMs, rules)
        reported.set(arrival.report.vendorId, result.record)
        return result
      },
      findByVendorId: async (booking) => (await store.findByVendorId(booking)) ?? reported.get(booking.vendorId) ?? null,
    }
  }),
  'SPAN-001': otherSpan(({ from, until }) => ({ from, until: `${until}.` })),
  'SPAN-002': otherHappened(async (record, { from }) =>
    record.intents.some(({ begunAt }) => begunAt >= from) ? record : null,
  ),
  'SPAN-003': otherHappened(async (record) => ({ ...record, emitted: [] })),
  'SPAN-004': onStore((store) => ({
    async *happenedBetween(span) {
      let count = 0
      for await (const record of store.happenedBetween(span)) if (++count <= 100) yield record
    },
  })),
  'SPAN-005': onStore((store) => {
    const claimed: PaymentRecord[] = []
    return {
      claim: async (arrival, leaseMs, rules) => {
        const result = await store.claim(arrival, leaseMs, rules)
        claimed.push(result.record)
        return result
      },
      async *happenedBetween() {
        yield* claimed
      },
    }
  }),
  'REV-001': onStore((store) => ({
    async *reviews(rules) {
      const all = []
      for await (const record of store.reviews(rules)) all.push(record)
      yield* all.reverse()
    },
  })),
  'REV-002': onStore((store) => ({
    async *reviews(rules) {
      let count = 0
      for await (const record of store.reviews(rules)) if (++count <= 100) yield record
    },
  })),
  'REV-003': onStore((store) => ({ erasePersonalData: async (reference) => (await store.find(reference)) !== null })),
}
