import {
  answerFor,
  createRecordRules,
  type DerivedRecord,
  type EventType,
  type PaymentProvider,
  type PaymentRecord,
  paymentStateOf,
  type Report,
} from '@railswitch/core'
import { type Ownership, reportIdFor, withRaisedProof } from '@railswitch/core/store'
import type { AddressedCallback } from './payment-of-callback.ts'

/** What a callback would change of the payment that it is stored with. */
export interface CallbackEffect {
  /** The same report is stored already. */
  readonly recorded: boolean
  /** States of the payment; null while one of its rails is not configured. */
  readonly before: string | null
  readonly after: string | null
  /** Events that the application would have to handle because of it. */
  readonly events: readonly EventType[]
  /** Events of it that the application has handled already. */
  readonly handled: readonly EventType[]
  /** The reasons of the reviews that it would open. */
  readonly reviews: readonly string[]
  /** What the vendor would get. */
  readonly response: string
}

type Placed = Extract<Ownership, { type: 'owned' | 'named' }>

/** Derives the payment with and without the report, from the stored record. */
export const callbackEffect = (
  rails: ReadonlyMap<string, PaymentProvider>,
  record: PaymentRecord,
  owner: Placed,
  { rail, callback }: AddressedCallback,
): CallbackEffect => {
  const report: Report = {
    ...callback.report,
    rail,
    id: reportIdFor(callback.report.id, owner),
    intent: owner.type === 'owned' ? owner.intent : null,
    proof: owner.proof,
  }
  const rules = createRecordRules(rails)
  const isSame = (one: Report): boolean => one.rail === rail && one.id === report.id
  const recorded = record.reports.some(isSame)
  const after: PaymentRecord = {
    ...record,
    reports: recorded
      ? record.reports.map((one) => (isSame(one) ? withRaisedProof(one, report) : one))
      : [...record.reports, report],
  }
  const [was, is] = [rules.derive(record), rules.derive(after)]
  const known = new Set(was.reviews.map(({ id }) => id))
  return {
    recorded,
    before: stateOf(record, was),
    after: stateOf(after, is),
    events: is.pending.filter(({ evidence }) => evidence.includes(report.id)).map(({ event }) => event.type),
    handled: handledBecauseOf(report.id, record, is),
    reviews: is.reviews.filter(({ id }) => !known.has(id)).map(({ reason }) => reason),
    response: responseTo(after, is, { reportId: report.id, isQuestion: callback.isQuestion }),
  }
}

const handledBecauseOf = (
  reportId: string,
  { emitted }: PaymentRecord,
  { comparison }: DerivedRecord,
): readonly EventType[] => {
  const pairs = comparison.pairs.filter(({ derived }) => derived.evidence.includes(reportId))
  const own = emitted.filter(({ evidence }) => evidence.includes(reportId))
  return [...new Set([...own, ...pairs.map((pair) => pair.emitted)].map(({ type }) => type))]
}

const stateOf = (record: PaymentRecord, { facts, missingRails }: DerivedRecord): string | null =>
  missingRails.length > 0 ? null : (paymentStateOf(record, facts)?.state ?? null)

const responseTo = (
  record: PaymentRecord,
  derived: DerivedRecord,
  { reportId, isQuestion }: { readonly reportId: string; readonly isQuestion: boolean },
): string => {
  const answer = answerFor(record, derived, reportId)
  if (answer.state === 'handled') return 'the acknowledgement again: its event was handled'
  if (answer.state === 'pending')
    return isQuestion ? 'the answer of the handler' : 'the acknowledgement, after the handler has run'
  return isQuestion ? '503, because nothing can be asked: the vendor delivers again' : 'the acknowledgement'
}
