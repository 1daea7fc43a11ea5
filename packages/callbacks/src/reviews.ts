import {
  foldPayout,
  type Issue,
  invalid,
  isNote,
  isResolved,
  merchantReference,
  type News,
  type Observation,
  PaymentError,
  type PaymentRef,
  parsePaymentRef,
  paymentRef,
  type Reason,
  type RecordedIntent,
  type Store,
  standingOf,
  type Thread,
} from '@railswitch/core'
import type { Pipeline } from './pipeline.ts'

/** Something that a person must decide. */
export interface Review {
  /** Names it for `resolve`; the id of its `review.needed` event, or of the news of a payment that is not known here. */
  readonly id: string
  readonly rail: string
  readonly payment: PaymentRef | null
  readonly reference: string | null
  readonly reasons: readonly [Reason, ...Reason[]]
  /** ISO 8601: the newest that was said. */
  readonly at: string
}

/** Who decided, and why: both stay in the payment's history. */
interface Decision {
  readonly by: string
  readonly why: string
}

/** A review that was dealt with, or money out of which a person knows what the vendor would not say. */
export type Resolution = Decision &
  (
    | { readonly review: string }
    | { readonly refund: PaymentRef; readonly as: 'confirmed' | 'failed' }
    | { readonly payout: PaymentRef; readonly as: 'confirmed' | 'failed' }
  )

export interface Reviews {
  /** What waits for a person, the oldest payment first. */
  list(): Promise<readonly Review[]>
  /** Rejects with `invalid_input`, `not_found` or `store_failed`. What was decided becomes an observation, and events where states change. */
  resolve(resolution: Resolution): Promise<void>
}

export interface ReviewOptions<Tx> {
  readonly store: Store<Tx>
  readonly pipeline: Pipeline
  readonly now: () => Date
}

export const createReviews = <Tx>({ store, pipeline, now }: ReviewOptions<Tx>): Reviews => {
  return {
    async list() {
      const found: Review[] = []
      for await (const { rail, thread } of store.reviews()) found.push(...reviewsOf(rail, thread))
      return found
    },

    async resolve(resolution) {
      const issues = decisionIssues(resolution)
      if (issues.length > 0) throw invalid('invalid_input', issues)
      const news = await newsBy(resolution)
      if (!news) throw notFound()
      if ((await pipeline.handleAgain(news)) === 'not_kept') throw notKept()
    },
  }

  function newsBy(resolution: Resolution): Promise<News | null> {
    if ('refund' in resolution) return refundNews(resolution)
    return 'payout' in resolution ? payoutNews(resolution) : reviewNews(resolution)
  }

  async function payoutNews({
    payout,
    as,
    by,
    why,
  }: Extract<Resolution, { payout: PaymentRef }>): Promise<News | null> {
    const thread = await store.find(parsePaymentRef(payout)?.reference ?? '')
    const recorded = thread?.intents.find(({ intent }) => paymentRef(intent) === payout)
    const attempt = thread && foldPayout(thread)?.attempts.find(({ ref }) => ref === payout)
    if (!recorded || !attempt) return null
    return newsOf(recorded.intent.rail, recorded, {
      id: `person|${payout}|${as}`,
      vendorId: payout,
      subject: payout,
      fact: { type: `payout.${as}`, amount: attempt.amount },
      word: { method: `${as} by ${by}: ${why}` },
    })
  }

  async function reviewNews({ review, by, why }: Decision & { readonly review: string }): Promise<News | null> {
    for await (const { rail, thread } of store.reviews()) {
      const found = reviewsOf(rail, thread).find(({ id }) => id === review)
      if (!found) continue
      const recorded = thread.intents.find(({ intent }) => paymentRef(intent) === found.payment)
      const vendorId = recorded ? found.id : (thread.observations[0]?.vendorId ?? '')
      // Of a payment on two rails: the one of the attempt that is named.
      return newsOf(recorded?.intent.rail ?? rail, recorded, {
        id: `person|${found.id}`,
        vendorId,
        subject: found.payment,
        fact: { type: 'resolved', review: found.id, by, why },
        word: { method: 'resolved' },
      })
    }
    return null
  }

  async function refundNews({
    refund,
    as,
    by,
    why,
  }: Extract<Resolution, { refund: PaymentRef }>): Promise<News | null> {
    const thread = await store.find(parsePaymentRef(refund)?.reference ?? '')
    const recorded = thread?.intents.find(({ intent }) => paymentRef(intent) === refund)
    const deposit = thread?.intents.find(({ intent }) => paymentRef(intent) === recorded?.intent.of)
    if (!recorded || !deposit) return null
    return newsOf(recorded.intent.rail, deposit, {
      id: `person|${refund}|${as}`,
      vendorId: refund,
      subject: paymentRef(deposit.intent),
      fact: { type: `refund.${as}`, amount: recorded.intent.expect, refund, candidates: [refund] },
      word: { method: `${as} by ${by}: ${why}` },
    })
  }

  function newsOf(
    rail: string,
    recorded: RecordedIntent | undefined,
    decided: Omit<Observation, 'at' | 'source' | 'trust'>,
  ): News {
    const observation: Observation = { ...decided, at: now().toISOString(), source: 'person', trust: 'bound' }
    return {
      rail,
      id: observation.id,
      vendorIds: [observation.vendorId],
      merchantReference: recorded ? merchantReference(recorded.intent) : null,
      observe: () => observation,
    }
  }
}

const reviewsOf = (rail: string, thread: Thread): readonly Review[] => {
  const standing = standingOf(thread)
  if (!standing)
    return thread.observations
      .filter(({ id, fact }) => fact.type === 'unexplained' && !isResolved(id, thread.observations))
      .map(({ id, at }) => ({ id, rail, payment: null, reference: null, reasons: ['unknown_payment'], at }))
  const [first, ...rest] = standing.review
  const { reviewId: id, ref, reference, at } = standing
  const { rail: home = rail } = parsePaymentRef(ref) ?? {}
  return first ? [{ id, rail: home, payment: ref, reference, reasons: [first, ...rest], at }] : []
}

const decisionIssues = (decision: Decision): readonly Issue[] =>
  (['by', 'why'] as const).flatMap((field) => {
    const given: unknown = decision[field]
    return isNote(given)
      ? []
      : [{ field, rule: 'must be text of 1 to 200 characters', fix: 'say who decided, and why' }]
  })

const notKept = (): PaymentError =>
  new PaymentError({
    code: 'store_failed',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'The store could not keep the decision.',
    hint: 'Nothing was decided: mend the store, then decide again.',
  })

const notFound = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'never',
    message: 'Nothing under this name waits for a person.',
    hint: 'Use an id of review(); it changes when more is said of the payment.',
  })
