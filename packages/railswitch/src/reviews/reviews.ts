import type { Pipeline } from '@railswitch/callbacks'
import {
  type IncomingReport,
  type Intent,
  type Issue,
  intentOf,
  invalid,
  isAuditNote,
  isDepositState,
  isWithoutMoney,
  type Money,
  notFound,
  ownMethods,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  parsePaymentRef,
  type RecordRules,
  type Review,
  type ReviewReason,
  type Store,
} from '@railswitch/core'
import { recordOrThrow, storeFailedOr } from '../commands/record-or-throw.ts'

/** Who decided, and why: both stay in the payment's history. */
interface Decision {
  readonly by: string
  readonly why: string
}

/** The resolution of a review, or an outcome that a person has found out and the vendor does not report. */
export type ReviewResolution = Decision &
  (
    | {
        readonly review: string
        /** The outcome of the payment and transaction that this review names. Without it, the review is only closed. */
        readonly as?: 'credited' | 'confirmed' | 'failed'
      }
    | { readonly deposit: PaymentRef; readonly as: 'credited' }
    | { readonly refund: PaymentRef; readonly as: 'confirmed' | 'failed' }
    | { readonly payout: PaymentRef; readonly as: 'confirmed' | 'failed' }
  )

export interface Reviews {
  /** What needs manual review, the oldest payment first. */
  list(): Promise<readonly Review[]>
  /** Records the decision as a report; events follow if states change. Rejects with `invalid_input`, `not_found` or `store_failed`. */
  resolve(resolution: ReviewResolution): Promise<void>
}

export interface ReviewOptions<Tx> {
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly rules: RecordRules
  readonly store: Store<Tx>
  readonly pipeline: Pipeline
  readonly now: () => Date
}

export const createReviews = <Tx>(context: ReviewOptions<Tx>): Reviews => {
  const { rules, store, pipeline } = context
  return {
    async list() {
      const reviews: Review[] = []
      for await (const record of store.reviews(rules)) reviews.push(...rules.derive(record).reviews)
      return reviews
    },
    async resolve(resolution) {
      const issues = resolutionIssues(resolution)
      if (issues.length > 0) throw invalid('invalid_input', issues)
      const arrival = await arrivalOf(context, resolution)
      if (!arrival) throw reviewNotFound()
      await recordOrThrow(pipeline, arrival, notStored)
    },
  }
}

/** The resolution as a report; null: its review or payment was not found. */
const arrivalOf = async <Tx>(
  context: ReviewOptions<Tx>,
  resolution: ReviewResolution,
): Promise<IncomingReport | null> => {
  if ('review' in resolution) return resolvedReview(context, resolution)
  if ('deposit' in resolution) return decidedDeposit(context, resolution)
  const payment = 'refund' in resolution ? resolution.refund : resolution.payout
  const kinds: readonly Intent['kind'][] = 'refund' in resolution ? ['refund'] : moneyOutKinds
  return decidedMoneyOut(context, payment, kinds, resolution)
}

const moneyOutKinds: readonly Intent['kind'][] = ['payout', 'withdrawal']

const resolvedReview = async <Tx>(
  context: ReviewOptions<Tx>,
  { review, as, by, why }: Extract<ReviewResolution, { review: string }>,
): Promise<IncomingReport | null> => {
  const { rules, store, now } = context
  for await (const record of store.reviews(rules)) {
    const found = rules.derive(record).reviews.find(({ id }) => id === review)
    if (!found) continue
    if (as !== undefined) return decidedReview(context, found, { as, by, why })
    const { count, latest } = found
    const received = count === undefined ? {} : { count: String(count), ...(latest !== undefined && { latest }) }
    const report = {
      id: ['person', found.id, ...Object.values(received)].join('|'),
      at: now().toISOString(),
      rail: found.rail,
      vendorId: '',
      method: ownMethods.resolved,
      members: { review: found.id, by, why, ...received },
    }
    return found.payment === null
      ? { report, from: { type: 'unowned', record: record.key } }
      : { report, from: { type: 'own', intent: found.payment, proof: 'person', learns: false } }
  }
  return null
}

