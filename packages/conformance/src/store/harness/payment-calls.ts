import { equal } from 'node:assert/strict'
import {
  type ClaimResult,
  type Conclusion,
  type DerivedEvent,
  type EmittedEvent,
  type EventCompletion,
  type Intent,
  merchantReference,
  pendingEventsFor,
  type Report,
  type ReportOrigin,
} from '@railswitch/core/store'
import { deposit, sek, started, tokenOf } from './sample-payments.ts'
import { leaseMs, type StoreContext } from './store-context.ts'

type CallbackOrigin = Extract<ReportOrigin, { type: 'callback' }>
/** `of`: the intent whose token arrives with the callback. By default the callback echoes its reference, or `order-1`. */
export type Callback = Partial<Omit<Report, 'proof' | 'intent'>> &
  Partial<Omit<CallbackOrigin, 'type' | 'token'>> & { readonly of?: Intent }

/** The calls that change what is stored. */
export const createPaymentCalls = (context: StoreContext) => {
  const reports = createReportCalls(context)
  const { begin, beginState, conclude } = createIntentCalls(context)
  const { complete, handle } = createLeaseCalls(context)
  return { begin, beginState, conclude, complete, handle, ...reports, payDeposit }

  /** Begins a deposit of 100.00 with the vendor id `<reference>-v`, and handles its credit. */
  async function payDeposit(reference = 'order-1'): Promise<void> {
    const intent = deposit({ reference })
    equal(await beginState(intent), 'new')
    await conclude(intent, started(intent), [`${reference}-v`])
    const claim = await reports.callback(`${reference}-paid`, { vendorId: `${reference}-v` })
    equal((await handle(claim)).join(), 'deposit.credited')
  }
}

const createIntentCalls = ({ store, rules }: StoreContext) => {
  const begin = (intent: Intent, fingerprint = 'f', ...older: readonly string[]) =>
    store.begin({ intent, fingerprints: [fingerprint, ...older] }, rules)
  return {
    begin,
    /** The state of the result, or the code of its refusal. */
    beginState: async (intent: Intent, ...fingerprints: readonly string[]): Promise<string> => {
      const result = await begin(intent, ...fingerprints)
      return result.state === 'refused' ? result.error.code : result.state
    },
    conclude: (
      intent: Intent,
      conclusion: Conclusion | 'not_sent',
      vendorIds: readonly string[] = [],
      replaces = true,
    ) => store.conclude(intent, conclusion, { vendorIds, replaces }, rules),
  }
}

const createReportCalls = ({ store, rules }: StoreContext) => ({
  callback: (id: string, more: Callback = {}): Promise<ClaimResult> => {
    const { of, signs = 'everything', transactions = 'one', ...others } = more
    const { echo = of ? merchantReference(of) : 'order-1', ...report } = others
    const token = of ? tokenOf(of) : null
    const from: CallbackOrigin = { type: 'callback', token, signs, echo, transactions }
    return store.claim({ report: reportOf({ id, ...report }), from }, leaseMs, rules)
  },
  /** A look-up or a manual review of an intent. */
  ownReport: (
    report: Partial<Report> & Pick<Report, 'id'>,
    intent: Report['intent'] & string,
    { learns = false, proof = 'lookup' as Report['proof'] } = {},
  ) => store.claim({ report: reportOf(report), from: { type: 'own', intent, proof, learns } }, leaseMs, rules),
  /** A manual review of unowned reports. */
  resolveReview: (record: string, id: string, members: Report['members']) => {
    const report = reportOf({ id, method: 'resolved', vendorId: '', members })
    return store.claim({ report, from: { type: 'unowned', record } }, leaseMs, rules)
  },
})

const createLeaseCalls = ({ store, rules }: StoreContext) => ({
  /** Completes the first event that waits. */
  complete: async (claim: ClaimResult, more: Partial<EventCompletion<unknown>> = {}): Promise<boolean> => {
    if (claim.state !== 'leased') throw new Error(`The claim is ${claim.state}.`)
    const [event] = pendingEventsFor(rules.derive(claim.record), null)
    if (!event) throw new Error('No event waits.')
    return store.complete(claim.lease, { emitted: emittedOf(event), isLast: true, timeoutMs: 1_000, ...more }, rules)
  },
  /** Completes all events that wait if the claim is leased, and returns their types. */
  handle: async (claim: ClaimResult): Promise<readonly string[]> => {
    if (claim.state !== 'leased') return []
    const pending = pendingEventsFor(rules.derive(claim.record), null)
    for (const [index, event] of pending.entries()) {
      const completion = { emitted: emittedOf(event), isLast: index === pending.length - 1, timeoutMs: 1_000 }
      equal(await store.complete(claim.lease, completion, rules), true)
    }
    return pending.map(({ event }) => event.type)
  },
})

const reportOf = (more: Partial<Report> & Pick<Report, 'id'>): Omit<Report, 'intent' | 'proof'> => ({
  at: '2026-01-01T00:00:00.000Z',
  rail: 'rail',
  vendorId: 'order-1-v',
  method: 'credit',
  money: sek('100.00'),
  members: {},
  ...more,
})

export const emittedOf = (
  { event, evidence, money, refund }: DerivedEvent,
  answer: EmittedEvent['answer'] = 'ok',
): EmittedEvent => ({
  id: event.id,
  type: event.type,
  payment: event.payment,
  ...(money && { money }),
  ...(refund !== undefined && { refund }),
  answer,
  evidence,
})
