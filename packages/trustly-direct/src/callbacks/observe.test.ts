import {
  type AnyAnswer,
  eventsOf,
  type Fact,
  isLeft,
  type Observation,
  paymentRef,
  type RecordedIntent,
  type Thread,
} from '@railswitch/core'
import * as fc from 'fast-check'
import { amount, notificationRows, type RootKind, refundAmount } from '../__fixtures__/notification-rows.ts'
import { samples } from '../__fixtures__/published.ts'
import { type JsonObject, memberAt, parseJson } from '../wire/json-text.ts'
import { acknowledge } from './acknowledge.ts'
import { customerDetailsOf } from './customer-details.ts'
import { type Notification, parseNotification } from './notification.ts'
import { notificationKinds } from './notification-kinds.ts'
import { observe } from './observe.ts'

const recorded = (kind: RecordedIntent['intent']['kind'], reference: string, more: object = {}): RecordedIntent => ({
  intent: {
    kind,
    rail: 't',
    reference,
    attempt: 1,
    expect: amount,
    settings: { callbackUrl: 'https://shop.example/callbacks' },
    ...more,
  },
  fingerprint: 'f',
  begunAt: '2026-11-21T00:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds: [],
})

const roots: { readonly [K in RootKind]: RecordedIntent } = {
  deposit: recorded('deposit', 'order-1'),
  payout: {
    ...recorded('payout', 'payout-1'),
    conclusion: { state: 'accepted', result: { status: 'accepted', payment: 'rs1.t.payout.payout-1.1' as never } },
  },
  withdrawal: recorded('withdrawal', 'withdrawal-1'),
}
const refundOf = (deposit: RecordedIntent, reference = 'refund-1'): RecordedIntent => ({
  ...recorded('refund', reference, { of: paymentRef(deposit.intent), expect: refundAmount }),
  conclusion: { state: 'accepted', result: { status: 'accepted', payment: `rs1.t.refund.${reference}.1` as never } },
})

const observed = (fact: Fact, subject: RecordedIntent, index: number): Observation => ({
  id: `before-${index}`,
  at: '2026-11-21T00:00:00.000Z',
  source: 'callback',
  vendorId: '1',
  trust: 'signed',
  subject: paymentRef(subject.intent),
  fact,
  word: { method: 'before' },
})

const threadOf = (kind: RootKind, before: readonly Fact[] = []): Thread => ({
  intents: kind === 'deposit' ? [roots.deposit, refundOf(roots.deposit)] : [roots[kind]],
  observations: before.map((fact, index) => observed(fact, roots[kind], index)),
})

const money = { amount: amount.value, currency: amount.currency }

/** The published notification of a method or of a sample's name, its money ours, changed. */
const notification = (name: string, more: object = {}): Notification => {
  const sample = samples.find(
    (one) => one.name === `java-notification-${name}` || one.name === `docs-notification-${name}`,
  )
  if (!sample) throw new Error(`No sample of ${name}`)
  const { method, params } = sample.parsed as { readonly method: string; readonly params: JsonObject }
  const ours = notificationKinds[method]?.needs.includes('amount') ? money : {}
  const data = { ...(params.data as JsonObject), ...ours, ...more }
  const body = new TextEncoder().encode(JSON.stringify({ method, params: { ...params, data }, version: '1.1' }))
  const parsed = parseNotification(body, 'application/json', () => true)
  if (isLeft(parsed)) throw parsed.left
  return parsed.right
}

const now = () => new Date('2026-11-21T12:00:00Z')

test.each(notificationRows.map((row) => [row.method, row.kind, row.situation ?? 'alone', row] as const))(
  '%s of a %s, %s (sections 4 and 6)',
  (method, kind, _situation, { before, data, fact }) => {
    const observation = observe(notification(method, data), now)(threadOf(kind, before), roots[kind])
    expect(observation.fact).toEqual(fact)
    expect(observation.subject).toBe(paymentRef(roots[kind].intent))
  },
)