/** The outcome of the payment that a review names, and for a deposit of the transaction that it names. */
const decidedReview = async <Tx>(
  context: ReviewOptions<Tx>,
  review: Review,
  { as, ...note }: Decision & { readonly as: string },
): Promise<IncomingReport | null> => {
  const { payment, reason, vendorId, money } = review
  const allowed = outcomesOf(review)
  if (payment === null || !allowed.includes(as))
    throw invalid('invalid_input', [
      {
        field: 'as',
        rule: `is not an outcome of a review with the reason ${reason} of a ${kindOf(payment) ?? 'report without a payment'}`,
        fix: allowed.length > 0 ? `write ${allowed.join(' or ')}` : 'leave it out: the review is then closed',
      },
    ])
  return kindOf(payment) === 'deposit'
    ? decidedDeposit(
        context,
        { deposit: payment, ...note },
        { transaction: vendorId, ...(aboutTheCredit.has(reason) && { money }) },
      )
    : decidedMoneyOut(context, payment, ['refund', ...moneyOutKinds], { as, ...note })
}

const kindOf = (payment: PaymentRef | null) => (payment === null ? undefined : parsePaymentRef(payment)?.kind)

const outcomesOf = ({ payment, reason }: Review): readonly string[] => {
  const kind = kindOf(payment)
  if (kind === undefined || (kind === 'deposit' && aboutOtherMoney.has(reason))) return []
  return outcomes[kind === 'withdrawal' ? 'payout' : kind] ?? []
}

/** Reviews of a deposit whose money the vendor has reported as its credit. That of `unsigned_money` can be a stranger's invention. */
const aboutTheCredit: ReadonlySet<ReviewReason> = new Set(['amount_differs', 'credited_and_cancelled'])

/** Reviews of a deposit that name money which went out or came back: they say nothing about its credit. */
const aboutOtherMoney: ReadonlySet<ReviewReason> = new Set([
  'unexpected_payout',
  'ambiguous_return',
  'possible_duplicate',
  'reversed_beyond_credit',
  'ambiguous_mandate',
])

/**
 * The vendor id of the report is the transaction with unsigned money, if there is exactly one. Otherwise it is the recorded order if an
 * order has one transaction, or else the payment's ref, which applies to the first transaction that is reported.
 */
const decidedDeposit = async <Tx>(
  { rails, rules, store, now }: ReviewOptions<Tx>,
  { deposit, by, why }: Decision & { readonly deposit: PaymentRef },
  { transaction = '', money }: { readonly transaction?: string; readonly money?: Money | undefined } = {},
): Promise<IncomingReport | null> => {
  const record = await store.find(parsePaymentRef(deposit)?.reference ?? '')
  const recorded = record && intentOf(record, deposit)
  if (!record || recorded?.intent.kind !== 'deposit') return null
  const open = rules.derive(record).reviews.filter(({ payment }) => payment === deposit)
  const unsigned = open.filter(({ reason }) => reason === 'unsigned_money')
  const [only, ...others] = transaction ? [transaction] : new Set(unsigned.map(({ vendorId }) => vendorId))
  if (others.length > 0) throw invalid('invalid_input', [severalTransactions])
  const { currency } = recorded.intent.expect
  const reported = open.flatMap((review) => (aboutTheCredit.has(review.reason) && review.money) || [])
  const arrived = (money ? [money] : reported).filter((one) => one.currency === currency)
  if (new Set(arrived.map(({ value }) => value)).size > 1) throw invalid('invalid_input', [severalAmounts])
  const isOne = rails.get(recorded.intent.rail)?.transactions === 'one'
  const vendorId = only ?? (isOne ? recorded.vendorIds[0] : undefined) ?? deposit
  const { personCredited: method } = ownMethods
  return personArrival(now, recorded.intent, deposit, {
    method,
    // If an order can have several transactions, a person can decide about each of them.
    ...(!isOne && vendorId !== deposit && { id: `${method}|${deposit}|${vendorId}` }),
    vendorId,
    // The person accepts the money that has arrived.
    money: arrived[0] ?? recorded.intent.expect,
    members: { by, why },
  })
}

