import { factsOf, isLeft, left, PaymentError, type PaymentProvider, paymentRef, parsePaymentRef, right } from '@railswitch/core'
import type { Fact, Intent, PaymentRecord } from '@railswitch/core/provider'
import { unacknowledged } from './callback-faults.ts'
import {
  all,
  type Fault,
  failedWith,
  onCallback,
  onError,
  onFacts,
  onOperation,
  onProvider,
  onResponse,
  onUnknown,
  refusal,
  withFacts,
  without,
} from './fault.ts'
import { aboutLastMandate, believesChanged, onlyKnownOrders, unknownAboutLastMandate } from './invented.ts'
import {
  creditsOpened,
  creditsTwice,
  doubtsConnection,
  doubtsRefusal,
  forgets,
  hopes,
  mergesEqual,
} from './money-out-faults.ts'

type Cancel = NonNullable<PaymentProvider['cancelMandate']>

/** Another cancellation of mandates. */
const onCancel = (change: (cancel: ReturnType<Cancel>) => ReturnType<ReturnType<Cancel>>): Fault =>
  onProvider(({ cancelMandate }) => ({
    cancelMandate: (record, mandate, signal) => () =>
      cancelMandate ? change(cancelMandate(record, mandate, signal)) : Promise.resolve(right(undefined)),
  }))

const isCharge = ({ account }: Intent): boolean => account !== undefined && parsePaymentRef(account)?.kind === 'mandate'
const isOfCharge = (_fact: Fact, { intents: [first] }: PaymentRecord): boolean => first !== undefined && isCharge(first.intent)
const isEnded = (source: PaymentRecord | undefined): boolean =>
  source?.reports.some(({ method }) => method === 'cancel') ?? false

/** A mandate is active when its page was opened, until a report arrives. */
const activeWhenOpened = onFacts((facts, { intents, reports }) => [
  ...facts,
  ...intents.flatMap(({ intent, begunAt, vendorIds: [vendorId] }): readonly Fact[] =>
    intent.kind === 'mandate' && intent.reference === 'mandate-1' && vendorId && reports.length === 0
      ? [
          {
            type: 'mandate.active',
            intent: paymentRef(intent),
            vendorId,
            at: begunAt,
            evidence: ['opened'],
            source: 'vendor',
            key: 'opened',
            account: '1',
          },
        ]
      : [],
  ),
])

/** After a move, a mandate is active only if the report of the new account arrived last. */
const activeByArrival: Fault = (opened) => {
  let last = ''
  return all(
    onCallback(({ report }) => {
      last = report.members.mandate ?? ''
      return {}
    }),
    without('mandate.active', (_fact, { reports }) => reports.length > 2 && last === '0'),
  )(opened)
}

/** The second cancellation of a mandate, or one at the same time, is refused. */
const cancelsOnce: Fault = (opened) => {
  let cancelled = 0
  return onCancel(async (cancel) => {
    cancelled += 1
    if (cancelled > 1) return left(refusal('refused'))
    const result = await cancel()
    if (isLeft(result)) cancelled -= 1
    return result
  })(opened)
}

export const mandateFaults: Readonly<Record<string, Fault>> = {
  'MAN-001': onResponse(['mandate'], ({ result }) => ({ result: { ...result, redirectUrl: 'https://vendor.example/' } })),
  'MAN-002': onFacts((facts) =>
    facts.flatMap((fact): readonly Fact[] => (fact.type === 'mandate.active' ? [fact, { ...fact, key: `${fact.key}9` }] : [fact])),
  ),
  'MAN-003': activeWhenOpened,
  'MAN-004': withFacts('mandate.revoked', (fact) =>
    'reason' in fact && fact.reason === 'abandoned' ? { reason: 'cancelled' } : {},
  ),
  'MAN-005': without('mandate.revoked', (fact) => 'reason' in fact && fact.reason === 'cancelled'),
  'MAN-006': without('mandate.revoked', (_fact, { reports }) => reports.at(-1)?.method !== 'cancel'),
  'MAN-007': without('mandate.moved'),
  'MAN-008': onFacts((facts) =>
    facts.map((fact): Fact => {
      if (fact.type !== 'mandate.moved' || fact.to !== null) return fact
      const { to: _to, ...left } = fact
      return { ...left, type: 'mandate.active' }
    }),
  ),
  'MAN-009': activeByArrival,
  'MAN-010': onCancel(async () => right(undefined)),
  'MAN-011': cancelsOnce,
  'MAN-012': onCancel(async (cancel) => {
    const result = await cancel()
    return isLeft(result) && result.left.effect === 'may_have_happened' ? right(undefined) : result
  }),
  'MAN-013': onCancel(async (cancel) => {
    const result = await cancel()
    if (!isLeft(result) || result.left.effect !== 'not_sent') return result
    return left(new PaymentError({ ...result.left.toJSON(), effect: 'may_have_happened' }))
  }),
  'MAN-014': onOperation(['importMandate'], async (_run, _input, { intent }) =>
    right({ result: { status: 'accepted', payment: paymentRef(intent) }, vendorIds: [] } as never),
  ),
  'MAN-015': onUnknown(['importMandate'], () => left(refusal('not_sent'))),
  'MAN-016': onError(['mandate'], ({ effect }) => (effect === 'may_have_happened' ? { effect: 'not_sent' } : {})),
  'MAN-017': onlyKnownOrders('mandate'),
  'MAN-018': unknownAboutLastMandate,
  'MAN-019': believesChanged(
    () => ({}),
    (genuine) => genuine.includes('"cancel"'),
  ),
  'MAN-020': believesChanged(
    () => ({}),
    (genuine) => genuine.includes('"directdebitmandate"'),
  ),
  'MAN-021': aboutLastMandate,
  'MAN-022': unacknowledged(/"directdebitmandate"/),
}

