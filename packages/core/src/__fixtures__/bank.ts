import type { DerivedEvent } from '../events/derived-event.ts'
import type { HandlerAnswer, EventType } from '../record/payment-event.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { parsePaymentRef } from '../values/payment-ref.ts'
import { type DerivedRecord, deriveRecord } from '../derivation/derive-record.ts'
import type { Fact, FactOf, FactType } from '../record/fact.ts'
import type { ReportInterpreter } from '../derivation/interpret-record.ts'
import type { EmittedEvent, PaymentRecord } from '../record/payment-record.ts'
import { ownMethods, type Report } from '../record/report.ts'
import { depositRef, recordOf, report, sek } from './records.ts'

type FactMembers<T extends FactType> = Partial<Omit<FactOf<T>, 'type'>>

const amounts: ReadonlySet<FactType> = new Set<FactType>([
  'deposit.not_credited_yet',
  'deposit.credited',
  'deposit.reversed',
  'payout.confirmed',
  'payout.failed',
  'withdrawal.requested',
])
const refunds: ReadonlySet<FactType> = new Set<FactType>(['refund.confirmed', 'refund.failed'])

/** A fact of `order-1` and transaction `tx-1`. Default: 100.00 SEK, for a refund 30.00 SEK; its only report is `n-1`. */
export const fact = <T extends FactType>(type: T, members: FactMembers<T> = {}): FactOf<T> =>
  ({
    type,
    intent: depositRef,
    vendorId: 'tx-1',
    at: '2026-01-02T00:00:00.000Z',
    evidence: ['n-1'],
    source: 'vendor',
    key: members.evidence?.[0] ?? 'n-1',
    ...(amounts.has(type) && { amount: sek('100.00') }),
    ...(refunds.has(type) && { amount: sek('30.00'), refund: null, candidates: [] }),
    ...(type === 'deposit.not_credited' && { reason: 'abandoned' }),
    ...members,
  }) as unknown as FactOf<T>

/** A bank whose reports mean these facts. Each fact is derived when all of its evidence is stored. */
export const bankSaying = (facts: readonly Fact[]): ReadonlyMap<string, ReportInterpreter> =>
  new Map(['bank', 'other'].map((rail) => [rail, { interpret: ({ reports }) => known(rail, facts, reports) }]))

const known = (rail: string, facts: readonly Fact[], reports: readonly Report[]): readonly Fact[] => {
  const ids = new Set(reports.map(({ id }) => id))
  return facts.filter(
    ({ intent, evidence }) => parsePaymentRef(intent)?.rail === rail && evidence.every((id) => ids.has(id)),
  )
}

/** The reports that these facts are derived from. */
export const reportsOf = (facts: readonly Fact[]): readonly Report[] => [
  ...new Map(
    facts.flatMap(({ type, intent, vendorId, at, evidence }) =>
      evidence.map((id) => {
        const rail = parsePaymentRef(intent)?.rail ?? ''
        return [id, report(id, type, { intent, vendorId, at, rail })] as const
      }),
    ),
  ).values(),
]

export const derivedFrom = (
  intents: readonly RecordedIntent[],
  facts: readonly Fact[],
  more: Partial<PaymentRecord> = {},
): DerivedRecord =>
  deriveRecord(
    recordOf(intents, { ...more, reports: [...reportsOf(facts), ...(more.reports ?? [])] }),
    bankSaying(facts),
  )

const answers: { readonly [T in EventType]?: HandlerAnswer } = {
  'deposit.reversed': { recovered: true },
  'withdrawal.requested': { reserved: true },
}

export const emittedAs = ({ event, evidence, money, refund }: DerivedEvent): EmittedEvent => ({
  id: event.id,
  type: event.type,
  payment: event.payment,
  ...(money && { money }),
  ...(refund !== undefined && { refund }),
  answer: answers[event.type] ?? 'ok',
  evidence,
})

/** The record after its application has handled all pending events. */
export const handled = (record: PaymentRecord, rails: ReadonlyMap<string, ReportInterpreter>): PaymentRecord => {
  const [next] = deriveRecord(record, rails).pending
  return next ? handled({ ...record, emitted: [...record.emitted, emittedAs(next)] }, rails) : record
}

/** The events and reviews when the reports are received one after the other and each is handled before the next. */
export const deliver = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) => {
  const rails = bankSaying(facts)
  const record = reportsOf(facts).reduce(
    (before, one) => handled({ ...before, reports: [...before.reports, one] }, rails),
    recordOf(intents),
  )
  return { record, ...seen(record, rails) }
}

/** Money events as `type value`, reviews as `reason value`. */
export const seen = (record: PaymentRecord, rails: ReadonlyMap<string, ReportInterpreter>) => {
  const { reviews, state } = deriveRecord(record, rails)
  return {
    state,
    reviews,
    emitted: record.emitted.flatMap(({ type, money }) => (money ? [`${type} ${money.value}`] : [])),
    reasons: reviews.map(({ reason, money }) => (money ? `${reason} ${money.value}` : reason)),
  }
}

/** The record after a person has resolved all its reviews. */
export const resolved = (record: PaymentRecord, rails: ReadonlyMap<string, ReportInterpreter>): PaymentRecord => ({
  ...record,
  reports: [
    ...record.reports,
    ...deriveRecord(record, rails).reviews.map(({ id, payment, rail }) =>
      report(`person|${id}`, ownMethods.resolved, {
        rail,
        vendorId: '',
        proof: 'person',
        intent: payment,
        members: { review: id, by: 'Ada', why: 'seen' },
      }),
    ),
  ],
})
