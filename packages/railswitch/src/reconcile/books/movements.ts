import {
  type Decimal,
  type Deposit,
  decimalOf,
  deriveDeposit,
  derivePayout,
  type Fact,
  factsOf,
  type Money,
  merchantReference,
  negated,
  type PaymentRecord,
  type PaymentRef,
  type Payout,
  parsePaymentRef,
  paymentRef,
  type VendorLineKind,
} from '@railswitch/core'

/** The kinds of lines that are about a customer's payment. */
export type PaymentLineKind = Exclude<VendorLineKind, 'fee' | 'exchange' | 'back_office' | 'settlement'>

/** Money of a payment that the store contains, so that the vendor must have a line of it. */
export interface Movement {
  readonly id: string
  readonly kind: PaymentLineKind
  readonly payment: PaymentRef
  /** The merchant's own: a refund's, otherwise that of its payment. */
  readonly reference: string
  readonly vendorIds: readonly string[]
  /** Our own ids as the vendor echoes them. */
  readonly echoes: readonly string[]
  /** ISO 8601. */
  readonly at: string
  /** Signed like a line. */
  readonly amount: Decimal
  readonly currency: string
  /** The vendor has confirmed it, so that its line is not waited for. */
  readonly isConfirmed: boolean
  /** Money that was not confirmed and failed: the vendor has lines of both movements of this name, or of none. */
  readonly pair?: string
}

/** The movements of one rail in a record, of all times. */
export const movementsOf = (record: PaymentRecord, facts: readonly Fact[], rail: string): readonly Movement[] => {
  const deposit = deriveDeposit(record, facts)
  if (deposit) return depositMovements({ record, facts, rail }, deposit)
  const payout = derivePayout(record, facts)
  return payout ? payoutMovements({ record, facts, rail }, payout) : []
}

interface Source {
  readonly record: PaymentRecord
  readonly facts: readonly Fact[]
  readonly rail: string
}

const depositMovements = (source: Source, deposit: Deposit): readonly Movement[] =>
  deposit.attempts
    .filter(({ ref }) => parsePaymentRef(ref)?.rail === source.rail)
    .flatMap(({ ref, transactions }) => {
      const ids = transactions.map(({ vendorId }) => vendorId)
      const base = { payment: ref, reference: deposit.reference, echoes: echoesOf(source, ref) }
      return [
        ...transactions.flatMap(({ vendorId, credited, reversals }) => [
          ...(isSome(credited)
            ? [
                toMovement(
                  { ...base, kind: 'payment', at: creditedAt(source, ref, vendorId), vendorIds: [vendorId] },
                  credited,
                ),
              ]
            : []),
          ...reversals.map(({ at, amount, key }) =>
            toMovement({ ...base, kind: 'reversal', at, vendorIds: unique([vendorId, ...ids]) }, amount, key),
          ),
        ]),
        ...refundMovements(source, deposit, ref),
      ]
    })

const creditedAt = ({ facts }: Source, ref: PaymentRef, vendorId: string): string =>
  factsOf(facts, 'deposit.credited').find(
    (fact) => fact.intent === ref && (fact.vendorId === vendorId || fact.vendorId === ref),
  )?.at ?? ''

const refundMovements = (
  source: Source,
  { refunds, returns, attempts }: Deposit,
  of: PaymentRef,
): readonly Movement[] => {
  const ofDeposit = attempts.flatMap(({ ref, transactions }) =>
    ref === of ? transactions.map(({ vendorId }) => vendorId) : [],
  )
  const idsOf = (refund: PaymentRef): readonly string[] =>
    unique([...intentIds(source, refund), ...ofDeposit, ...intentIds(source, of)])
  const sent = refunds.filter((refund) => refund.of === of)
  return [
    ...sent.flatMap(({ ref, reference, amount, state }): readonly Movement[] => {
      const base = {
        payment: ref,
        reference,
        echoes: [...echoesOf(source, ref), ...echoesOf(source, of)],
        vendorIds: idsOf(ref),
      }
      const pair = state === 'failed' ? { pair: ref } : {}
      const isConfirmed = state === 'confirmed' || state === 'returned'
      const back = returns.find(({ refund, candidates }) => (refund ?? candidates[0]) === ref)
      const out = toMovement({ ...base, ...pair, kind: 'refund', at: begunAt(source, ref), isConfirmed }, amount)
      return state === 'failed' || state === 'returned'
        ? [out, toMovement({ ...base, ...pair, kind: 'refund_return', at: back?.at ?? out.at, isConfirmed }, amount)]
        : [out]
    }),
    // It is not known which of several equal refunds came back.
    ...returns
      .filter((returned) => returned.of === of && returned.refund === null && !isCounted(sent, returned.candidates))
      .map(({ at, amount, vendorId, key, candidates }) =>
        toMovement(
          {
            payment: of,
            reference: sent.find(({ ref }) => candidates.includes(ref))?.reference ?? '',
            echoes: echoesOf(source, of),
            vendorIds: unique([vendorId, ...idsOf(of)]),
            kind: 'refund_return',
            at,
            isConfirmed: true,
          },
          amount,
          key,
        ),
      ),
  ]
}