const severalTransactions = {
  field: 'deposit',
  rule: 'has several transactions whose money no signature covers',
  fix: "pass the review of the one that you have seen credited: { review: id, as: 'credited' }",
}

const severalAmounts = {
  field: 'deposit',
  rule: 'has reviews of several amounts',
  fix: "pass the review of the amount that counts: { review: id, as: 'credited' }",
}

const decidedMoneyOut = async <Tx>(
  { rules, store, now }: ReviewOptions<Tx>,
  payment: PaymentRef,
  kinds: readonly Intent['kind'][],
  { as, by, why }: Decision & { readonly as: string },
): Promise<IncomingReport | null> => {
  const record = await store.find(parsePaymentRef(payment)?.reference ?? '')
  const recorded = record && intentOf(record, payment)
  if (!record || !recorded || !kinds.includes(recorded.intent.kind)) return null
  return personArrival(now, recorded.intent, payment, {
    method: as === 'confirmed' ? ownMethods.personConfirmed : ownMethods.personFailed,
    vendorId: '',
    money: amountOf(rules, record, payment) ?? recorded.intent.expect,
    members: { by, why },
  })
}

/** The amount of the payout. For a withdrawal, it is the amount that the customer requested. */
const amountOf = (rules: RecordRules, record: PaymentRecord, payment: PaymentRef): Money | undefined => {
  const { state } = rules.derive(record)
  if (!state || isDepositState(state) || isWithoutMoney(state)) return undefined
  return state.attempts.find(({ ref }) => ref === payment)?.amount
}

const personArrival = (
  now: () => Date,
  { rail }: Intent,
  intent: PaymentRef,
  {
    id,
    ...content
  }: Pick<IncomingReport['report'], 'method' | 'vendorId' | 'money' | 'members'> & { readonly id?: string },
): IncomingReport => {
  const report = { id: id ?? `${content.method}|${intent}`, at: now().toISOString(), rail, ...content }
  return { report, from: { type: 'own', intent, proof: 'person', learns: false } }
}

/** The outcomes that a person can decide, by the member that names the payment. */
const outcomes: Partial<Record<string, readonly string[]>> = {
  deposit: ['credited'],
  refund: ['confirmed', 'failed'],
  payout: ['confirmed', 'failed'],
}

/** An unknown outcome must not be taken for another one. */
const resolutionIssues = (resolution: ReviewResolution): readonly Issue[] => {
  const { as, ...given } = Object(resolution) as Readonly<Record<string, unknown>>
  const subject = ['review', ...Object.keys(outcomes)].find((name) => name in given)
  if (subject === undefined)
    return [{ field: 'review', rule: 'is required', fix: 'pass a review, a deposit, a refund or a payout' }]
  const everyOutcome = [...new Set(Object.values(outcomes).flatMap((some) => some ?? []))]
  const allowed = subject === 'review' ? (as === undefined ? null : everyOutcome) : outcomes[subject]
  return [
    ...(['by', 'why'] as const).flatMap((field) =>
      isAuditNote(given[field])
        ? []
        : [{ field, rule: 'must be text of 1 to 200 characters', fix: 'write who decided, and why' }],
    ),
    ...(typeof given[subject] === 'string'
      ? []
      : [{ field: subject, rule: 'must be a text', fix: 'pass an id of listReviews(), or a payment ref' }]),
    ...(allowed && !allowed.some((one) => one === as)
      ? [{ field: 'as', rule: `is not an outcome of a ${subject}`, fix: `write ${allowed.join(' or ')}` }]
      : []),
  ]
}

const notStored = storeFailedOr({
  message: 'The store could not record the decision.',
  hint: 'Nothing was decided: repair the store, then decide again.',
})

const reviewNotFound = (): PaymentError =>
  notFound({
    message: 'No open review or payment has this id.',
    hint: 'Use an id of listReviews(), or the payment ref of a deposit, refund or payout. A review of other money has another id.',
  })