/** A charge of one mandate goes to the account of the mandate that was reported last. */
const chargesLastAccount: Fault = (opened) => {
  const known = new Set<string | null>()
  let last: string | null = null
  return all(
    onFacts((facts) => {
      for (const { account } of factsOf(facts, 'mandate.active')) {
        if (!known.has(account)) last = account
        known.add(account)
      }
      return facts
    }),
    onOperation(['charge'], (run, input, call) => {
      const { intent } = call
      if (last === null || !isCharge(intent) || intent.settings.account === undefined) return run()
      return run(input, { ...call, intent: { ...intent, settings: { ...intent.settings, account: last } } })
    }),
  )(opened)
}

/** A charge that is called twice at once is two charges. */
const chargesAtOnce: Fault = (opened) => {
  let running = 0
  return onOperation(['charge'], async (run, input, call) => {
    running += 1
    const other = { ...call, intent: { ...call.intent, attempt: 2 } }
    try {
      return await (running > 1 ? run(input, other) : run())
    } finally {
      running -= 1
    }
  })(opened)
}

/** What is known to be refused without a request may have been sent. `when`: from the records of the refund and of its mandate. */
const doubtsRules = (when: (source: PaymentRecord | undefined) => boolean): Fault =>
  onOperation(['refund'], async (run, _input, { intent, source }) => {
    const result = await run()
    if (!isLeft(result) || result.left.code !== 'conflict' || !when(source)) return result
    const outcome = { status: 'unknown', payment: paymentRef(intent), resolveBy: 'operator', notBefore: '2026-03-02T08:00:00.000Z' }
    return right({ result: outcome, vendorIds: [] } as never)
  })

export const chargeFaults: Readonly<Record<string, Fault>> = {
  'CHG-001': creditsOpened(isCharge),
  'CHG-002': chargesLastAccount,
  'CHG-003': withFacts('deposit.credited', (fact, record) =>
    isOfCharge(fact, record) && record.intents.length === 1 && !record.intents[0]?.resumed
      ? { amount: { value: '9.99', currency: 'SEK' } }
      : {},
  ),
  'CHG-004': without('deposit.not_credited', isOfCharge),
  'CHG-005': without('deposit.reversed', isOfCharge),
  'CHG-006': chargesAtOnce,
  'CHG-007': mergesEqual('charge'),
  'CHG-008': forgets('charge', failedWith('ECONNRESET')),
  'CHG-009': forgets('charge', (exchange) => !isLeft(exchange)),
  'CHG-010': hopes('charge', failedWith('timeout')),
  'CHG-011': doubtsConnection('charge'),
  'CHG-012': doubtsRefusal('charge'),
  'CHG-013': onOperation(['charge'], async (run, _input, { resumed, source }) =>
    resumed && isEnded(source) ? left(refusal('refused')) : run(),
  ),
  'CHG-014': onOperation(['refund'], (run, input, { record }) =>
    record.intents[0] && isCharge(record.intents[0].intent) && input.amount.value === '4.00'
      ? run({ ...input, amount: { ...input.amount, value: '0.40' } })
      : run(),
  ),
  'CHG-015': creditsTwice(({ intents: [first] }) => first !== undefined && isCharge(first.intent) && !first.resumed),
  'CHG-016': doubtsRules((source) => !isEnded(source)),
  'CHG-017': doubtsRules(isEnded),
  'CHG-018': without('refund.failed', isOfCharge),
  'CHG-019': onOperation(['payout'], (run, input, { intent }) =>
    run(isCharge(intent) ? { ...input, amount: { ...input.amount, value: '0.50' } } : input),
  ),
}
