import { factsOf, type Intent, isLeft, left, type PaymentRef, paymentRef, right } from '@railswitch/core'
import type { Fact, PaymentRecord } from '@railswitch/core/provider'
import { ignoresSignal, sameIdForAttempts, withAmount } from './call-faults.ts'
import {
  all,
  type Exchange,
  type Fault,
  failedWith,
  hasCents,
  type Input,
  isToDepositor,
  isWhole,
  onCallback,
  onFacts,
  onOperation,
  onProvider,
  onUnknown,
  refusal,
  replayingWhile,
  withFacts,
  without,
} from './fault.ts'

type Name = 'refund' | 'payout' | 'charge'

const dayMs = 86_400_000

/** Money that may have been sent is reported as not sent. */
export const forgets = (name: Name, when?: (exchange: Exchange) => boolean): Fault =>
  onUnknown([name], () => left(refusal('not_sent')), when)

/** Money that may have been sent counts as sent. */
export const hopes = (name: Name, when?: (exchange: Exchange) => boolean): Fault =>
  onUnknown([name], ({ payment }) => right({ result: { status: 'accepted', payment }, vendorIds: [] } as never), when)

/** Every outcome is unknown, and from then on a repeated call is sent again. */
const sendsRepeated =
  (name: Name, when: (input: object) => boolean = () => true): Fault =>
  (opened) => {
    let wasSent = false
    const unknownOutcome = onOperation([name], async (run, input) => {
      const response = await run()
      if (isLeft(response) || !when(input)) return response
      wasSent = true
      const { payment } = response.right.result as { readonly payment: PaymentRef }
      const result = { status: 'unknown', payment, resolveBy: 'replay', notBefore: '2026-03-02T08:00:00.000Z' }
      return right({ ...response.right, result } as never)
    })(opened)
    return replayingWhile(() => wasSent)(unknownOutcome)
  }

/** What was not sent may have been sent. */
export const doubtsConnection = (name: Name): Fault =>
  onOperation([name], async (run, _input, { intent }) => {
    const result = await run()
    return isLeft(result) && result.left.effect === 'not_sent' ? unknown(paymentRef(intent)) : result
  })

/** What the vendor refused may have been sent. */
export const doubtsRefusal = (name: Name): Fault =>
  onOperation([name], async (run, _input, { intent }) => {
    const result = await run()
    return isLeft(result) && result.left.effect === 'refused' ? unknown(paymentRef(intent)) : result
  })

const unknown = (payment: PaymentRef) =>
  right({
    result: { status: 'unknown', payment, resolveBy: 'operator', notBefore: '2026-03-02T08:00:00.000Z' },
    vendorIds: [],
  } as never)

/** An operation with the amount of an earlier one is taken for its repetition. */
export const mergesEqual = (name: Name): Fault => (opened) => {
  const sent = new Set<string>()
  return onOperation([name], async (run, { amount }, { intent }) => {
    if (sent.has(amount.value))
      return right({ result: { status: 'accepted', payment: paymentRef(intent) }, vendorIds: [] } as never)
    sent.add(amount.value)
    return run()
  })(opened)
}

/** Each credit counts twice, as two transactions. */
export const creditsTwice = (when: (record: PaymentRecord) => boolean = () => true): Fault => onFacts((facts, record) =>
  facts.flatMap((fact): readonly Fact[] =>
    fact.type === 'deposit.credited' && when(record)
      ? [fact, { ...fact, vendorId: `${fact.vendorId}9`, key: `${fact.key}9`, evidence: [`${fact.evidence[0]}9`] }]
      : [fact],
  ),
)

/** A checkout that was opened counts as paid, until a report says otherwise. */
export const creditsOpened = (when: (intent: Intent) => boolean = () => true): Fault => onFacts((facts, { intents, reports }) => [
  ...facts,
  ...intents.flatMap(({ intent, begunAt, vendorIds: [vendorId] }): readonly Fact[] =>
    intent.kind === 'deposit' && vendorId && reports.length === 0 && when(intent)
      ? [
          {
            type: 'deposit.credited',
            intent: paymentRef(intent),
            vendorId,
            at: begunAt,
            evidence: ['opened'],
            source: 'vendor',
            key: 'opened',
            amount: intent.expect,
          },
        ]
      : [],
  ),
])

const isPaidInCents = ({ intents: [first] }: PaymentRecord): boolean => first !== undefined && hasCents(first.intent.expect)

/** A refund is sent to the first deposit that was ever interpreted. */
const refundsFirst: Fault = (opened) => {
  let first: PaymentRecord | null = null
  return all(
    onFacts((facts, record) => {
      if (record.reports.length > 0) first ??= record
      return facts
    }),
    onOperation(['refund'], (run, input, call) => {
      const [recorded] = first?.intents ?? []
      const isOther = recorded?.intent.reference !== call.record.intents[0]?.intent.reference
      if (!first || !recorded || !isOther) return run()
      return run(input, { ...call, record: first, intent: { ...call.intent, of: paymentRef(recorded.intent) } })
    }),
  )(opened)
}

/** A failure that comes after some days is not read. */
const withoutLate = (type: Fact['type']): Fault =>
  without(type, ({ at }, { intents }) => Date.parse(at) > Date.parse(intents[0]?.begunAt ?? at) + 3 * dayMs)