/** Whether all candidates are known to have come back, so that each is counted by its state. */
const isCounted = (sent: Deposit['refunds'], candidates: readonly PaymentRef[]): boolean =>
  candidates.length > 0 &&
  sent.every(({ ref, state }) => !candidates.includes(ref) || state === 'failed' || state === 'returned')

const payoutMovements = (source: Source, { attempts, reference }: Payout): readonly Movement[] =>
  attempts
    .filter(({ ref }) => parsePaymentRef(ref)?.rail === source.rail)
    .flatMap(({ ref, state, amount, failures, refused, request, decision }): readonly Movement[] => {
      const failure = failures[0]
      if (state === 'pending' || state === 'requested' || decision === 'denied') return []
      if (refused && failure === undefined && state === 'failed') return []
      const at = decision === 'approved' ? approvedAt(source, ref) : (request?.at ?? begunAt(source, ref))
      const isConfirmed = state === 'confirmed' || state === 'returned'
      const base = {
        payment: ref,
        reference,
        echoes: echoesOf(source, ref),
        vendorIds: intentIds(source, ref),
        isConfirmed,
      }
      const pair = state === 'failed' ? { pair: ref } : {}
      const out = toMovement({ ...base, ...pair, kind: 'payout', at }, amount)
      return state === 'failed' || state === 'returned'
        ? [out, toMovement({ ...base, ...pair, kind: 'payout_return', at: failure?.at ?? at }, amount)]
        : [out]
    })

const approvedAt = ({ facts }: Source, ref: PaymentRef): string =>
  factsOf(facts, 'withdrawal.approved').find(({ intent }) => intent === ref)?.at ?? ''

const isNegative: ReadonlySet<PaymentLineKind> = new Set<PaymentLineKind>(['reversal', 'refund', 'payout'])

type Start = Omit<Movement, 'id' | 'amount' | 'currency' | 'isConfirmed'> & Partial<Pick<Movement, 'isConfirmed'>>

/** `key`: distinguishes equal movements of one payment. */
const toMovement = (start: Start, money: Money, key = ''): Movement => {
  const amount = decimalOf(money)
  return {
    isConfirmed: true,
    ...start,
    id: [start.payment, start.kind, money.value, money.currency, key].join('|'),
    amount: isNegative.has(start.kind) ? negated(amount) : amount,
    currency: money.currency,
  }
}

const isSome = ({ value }: Money): boolean => /[1-9]/.test(value)
const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].filter((text) => text !== '')

const intentFor = ({ record }: Source, ref: PaymentRef) =>
  record.intents.find(({ intent }) => paymentRef(intent) === ref)
const begunAt = (source: Source, ref: PaymentRef): string => intentFor(source, ref)?.begunAt ?? ''

/** The vendor ids of an intent: from the response to its call, and of the reports about it. */
const intentIds = (source: Source, ref: PaymentRef): readonly string[] => [
  ...(intentFor(source, ref)?.vendorIds ?? []),
  ...source.record.reports.flatMap(({ intent, vendorId }) => (intent === ref ? [vendorId] : [])),
]

const echoesOf = (source: Source, ref: PaymentRef): readonly string[] => {
  const recorded = intentFor(source, ref)
  return recorded ? [merchantReference(recorded.intent)] : []
}
