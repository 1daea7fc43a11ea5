import * as fc from 'fast-check'
import { eventsOf } from './events-of.ts'
import { foldPayout } from './fold-payout.ts'
import type { Conclusion, Intent, RecordedIntent } from './intent.ts'
import { money } from './money.ts'
import { needsPerson } from './needs-person.ts'
import type { Fact, Observation, Thread } from './observation.ts'
import { paymentRef } from './payment-ref.ts'

const sek = (value: string) => money(value, 'SEK')

const asked = (kind: Intent['kind'], conclusion: Conclusion | null, attempt = 1): RecordedIntent => ({
  intent: {
    kind,
    rail: 'r',
    reference: 'out-1',
    attempt,
    expect: sek('100.00'),
    settings: { callbackUrl: 'https://shop.example/callbacks/r/token' },
  },
  fingerprint: 'f',
  begunAt: '2026-01-01T00:00:00.000Z',
  resumed: false,
  conclusion,
  vendorIds: ['1'],
})

const ref = paymentRef(asked('payout', null).intent)
const accepted: Conclusion = { state: 'accepted', result: { status: 'accepted', payment: ref } }
const refused: Conclusion = {
  state: 'refused',
  error: { code: 'declined', effect: 'refused', again: 'next_attempt', message: 'no', hint: 'no' },
}
const payout = (conclusion: Conclusion | null = accepted, attempt = 1) => asked('payout', conclusion, attempt)
const withdrawal = () => {
  const { intent } = asked('withdrawal', null)
  const result = { payment: paymentRef(intent), redirectUrl: 'https://vendor.example/', expiresAt: null }
  return asked('withdrawal', { state: 'started', result })
}

let counter = 0
const told =
  (recorded: RecordedIntent) =>
  (fact: Fact, more: Partial<Observation> = {}): Observation => {
    counter += 1
    return {
      id: `n-${counter}`,
      at: '2026-01-02T00:00:00.000Z',
      source: 'callback',
      vendorId: '1',
      trust: 'signed',
      subject: paymentRef(recorded.intent),
      fact,
      word: { method: fact.type },
      ...more,
    }
  }

const failed = (value = '100.00'): Fact => ({ type: 'payout.failed', amount: sek(value) })
const confirmed: Fact = { type: 'payout.confirmed', amount: sek('100.00') }
const requested = (value = '100.00'): Fact => ({ type: 'withdrawal.requested', amount: sek(value) })

const eventsAfter = (recorded: RecordedIntent, observations: readonly Observation[]) => {
  let thread: Thread = { intents: [recorded], observations: [] }
  return observations.flatMap((observation) => {
    const events = eventsOf(thread, observation)
    thread = { ...thread, observations: [...thread.observations, observation] }
    return events
  })
}
const typesOf = (recorded: RecordedIntent, ...facts: readonly Fact[]) =>
  eventsAfter(
    recorded,
    facts.map((fact) => told(recorded)(fact)),
  ).map(({ type }) => type)
const stateOf = (recorded: RecordedIntent, ...facts: readonly Fact[]) =>
  foldPayout({ intents: [recorded], observations: facts.map((fact) => told(recorded)(fact)) })?.state

