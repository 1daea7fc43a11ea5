import { type Comparison, compareEmitted } from '../events/compare-emitted.ts'
import { deriveEvents, nowOf } from '../events/derive-events.ts'
import type { DerivedEvent } from '../events/derived-event.ts'
import type { Fact } from '../record/fact.ts'
import type { AnyAnswer } from '../record/payment-event.ts'
import type { EmittedEvent, PaymentRecord } from '../record/payment-record.ts'
import { inOrder, ownMethods } from '../record/report.ts'
import { openReviews } from '../reviews/open-reviews.ts'
import type { Review } from '../reviews/review.ts'
import { type PaymentState, paymentStateOf } from '../state/payment-state.ts'
import { sameMoney } from '../values/money.ts'
import { parsePaymentRef } from '../values/payment-ref.ts'
import { type Interpreter, interpretRecord, missingRails } from './interpret-record.ts'
import { isImported } from './own-facts.ts'

/** All that a record means: derived from what is stored, never stored itself. */
export interface DerivedRecord {
  readonly facts: readonly Fact[]
  /** Null for a record without an intent, and while a rail is missing. */
  readonly state: PaymentState | null
  readonly comparison: Comparison
  readonly reviews: readonly Review[]
  /** What the application has not handled so far, in the order in which it is to be handled. */
  readonly pending: readonly DerivedEvent[]
  /** Rails that the record's intents name and that are not configured: while there are any, nothing is derived. */
  readonly missingRails: readonly string[]
}

/** Changes whenever the same record means something else than before: stores derive again what they stored for searching. */
export const derivationVersion = '2'

export const deriveRecord = (stored: PaymentRecord, rails: ReadonlyMap<string, Interpreter>): DerivedRecord => {
  const missing = missingRails(stored, rails)
  if (missing.length > 0) return { ...nothing, missingRails: missing }
  const record = { ...stored, reports: inOrder(stored.reports) }
  const facts = interpretRecord(record, rails)
  const state = paymentStateOf(record, facts)
  const ledger = [...record.emitted, ...importedEvents(record)]
  const comparison = compareEmitted(deriveEvents({ ...record, emitted: ledger }, facts), ledger)
  const reviews = openReviews(record, state, facts, comparison)
  const emitted = new Set(record.emitted.flatMap(({ type, evidence }) => (type === 'review.needed' ? evidence : [])))
  const unseen = reviews.filter(({ id }) => !emitted.has(id)).map((review) => reviewEvent(review, state))
  return { facts, state, comparison, reviews, pending: [...comparison.pending, ...unseen], missingRails: missing }
}

/** Without the rail that could interpret them, reports only look as if they meant nothing: any state would be a guess. */
const nothing: Omit<DerivedRecord, 'missingRails'> = {
  facts: [],
  state: null,
  comparison: { pending: [], pairs: [], differences: [] },
  reviews: [],
  pending: [],
}

const reviewEvent = (review: Review, state: PaymentState | null): DerivedEvent => {
  const { id, payment, reference, at, reason, rail, detail } = review
  return {
    event: {
      type: 'review.needed',
      id,
      payment,
      reference,
      at,
      reason,
      rail,
      ...(detail !== undefined && { detail }),
      now: state && nowOf(state),
    },
    evidence: [id],
  }
}

/** How far a payment had come before it was imported: no handler hears of it again. */
const importedEvents = (record: PaymentRecord): readonly EmittedEvent[] =>
  record.reports.flatMap(({ id, method, members, money, intent }): readonly EmittedEvent[] =>
    method === ownMethods.imported &&
    money &&
    intent !== null &&
    isImported(record, intent) &&
    parsePaymentRef(intent)?.kind === 'deposit'
      ? [
          {
            id,
            type: members.state === 'credited' ? 'deposit.credited' : 'deposit.not_credited_yet',
            payment: intent,
            ...(members.state === 'credited' && { money }),
            answer: 'ok',
            evidence: [id],
          },
        ]
      : [],
  )

/**
 * What the vendor is answered about one report. `handled`: the answer of the event that it belongs to. `pending`: that event waits
 * for its handler. `none`: it belongs to no event. Of a report that says several things, the answer to a question counts.
 */
export const answerFor = (
  record: PaymentRecord,
  { comparison, pending }: Pick<DerivedRecord, 'comparison' | 'pending'>,
  reportId: string,
): { readonly state: 'handled'; readonly answer: AnyAnswer } | { readonly state: 'pending' | 'none' } => {
  const isOf = ({ evidence }: { readonly evidence: readonly string[] }): boolean => evidence.includes(reportId)
  const answers = [
    ...comparison.pairs.flatMap((pair) => (isOf(pair.derived) && isItsAnswer(pair) ? [pair.emitted.answer] : [])),
    ...record.emitted.flatMap((emitted) => (isOf(emitted) ? [emitted.answer] : [])),
  ]
  const answer = answers.find((one) => one !== 'ok')
  if (answer !== undefined) return { state: 'handled', answer }
  if (pending.some(isOf)) return { state: 'pending' }
  return answers.length > 0 ? { state: 'handled', answer: 'ok' } : { state: 'none' }
}

/** What was answered of other money, in another report, answers no question. */
const isItsAnswer = ({ derived, emitted }: Comparison['pairs'][number]): boolean =>
  emitted.answer === 'ok' ||
  derived.evidence.some((id) => emitted.evidence.includes(id)) ||
  (derived.money && emitted.money ? sameMoney(derived.money, emitted.money) : derived.money === emitted.money)

/**
 * What is to be handled while this report is delivered; null: at another time. Who the customer is, is not stored: `kyc.received`
 * is handled during its own delivery alone.
 */
export const pendingFor = ({ pending }: Pick<DerivedRecord, 'pending'>, reportId: string | null) =>
  pending.filter(
    ({ event, evidence }) => event.type !== 'kyc.received' || (reportId !== null && evidence.includes(reportId)),
  )