test('every notification has a row for every kind of payment', () => {
  const missing = Object.keys(notificationKinds).flatMap((method) =>
    (['deposit', 'payout', 'withdrawal'] as const)
      .filter((kind) => !notificationRows.some((row) => row.method === method && row.kind === kind))
      .map((kind) => `${method} ${kind}`),
  )
  expect(missing).toEqual([])
})

test('the time is Trustly’s own, in UTC; without one it is ours (account has none, section 4.2)', () => {
  const told = observe(notification('credit'), now)(threadOf('deposit'), roots.deposit)
  expect(told.at).toBe('2010-01-20T13:42:04.675Z')
  expect(observe(notification('account'), now)(threadOf('deposit'), roots.deposit).at).toBe('2026-11-21T12:00:00.000Z')
})

test('news of a payment that is not known here is for a person', () => {
  for (const method of Object.keys(notificationKinds))
    expect(observe(notification(method), now)({ intents: [], observations: [] }, null).fact).toEqual({
      type: 'unexplained',
      reason: 'unknown_payment',
    })
})

test('a method that nobody documented is kept, even without an order (java-notification-_unknown)', () => {
  const told = observe(notification('_unknown'), now)(threadOf('deposit'), roots.deposit)
  expect(told).toMatchObject({
    id: '258a2184-2842-b485-23ca-293425152415',
    fact: { type: 'unrecognised', method: 'qweasdzxc' },
  })
})

const answers: readonly AnyAnswer[] = [
  'ok',
  ...[true, false].flatMap((yes): AnyAnswer[] => [
    { recovered: yes },
    { reserved: yes },
    { proceed: yes },
    { proceed: yes, limit: { value: '100.00', currency: 'EUR' } },
  ]),
]
const statusOf = (told: Notification, answer: AnyAnswer): JsonObject => {
  const reply = acknowledge(told, () => ({ _tag: 'Right', right: 'signed' }))(answer)
  const parsed = parseJson(reply.body)
  if (isLeft(parsed) || reply.status !== 200) throw new Error('no acknowledgement')
  expect(memberAt(parsed.right, 'result', 'uuid')).toBe(told.uuid)
  return memberAt(parsed.right, 'result', 'data') as JsonObject
}

test.each(Object.entries(notificationKinds))(
  '%s is never answered with what Trustly does not take',
  (method, { statuses }) => {
    for (const more of method === 'kyc' ? [{}, { abort: '1', abortmessage: 'underage' }] : [{}])
      for (const answer of answers) expect(statuses).toContain(statusOf(notification(method, more), answer).status)
  },
)

test.each([
  ['debit', 'ok', { status: 'FAILED' }],
  ['debit', { reserved: true }, { status: 'OK' }],
  ['debit', { reserved: false }, { status: 'FAILED' }],
  ['debit', { recovered: true }, { status: 'OK' }],
  ['debit', { recovered: false }, { status: 'FAILED' }],
  ['kyc', 'ok', { status: 'FINISH' }],
  ['kyc', { proceed: false }, { status: 'FINISH' }],
  ['kyc', { proceed: true }, { status: 'CONTINUE' }],
  ['kyc', { proceed: true, limit: { value: '100.00', currency: 'EUR' } }, { status: 'CONTINUE', limit: '100.00' }],
] as const)('%s: %j is said as %j, and silence is no yes', (method, answer, data) => {
  expect(statusOf(notification(method), answer)).toEqual(data)
})

test('an abort is one wherever it stands: in the data, as in the model, or in its attributes (section 4.2)', () => {
  const abort = { abort: '1', abortmessage: 'underage' }
  for (const more of [abort, { attributes: abort }, { abort: '1', attributes: abort }]) {
    const told = notification('kyc', more)
    const { fact } = observe(told, now)(threadOf('deposit'), roots.deposit)
    expect(fact).toEqual({ type: 'kyc.received', abort: 'underage' })
    expect(statusOf(told, { proceed: true })).toEqual({ status: 'FINISH' })
  }
  const strange = notification('kyc', { attributes: { abort: 'yes', abortmessage: '<b>' } })
  expect(observe(strange, now)(threadOf('deposit'), roots.deposit).fact).toEqual({ type: 'kyc.received', abort: '' })
  expect(statusOf(strange, { proceed: true })).toEqual({ status: 'FINISH' })
})

