import { eventsOf } from './events-of.ts'
import { foldAccount } from './fold-account.ts'
import { noMoney, type RecordedIntent } from './intent.ts'
import { judgeBegin } from './judge-begin.ts'
import type { Fact, Observation, Thread } from './observation.ts'
import { paymentRef } from './payment-ref.ts'

const asked = (attempt = 1): RecordedIntent => ({
  intent: {
    kind: 'account',
    rail: 'r',
    reference: 'account-1',
    attempt,
    expect: noMoney,
    settings: { callbackUrl: 'https://shop.example/callbacks/r/token' },
  },
  fingerprint: 'f',
  begunAt: '2026-01-01T00:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds: ['1'],
})

const told = (fact: Fact, id: string, recorded = asked()): Observation => ({
  id,
  at: '2026-01-02T00:00:00.000Z',
  source: 'callback',
  vendorId: '1',
  trust: 'signed',
  subject: paymentRef(recorded.intent),
  fact,
  word: { method: 'account' },
})

const received: Fact = { type: 'account.received', account: '7653385737' }
const allowed: Fact = { ...received, mandate: true }
const left: Fact = { type: 'account.not_received', reason: 'abandoned' }

const hear = (...facts: readonly Fact[]) => {
  let thread: Thread = { intents: [asked()], observations: [] }
  const events = facts.flatMap((fact, index) => {
    const observation = told(fact, `n-${index}`)
    const heard = eventsOf(thread, observation)
    thread = { ...thread, observations: [...thread.observations, observation] }
    return heard
  })
  return { events, account: foldAccount(thread) }
}

test.each<[string, readonly Fact[]]>([
  ['pending', []],
  ['received', [received]],
  ['received', [left, received]],
  ['received', [received, left]],
  ['not_received', [left]],
])('is %s after %j', (state, facts) => {
  expect(hear(...facts).account?.state).toBe(state)
})

test('an account is told once, and again when charges of it are allowed', () => {
  const { events, account } = hear(received, received, allowed, allowed)
  expect(events).toMatchObject([
    { type: 'account.received', account: '7653385737', mandate: false },
    { type: 'account.received', account: '7653385737', mandate: true },
  ])
  expect(account).toMatchObject({ account: '7653385737', mandate: true })
})

test('a customer who left is told once, and not after an account came', () => {
  expect(hear(left, left).events.map(({ type }) => type)).toEqual(['account.not_received'])
  expect(hear(received, left).events.map(({ type }) => type)).toEqual(['account.received'])
})

test('a further attempt is refused once an account was received', () => {
  const observations = [told(received, 'n-1')]
  expect(judgeBegin(asked(2).intent, 'f', null, { intents: [asked()], observations })).toMatchObject({
    state: 'refused',
    error: { code: 'conflict' },
  })
  expect(judgeBegin(asked(2).intent, 'f', null, { intents: [asked()], observations: [] })).toEqual({ state: 'new' })
})
