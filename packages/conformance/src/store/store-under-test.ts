import { equal } from 'node:assert/strict'
import {
  type Claim,
  type Completion,
  type Conclusion,
  createRecordRules,
  type DerivedEvent,
  type EmittedEvent,
  type Intent,
  type Origin,
  type PaymentRecord,
  pendingFor,
  type RecordRules,
  type Report,
  type Store,
} from '@railswitch/core'
import { plainInterpreter } from './plain-interpreter.ts'
import { deposit, sek, started, tokenOf } from './sample-payments.ts'

export interface Clock {
  readonly pass: (ms: number) => void
  readonly iso: () => string
}

/** How long a claim leases a record, in milliseconds. */
export const leaseMs = 10_000

type CallbackOrigin = Extract<Origin, { type: 'callback' }>
export type Callback = Partial<Omit<Report, 'proof' | 'intent'>> &
  Partial<Omit<CallbackOrigin, 'type' | 'token'>> & { readonly of?: Intent }

/** A store with the rules of a small engine, and the calls that the cases make of it in one line each. */
export const benchOf = (store: Store, clock: Clock) => {
  const rules: RecordRules = createRecordRules(new Map(['rail', 'other'].map((rail) => [rail, plainInterpreter])))

  return {
    store,
    rules,
    clock,
    begin: (intent: Intent, ...prints: readonly string[]) =>
      store.begin({ intent, fingerprints: [prints[0] ?? 'f', ...prints.slice(1)] }, rules),
    /** The result's state, or the code of its refusal. */
    begun: (intent: Intent, ...prints: readonly string[]) => begun(intent, ...prints),
    conclude: (
      intent: Intent,
      conclusion: Conclusion | 'not_sent',
      vendorIds: readonly string[] = [],
      replaces = true,
    ) => store.conclude(intent, conclusion, { vendorIds, replaces }, rules),
    callback,
    own: (
      report: Partial<Report> & Pick<Report, 'id'>,
      intent: Report['intent'] & string,
      { learns = false, proof = 'lookup' as Report['proof'] } = {},
    ) => store.claim({ report: reportOf(report), from: { type: 'own', intent, proof, learns } }, leaseMs, rules),
    resolve: (record: string, id: string, members: Report['members']) =>
      store.claim(
        { report: reportOf({ id, method: 'resolved', vendorId: '', members }), from: { type: 'unowned', record } },
        leaseMs,
        rules,
      ),
    handle,
    completed: (claim: Claim, more: Partial<Completion<unknown>> = {}) => completed(claim, more),
    pendingOf,
    paid,
    record: async (reference: string): Promise<PaymentRecord> => {
      const record = await store.find(reference)
      if (!record) throw new Error(`${reference} is not stored.`)
      return record
    },
    stateOf: async (reference: string): Promise<string | undefined> => {
      const record = await store.find(reference)
      return record ? rules.derive(record).state?.state : undefined
    },
    reviews: async (): Promise<readonly string[]> => {
      const found: string[] = []
      for await (const record of store.reviews(rules))
        found.push(...rules.derive(record).reviews.map(({ reason }) => `${nameOf(record)} ${reason}`))
      return found
    },
    leaseDue: (more: { readonly before?: string; readonly limit?: number } = {}) => leaseDue(more),
    /** Each due record's reference, with the number of events that wait. */
    due: async (more: { readonly before?: string; readonly limit?: number } = {}): Promise<readonly string[]> =>
      (await leaseDue(more)).map(({ record }) => `${nameOf(record)} ${pendingOf(record).length}`),
  }

  async function begun(intent: Intent, ...prints: readonly string[]): Promise<string> {
    const result = await store.begin({ intent, fingerprints: [prints[0] ?? 'f', ...prints.slice(1)] }, rules)
    return result.state === 'refused' ? result.error.code : result.state
  }

  /** `of`: the intent whose token came with it. */
  function callback(id: string, more: Callback = {}): Promise<Claim> {
    const { of, signs = 'everything', echo = 'order-1', transactions = 'one', ...report } = more
    const token = of ? tokenOf(of) : null
    return store.claim(
      { report: reportOf({ id, ...report }), from: { type: 'callback', token, signs, echo, transactions } },
      leaseMs,
      rules,
    )
  }

  function pendingOf(record: PaymentRecord, reportId: string | null = null): readonly DerivedEvent[] {
    return pendingFor(rules.derive(record), reportId)
  }

  /** Completes the first event that waits. */
  async function completed(claim: Claim, more: Partial<Completion<unknown>> = {}): Promise<boolean> {
    if (claim.state !== 'leased') throw new Error(`The claim is ${claim.state}.`)
    const [event] = pendingOf(claim.record)
    if (!event) throw new Error('No event waits.')
    return store.complete(claim.lease, { emitted: emittedOf(event), isLast: true, timeoutMs: 1_000, ...more }, rules)
  }

  /** Completes all events that wait, if the claim is leased; their types. */
  async function handle(claim: Claim): Promise<readonly string[]> {
    if (claim.state !== 'leased') return []
    const pending = pendingOf(claim.record)
    for (const [index, event] of pending.entries()) {
      const completion = { emitted: emittedOf(event), isLast: index === pending.length - 1, timeoutMs: 1_000 }
      equal(await store.complete(claim.lease, completion, rules), true)
    }
    return pending.map(({ event }) => event.type)
  }

  /** A deposit of 100.00 whose order is `<reference>-v`, credited and handled. */
  async function paid(reference = 'order-1'): Promise<void> {
    const intent = deposit({ reference })
    equal(await begun(intent), 'new')
    await store.conclude(intent, started(intent), { vendorIds: [`${reference}-v`], replaces: true }, rules)
    const claim = await callback(`${reference}-paid`, { vendorId: `${reference}-v` })
    equal((await handle(claim)).join(), 'deposit.credited')
  }

  function leaseDue(more: { readonly before?: string; readonly limit?: number }) {
    const until = new Date(Date.parse(clock.iso()) + leaseMs).toISOString()
    return store.leaseDue({ before: clock.iso(), until, limit: 10, ...more }, rules)
  }
}

export type Bench = ReturnType<typeof benchOf>
export type Body = (bench: Bench) => Promise<void>

export const reportOf = (more: Partial<Report> & Pick<Report, 'id'>): Omit<Report, 'intent' | 'proof'> => ({
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

const nameOf = ({ intents, unowned }: PaymentRecord): string =>
  intents[0]?.intent.reference ?? `${unowned?.rail} ${unowned?.name} ${unowned?.count}`