describe('a payout', () => {
  test.each<[string, Conclusion | null, readonly Fact[]]>([
    ['accepted', accepted, []],
    ['unknown', null, []],
    ['confirmed', accepted, [confirmed]],
    ['confirmed', null, [confirmed]],
    ['failed', accepted, [failed()]],
    ['returned', accepted, [confirmed, failed()]],
    ['returned', accepted, [failed(), confirmed]],
    ['failed', refused, []],
    ['failed', refused, [failed()]],
    ['confirmed', refused, [confirmed]],
    ['returned', refused, [confirmed, failed()]],
  ])('is %s', (state, conclusion, facts) => {
    expect(stateOf(payout(conclusion), ...facts)).toBe(state)
  })

  test('that is told to have failed in three ways is one payout.failed', () => {
    expect(typesOf(payout(), failed(), failed(), failed())).toEqual(['payout.failed'])
  })

  test('whose answer was lost is accepted, not paid, once the vendor shows it', () => {
    const shown = told(payout(null))({ type: 'payout.accepted' }, { source: 'lookup', trust: 'bound' })
    expect(foldPayout({ intents: [payout(null)], observations: [] })?.state).toBe('unknown')
    expect(foldPayout({ intents: [payout(null)], observations: [shown] })?.state).toBe('accepted')
    expect(eventsAfter(payout(null), [shown])).toEqual([])
  })

  test('says who confirmed it, and the vendor outranks the mere passing of time', () => {
    const observations = [told(payout())(confirmed, { source: 'elapsed' })]
    expect(eventsAfter(payout(), observations)).toMatchObject([{ type: 'payout.confirmed', by: 'elapsed' }])
    const both = [...observations, told(payout())(confirmed)]
    expect(foldPayout({ intents: [payout()], observations: both })?.attempts[0]?.confirmedBy).toBe('vendor')
  })

  test('of which another sum came back is kept for a person, and gives nothing back', () => {
    const events = eventsAfter(payout(), [told(payout())(failed('99.00'))])
    expect(events).toMatchObject([{ type: 'review.needed', reasons: ['amount_differs'] }])
    expect(stateOf(payout(), failed('99.00'))).toBe('accepted')
  })

  test('that was sent with another sum is kept for a person', () => {
    const events = eventsAfter(payout(), [told(payout())({ ...confirmed, amount: sek('99.00') })])
    expect(events.map(({ type }) => type)).toEqual(['payout.confirmed', 'review.needed'])
    expect(events[1]).toMatchObject({ reasons: ['amount_differs'] })
  })

  test('that was refused and is sent all the same is for a person, and gives nothing back', () => {
    expect(eventsAfter(payout(refused), [told(payout())(confirmed)])).toMatchObject([
      { type: 'payout.confirmed' },
      { type: 'review.needed', reasons: ['unexpected_payout'] },
    ])
    expect(typesOf(payout(refused), failed())).toEqual([])
  })

  test('that a person said had failed, and the vendor paid, is confirmed, and a person is told', () => {
    const observations = [told(payout())(failed(), { source: 'person' }), told(payout())(confirmed)]
    expect(foldPayout({ intents: [payout()], observations })).toMatchObject({
      state: 'confirmed',
      review: ['person_overruled'],
    })
  })

  test('that is merely claimed to have failed has not', () => {
    const observations = [told(payout())(failed(), { trust: 'claimed' })]
    expect(foldPayout({ intents: [payout()], observations })?.state).toBe('accepted')
    expect(eventsAfter(payout(), observations)).toEqual([])
  })

  test('whose outcome nobody could find out is for a person until somebody knows', () => {
    const unknown = told(payout(null))({ type: 'unexplained', reason: 'outcome_unknown' }, { source: 'elapsed' })
    const thread = { intents: [payout(null)], observations: [unknown] }
    expect(needsPerson(thread)).toBe(true)
    expect(needsPerson({ ...thread, observations: [unknown, told(payout())(failed())] })).toBe(false)
  })

  test('property: any order and duplication of news folds alike', () => {
    const history = fc.array(fc.constantFrom(confirmed, failed(), failed('1.00')), { maxLength: 6 })
    const foldsAlike = fc.property(history, (facts) => {
      const observations = facts.map((fact) => told(payout())(fact))
      const turned = [...observations, ...observations].reverse()
      const intents = [payout()]
      expect(foldPayout({ intents, observations: turned })).toEqual(foldPayout({ intents, observations }))
    })
    expect(() => fc.assert(foldsAlike)).not.toThrow()
  })
})

describe('a withdrawal', () => {
  test.each<[string, readonly Fact[]]>([
    ['pending', []],
    ['requested', [requested()]],
    ['accepted', [requested(), { type: 'withdrawal.approved' }]],
    ['failed', [requested(), { type: 'withdrawal.denied' }]],
    ['confirmed', [requested(), { type: 'withdrawal.approved' }, confirmed]],
    ['returned', [requested(), confirmed, failed()]],
  ])('is %s', (state, facts) => {
    expect(stateOf(withdrawal(), ...facts)).toBe(state)
  })

  test('asks for what the customer wants, and gives that back', () => {
    const events = eventsAfter(withdrawal(), [
      told(withdrawal())(requested('40.00')),
      told(withdrawal())(failed('40.00')),
    ])
    expect(events).toMatchObject([
      { type: 'withdrawal.requested', amount: sek('40.00') },
      { type: 'payout.failed', amount: sek('40.00') },
    ])
  })

  test('that was left, or never reserved, gives nothing back', () => {
    expect(typesOf(withdrawal(), failed())).toEqual([])
    expect(typesOf(withdrawal(), requested(), { type: 'withdrawal.not_reserved' }, failed())).toEqual([
      'withdrawal.requested',
    ])
  })
})

test('an account is told once, and each question of who somebody is, is asked', () => {
  const account: Fact = { type: 'account.received', account: '7653385737' }
  const kyc: Fact = { type: 'kyc.received', abort: null }
  expect(typesOf(withdrawal(), account, account, kyc, kyc)).toEqual([
    'account.received',
    'kyc.received',
    'kyc.received',
  ])
})