export const refundFaults: Readonly<Record<string, Fault>> = {
  'RF-001': onOperation(['refund'], (run, input, { record }) =>
    run(isWhole(input, record) ? { ...input, amount: { ...input.amount, value: '50.00' } } : input),
  ),
  'RF-002': onOperation(['refund'], (run, input, call) =>
    run(call.record.intents.length > 3 ? { ...input, amount: { ...input.amount, value: '1.00' } } : input),
  ),
  'RF-003': mergesEqual('refund'),
  'RF-004': sendsRepeated('refund'),
  'RF-005': creditsTwice(isPaidInCents),
  'RF-006': creditsTwice(isPaidInCents),
  'RF-007': creditsOpened(({ expect }) => hasCents(expect)),
  'RF-008': forgets('refund', failedWith('ECONNRESET')),
  'RF-009': forgets('refund', (exchange) => !isLeft(exchange) && exchange.right.status === 200),
  'RF-010': forgets('refund', (exchange) => !isLeft(exchange) && exchange.right.status === 502),
  'RF-011': hopes('refund'),
  'RF-012': doubtsConnection('refund'),
  'RF-013': onUnknown(['refund'], (outcome) => right({ result: { ...outcome, resolveBy: 'replay' }, vendorIds: [] } as never)),
  'RF-014': refundsFirst,
  'RF-015': onOperation(['refund'], async (run, _input, { record }) =>
    record.intents[0]?.conclusion ? run() : left(refusal('refused')),
  ),
  'RF-016': without('deposit.reversed', (fact, { intents }) => 'amount' in fact && fact.amount?.value !== intents[0]?.intent.expect.value),
  'RF-017': without('refund.confirmed'),
  'RF-018': without('refund.failed'),
  'RF-019': withFacts('refund.failed', () => ({ refund: null, candidates: [] })),
  'RF-020': onFacts((facts) =>
    facts.flatMap((fact): readonly Fact[] => {
      if (fact.type !== 'refund.failed') return [fact]
      const { refund: _refund, candidates: _candidates, ...rest } = fact
      return [fact, { ...rest, type: 'deposit.credited', vendorId: `${fact.vendorId}9`, evidence: ['another'] }]
    }),
  ),
  'RF-021': doubtsRefusal('refund'),
  'RF-022': onUnknown(['refund'], () => left(refusal('refused')), failedWith('timeout')),
  'RF-023': ignoresSignal,
  'RF-024': onProvider(({ lookUp }, { runtime }) => ({
    lookUp: (record, signal) => async () => {
      const isOld = runtime.now().getTime() - Date.parse(record.intents[0]?.begunAt ?? '') > 5 * dayMs
      if (!lookUp || isOld) return right({ found: [], absenceProves: false })
      return lookUp(record, signal)()
    },
  })),
  'RF-025': onFacts((facts, { intents, reports: [first] }) => [
    ...facts,
    ...intents
      .filter(({ intent, conclusion }) => intent.kind === 'refund' && conclusion?.state === 'accepted' && first?.intent === intent.of)
      .map(
        ({ intent, begunAt }): Fact => ({
          type: 'refund.confirmed',
          intent: intent.of ?? paymentRef(intent),
          vendorId: '1',
          at: begunAt,
          evidence: [first?.id ?? 'early'],
          source: 'vendor',
          key: 'early',
          amount: intent.expect,
          refund: paymentRef(intent),
          candidates: [paymentRef(intent)],
        }),
      ),
  ]),
  'RF-026': without('refund.failed', (_fact, { reports }) => reports.some(({ method }) => method === 'refund.sent')),
  'RF-027': withFacts('refund.confirmed', () => ({ key: 'sent' })),
}

export const payoutFaults: Readonly<Record<string, Fault>> = {
  'PO-001': withAmount(['payout'], ({ value }) => ({ value: value.replace(/\d\d$/, '00') })),
  'PO-002': sendsRepeated('payout', (input) => !isToDepositor(input) && hasCents((input as Input).amount)),
  'PO-003': forgets('payout', failedWith('ECONNRESET')),
  'PO-004': forgets('payout', (exchange) => !isLeft(exchange)),
  'PO-005': hopes('payout'),
  'PO-006': doubtsConnection('payout'),
  'PO-007': without('payout.failed'),
  'PO-008': withoutLate('payout.failed'),
  'PO-009': without('payout.confirmed'),
  'PO-010': onFacts((facts) =>
    facts.some(({ type }) => type === 'payout.confirmed') ? facts.filter(({ type }) => type !== 'payout.failed') : facts,
  ),
  'PO-011': onFacts((facts, { intents }) => [
    ...facts,
    ...intents.filter(({ intent }) => intent.kind === 'payout').map(
      ({ intent, begunAt }): Fact => ({
        type: 'payout.confirmed',
        intent: paymentRef(intent),
        vendorId: '1',
        at: begunAt,
        evidence: ['early'],
        source: 'vendor',
        key: 'early',
        amount: intent.expect,
      }),
    ),
  ]),
  'PO-012': all(
    onCallback(({ report }) => ({ report: { ...report, id: `${report.id} ${Math.random()}` } })),
    onFacts((facts, { reports }) => {
      const [failure] = factsOf(facts, 'payout.failed')
      if (!failure || reports.length < 2) return facts
      const { amount: _amount, ...rest } = failure
      return [...facts, { ...rest, type: 'review', reason: 'unexpected_credit', key: `${failure.key}9` }]
    }),
  ),
  'PO-013': sameIdForAttempts('payout'),
  'PO-014': doubtsRefusal('payout'),
  'PO-015': mergesEqual('payout'),
  'PO-016': sendsRepeated('payout', isToDepositor),
  'PO-017': forgets('payout'),
}