test('who the customer is, is told to the handler and not observed (docs-notification-kyc, -account-with-kyc)', () => {
  expect(customerDetailsOf(notification('kyc'))).toEqual({
    personId: 'SE196512171957',
    firstName: 'Joe',
    lastName: 'Johnson',
    dateOfBirth: '1965-12-17',
    street: 'Street 10',
    zipCode: '11253',
    city: 'STOCKHOLM',
    country: 'Sweden',
  })
  const account = notification('account-with-kyc')
  expect(customerDetailsOf(account)).toMatchObject({
    personId: 'SE198201019876',
    accountHolder: 'John Doe',
    bankName: 'SEB',
  })
  expect(customerDetailsOf(notification('credit'))).toBeNull()
  for (const method of ['kyc', 'account']) {
    const kept = JSON.stringify(observe(notification(method), now)(threadOf('deposit'), roots.deposit))
    expect(kept).not.toMatch(/Joe|Johnson|SE1965|084057|SEB/)
  }
})

/** The events that news makes, one after the other. */
const hear = (kind: RootKind, start: Thread, news: readonly Notification[]) => {
  let thread = start
  return news.flatMap((told) => {
    const observation = observe(told, now)(thread, roots[kind])
    const isNew = !thread.observations.some(({ id }) => id === observation.id)
    const events = isNew ? eventsOf(thread, observation) : []
    if (isNew) thread = { ...thread, observations: [...thread.observations, observation] }
    return events.map(({ type }) => type)
  })
}

test.each(['payout', 'withdrawal'] as const)(
  'one failed %s told three ways, in any order and twice, is one event',
  (kind) => {
    const requested: readonly Fact[] = kind === 'withdrawal' ? [{ type: 'withdrawal.requested', amount }] : []
    const told = ['payoutfailed', 'credit', 'cancel'].flatMap((method, index) => [
      notification(method, { notificationid: `${index + 1}` }),
      notification(method, { notificationid: `${index + 1}` }),
      notification(method, { notificationid: `${index + 11}` }),
    ])
    const property = fc.property(fc.shuffledSubarray(told, { minLength: 1 }), (news) => {
      expect(hear(kind, threadOf(kind, requested), news)).toEqual(['payout.failed'])
    })
    expect(() => fc.assert(property)).not.toThrow()
  },
)

test('one failed refund told by payoutfailed and by credit, in any order and twice, is one event', () => {
  const told = ['payoutfailed', 'credit'].map((method, index) =>
    notification(method, { amount: refundAmount.value, notificationid: `${index + 1}` }),
  )
  const property = fc.property(fc.shuffledSubarray([...told, ...told], { minLength: 1 }), (news) => {
    expect(hear('deposit', threadOf('deposit', [{ type: 'deposit.credited', amount }]), news)).toEqual([
      'refund.failed',
    ])
  })
  expect(() => fc.assert(property)).not.toThrow()
})

test('a payout that was confirmed and came back is told as both', () => {
  const news = [
    notification('payoutconfirmation', { notificationid: '1' }),
    notification('credit', { notificationid: '2' }),
  ]
  expect(hear('payout', threadOf('payout'), news)).toEqual(['payout.confirmed', 'payout.failed'])
})

test('a credit that the ledger has shown already is the same money; another amount is a refund that came back', () => {
  const shown = {
    ...observed({ type: 'deposit.credited', amount }, roots.deposit, 0),
    word: { method: 'AccountLedger', amount },
  }
  const thread: Thread = {
    ...threadOf('deposit'),
    observations: [{ ...shown, source: 'lookup', vendorId: '87654567' }],
  }
  expect(hear('deposit', thread, [notification('credit')])).toEqual([])
  expect(hear('deposit', thread, [notification('credit', { amount: refundAmount.value })])).toEqual(['refund.failed'])
})
