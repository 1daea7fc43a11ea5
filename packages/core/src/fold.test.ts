import fc from 'fast-check'
import { changes } from './changes.ts'
import { eventsOf } from './events-of.ts'
import { fold } from './fold.ts'
import type { Intent, RecordedIntent } from './intent.ts'
import type { Fact, Observation, Thread } from './observation.ts'
import { PaymentError } from './payment-error.ts'
import type { PaymentEvent } from './payment-event.ts'
import { paymentRef } from './payment-ref.ts'

const sek = (value: string) => ({ value, currency: 'SEK' })

const deposit = (attempt = 1, rail = 'trustly'): RecordedIntent =>
  recorded({ kind: 'deposit', rail, reference: 'order-1', attempt, expect: sek('100.00'), settings })

const settings = { callbackUrl: 'https://shop.example/callbacks' }

const recorded = (intent: Intent, state: 'started' | 'accepted' = 'started'): RecordedIntent => {
  const payment = paymentRef(intent)
  return {
    intent,
    fingerprint: 'f',
    begunAt: '2026-01-01T00:00:00.000Z',
    resumed: false,
    conclusion:
      state === 'started'
        ? { state, result: { payment, redirectUrl: 'https://bank.example/', expiresAt: null } }
        : { state, result: { status: 'accepted', payment } },
    vendorIds: [],
  }
}

const ref = paymentRef(deposit().intent)

const refund = (reference: string, value = '30.00', of = ref): RecordedIntent =>
  recorded({ kind: 'refund', rail: 'trustly', reference, attempt: 1, expect: sek(value), of, settings }, 'accepted')

let counter = 0
const told = (fact: Fact, more: Partial<Observation> & { method?: string } = {}): Observation => {
  counter += 1
  const { method = fact.type, ...rest } = more
  return {
    id: `n-${counter}`,
    at: `2026-01-02T00:00:00.${String(counter % 1000).padStart(3, '0')}Z`,
    source: 'callback',
    vendorId: 'tx-1',
    trust: 'signed',
    subject: ref,
    fact,
    word: { method },
    ...rest,
  }
}

const approved = () => told({ type: 'deposit.not_credited_yet', amount: sek('100.00') })
const credited = (more: Partial<Observation> = {}, value = '100.00') =>
  told({ type: 'deposit.credited', amount: sek(value) }, more)
const cancelled = (more: Partial<Observation> = {}) => told({ type: 'deposit.not_credited', reason: 'abandoned' }, more)
const reversed = (value = '100.00') => told({ type: 'deposit.reversed', amount: sek(value) })
const cameBack = (refunds: readonly RecordedIntent[], method = 'credit') => {
  const candidates = refunds.map(({ intent }) => paymentRef(intent))
  const [only] = candidates
  return told(
    { type: 'refund.failed', amount: sek('30.00'), refund: candidates.length === 1 && only ? only : null, candidates },
    { method },
  )
}

/** The events as an application hears them, one delivery after the other. */
const deliver = (intents: readonly RecordedIntent[], observations: readonly Observation[]): readonly PaymentEvent[] => {
  const thread: Thread = { intents, observations: [] }
  return observations.reduce<{ thread: Thread; events: readonly PaymentEvent[] }>(
    ({ thread: before, events }, observation) =>
      before.observations.some(({ id }) => id === observation.id)
        ? { thread: before, events }
        : {
            thread: { ...before, observations: [...before.observations, observation] },
            events: [...events, ...eventsOf(before, observation)],
          },
    { thread, events: [] },
  ).events
}

const typesOf = (events: readonly PaymentEvent[]): readonly string[] => events.map(({ type }) => type)

test('pending and credit in both orders, twice each, are one deposit.credited', () => {
  const [pending, credit] = [approved(), credited()]
  expect(typesOf(deliver([deposit()], [pending, credit, pending, credit]))).toEqual([
    'deposit.not_credited_yet',
    'deposit.credited',
  ])
  expect(typesOf(deliver([deposit()], [credit, pending, credit, pending]))).toEqual(['deposit.credited'])
})

test('a credit without a pending is credited', () => {
  expect(fold({ intents: [deposit()], observations: [credited()] })?.state).toBe('credited')
})

test('a returned refund never reads as a second credit', () => {
  const intents = [deposit(), refund('r-1')]
  const events = deliver(intents, [credited(), cameBack([refund('r-1')])])
  expect(typesOf(events)).toEqual(['deposit.credited', 'refund.failed'])
  const payment = fold({ intents, observations: [credited(), cameBack([refund('r-1')])] })
  expect(payment).toMatchObject({ state: 'credited', credited: sek('100.00'), refundable: sek('100.00') })
  expect(payment?.refunds[0]?.state).toBe('failed')
})

test('of two open refunds of one amount it says that it does not know which, until both came back', () => {
  const both = [refund('r-1'), refund('r-2')]
  const intents = [deposit(), ...both]
  const [first, second] = [cameBack(both), cameBack(both)]
  const events = deliver(intents, [credited(), first, second])
  expect(events.slice(1)).toMatchObject([
    { type: 'refund.failed', refund: null, candidates: ['r-1', 'r-2'] },
    { type: 'refund.failed', refund: null, candidates: ['r-1', 'r-2'] },
  ])
  const one = fold({ intents, observations: [credited(), first] })
  expect(one?.refunds.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
  expect(one?.refundable).toEqual(sek('70.00'))
  const two = fold({ intents, observations: [credited(), first, second] })
  expect(two?.refunds.map(({ state }) => state)).toEqual(['failed', 'failed'])
  expect(two?.refundable).toEqual(sek('100.00'))
})

test('payoutfailed and credit for one refund are one refund.failed', () => {
  const r = refund('r-1')
  for (const order of [
    [cameBack([r], 'payoutfailed'), cameBack([r], 'credit')],
    [cameBack([r], 'credit'), cameBack([r], 'payoutfailed')],
  ])
    expect(typesOf(deliver([deposit(), r], [credited(), ...order]))).toEqual(['deposit.credited', 'refund.failed'])
  const both = [refund('r-1'), refund('r-2')]
  const told = [cameBack(both, 'payoutfailed'), cameBack(both, 'credit')]
  expect(typesOf(deliver([deposit(), ...both], [credited(), ...told]))).toEqual(['deposit.credited', 'refund.failed'])
})

test('a refund that was confirmed and then came back is returned', () => {
  const r = refund('r-1')
  const of = paymentRef(r.intent)
  const confirmed = told({ type: 'refund.confirmed', amount: sek('30.00'), refund: of, candidates: [of] })
  const observations = [credited(), confirmed, cameBack([r])]
  expect(fold({ intents: [deposit(), r], observations })?.refunds[0]?.state).toBe('returned')
  expect(typesOf(deliver([deposit(), r], observations))).toEqual([
    'deposit.credited',
    'refund.confirmed',
    'refund.failed',
  ])
})

test('a debit after a refund is reversed with what is lost beyond the deposit', () => {
  const events = deliver([deposit(), refund('r-1')], [credited(), reversed()])
  expect(events.at(-1)).toMatchObject({ type: 'deposit.reversed', amount: sek('100.00'), exposure: sek('30.00') })
  expect(fold({ intents: [deposit(), refund('r-1')], observations: [credited(), reversed()] })).toMatchObject({
    state: 'reversed',
    refundable: sek('0.00'),
  })
})

test('two takings-back are two events that add up to the whole', () => {
  const events = deliver([deposit()], [credited(), reversed('30.00'), reversed('70.00')])
  expect(events.slice(1)).toMatchObject([
    { type: 'deposit.reversed', amount: sek('30.00') },
    { type: 'deposit.reversed', amount: sek('70.00') },
  ])
})

test('a debit before its credit never ends in a credited event', () => {
  expect(typesOf(deliver([deposit()], [reversed(), credited()]))).toEqual(['deposit.reversed'])
})

test('a credit after a cancel is kept for a person, and ships nothing', () => {
  const events = deliver([deposit()], [cancelled(), credited()])
  expect(typesOf(events)).toEqual(['deposit.not_credited', 'review.needed'])
  expect(events[1]).toMatchObject({ reasons: ['credited_and_cancelled'] })
})

test('a cancel after a credit takes nothing back, and is for a person', () => {
  expect(typesOf(deliver([deposit()], [credited(), cancelled()]))).toEqual(['deposit.credited', 'review.needed'])
})

test('another amount or currency is kept, is not credited, and is for a person', () => {
  const less = fold({ intents: [deposit()], observations: [credited({}, '99.00')] })
  expect(less).toMatchObject({ state: 'not_credited_yet', credited: sek('99.00'), review: ['amount_differs'] })
  const euro = told({ type: 'deposit.credited', amount: { value: '100.00', currency: 'EUR' } })
  const other = fold({ intents: [deposit()], observations: [euro] })
  expect(other).toMatchObject({ state: 'not_credited_yet', credited: sek('0.00'), review: ['currency_differs'] })
  expect(typesOf(deliver([deposit()], [euro]))).not.toContain('deposit.credited')
})

test('what is merely claimed changes nothing but the review', () => {
  const claimed: Partial<Observation> = { trust: 'claimed' }
  const payment = fold({ intents: [deposit()], observations: [credited(claimed)] })
  expect(payment).toMatchObject({ state: 'pending', credited: sek('0.00'), review: ['unsigned_money'] })
  const of = [refund('r-1')]
  const forged = { ...cameBack(of), ...claimed } as Observation
  const paid = fold({ intents: [deposit(), ...of], observations: [credited(), forged, cancelled(claimed)] })
  expect(paid).toMatchObject({ state: 'credited', refundable: sek('70.00'), review: [] })
})

test('an attempt that the vendor refused has ended without money, whatever is still told of it', () => {
  const error = { code: 'declined', effect: 'refused', again: 'next_attempt', message: 'no', hint: 'no' } as const
  const refused: RecordedIntent = {
    ...deposit(),
    conclusion: { state: 'refused', error: new PaymentError(error).toJSON() },
  }
  const thread = { intents: [refused], observations: [] }
  expect(fold(thread)).toMatchObject({ state: 'not_credited', review: [] })
  expect(fold({ intents: [refused, deposit(2)], observations: [] })?.state).toBe('pending')
  expect(fold({ intents: [refused], observations: [credited()] })?.state).toBe('credited')
  expect(typesOf(eventsOf(thread, cancelled()))).toEqual([])
})

test('a claim of another transaction does not keep a dead deposit alive', () => {
  const claimed = credited({ trust: 'claimed', vendorId: 'tx-9' })
  const expected = { state: 'not_credited', review: ['unsigned_money'] }
  expect(fold({ intents: [deposit()], observations: [claimed, cancelled()] })).toMatchObject(expected)
  expect(typesOf(deliver([deposit()], [claimed, cancelled()]))).toEqual(['review.needed', 'deposit.not_credited'])
})

test('an event that is handled again keeps its id, though a dead transaction was told meanwhile', () => {
  const credit = credited()
  const idsOf = (observations: readonly Observation[]) =>
    eventsOf({ intents: [deposit()], observations }, credit).map(({ id }) => id)
  expect(idsOf([cancelled({ vendorId: 'tx-9' })])).toEqual(idsOf([]))
  expect(idsOf([credited({ vendorId: 'tx-9', trust: 'claimed' })])).toContain(idsOf([])[0])
})

test('a claim that is confirmed afterwards needs no person any more', () => {
  const observations = [credited({ trust: 'claimed' }), credited({ trust: 'bound' })]
  expect(fold({ intents: [deposit()], observations })).toMatchObject({ state: 'credited', review: [] })
  expect(typesOf(deliver([deposit()], observations))).toEqual(['review.needed', 'deposit.credited'])
})

describe('several attempts', () => {
  const second = deposit(2)
  const other = { subject: paymentRef(second.intent), vendorId: 'tx-2' }

  test('two paid ones are one deposit.credited and overpaid', () => {
    const events = deliver([deposit(), second], [credited(), credited(other)])
    expect(typesOf(events)).toEqual(['deposit.credited', 'review.needed'])
    expect(fold({ intents: [deposit(), second], observations: [credited(other), credited()] })).toMatchObject({
      state: 'credited',
      credited: sek('200.00'),
      review: ['overpaid'],
    })
  })

  test('two paid transactions of one attempt are overpaid too', () => {
    const observations = [credited(), credited({ vendorId: 'tx-9' })]
    expect(fold({ intents: [deposit()], observations })?.review).toEqual(['overpaid'])
  })

  test('a dead one never ends a paid one, nor one that may still be paid', () => {
    const observations = [cancelled(), approved()].map((observation, index) =>
      index === 0 ? observation : { ...observation, ...other },
    )
    expect(fold({ intents: [deposit(), second], observations })?.state).toBe('not_credited_yet')
    expect(fold({ intents: [deposit(), second], observations: [credited(), cancelled(other)] })).toMatchObject({
      state: 'credited',
      review: [],
    })
  })

  test('one that was reversed can be followed by one that is paid', () => {
    const events = deliver([deposit(), second], [credited(), reversed(), credited(other)])
    expect(typesOf(events)).toEqual(['deposit.credited', 'deposit.reversed', 'deposit.credited'])
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
  })

  test('each carries its own refundable', () => {
    const payment = fold({
      intents: [deposit(), second, refund('r-1', '30.00', paymentRef(second.intent))],
      observations: [credited(), credited(other)],
    })
    expect(payment?.attempts.map(({ refundable }) => refundable.value)).toEqual(['100.00', '70.00'])
  })
})

test('news of an unknown payment is for a person and names no payment', () => {
  expect(eventsOf({ intents: [], observations: [] }, { ...credited(), subject: null })).toMatchObject([
    { type: 'review.needed', payment: null, reasons: ['unknown_payment'] },
  ])
})

test('what is not recognised is told and changes no state', () => {
  const odd = told({ type: 'unrecognised', method: 'novelty' })
  expect(typesOf(deliver([deposit()], [odd, credited()]))).toEqual(['unrecognised', 'deposit.credited'])
})

const refunds = [refund('r-1'), refund('r-2')]
const anyObservation = fc.constantFrom(
  approved(),
  credited(),
  credited({ trust: 'claimed' }),
  credited({ vendorId: 'tx-9' }),
  credited({}, '99.00'),
  cancelled(),
  reversed(),
  reversed('40.00'),
  cameBack(refunds),
  cameBack(refunds, 'payoutfailed'),
  cameBack([refund('r-1')]),
)
const anyHistory = fc.array(anyObservation, { maxLength: 12 })

test('property: the fold is the same for any order and duplication', () => {
  fc.assert(
    fc.property(anyHistory, fc.infiniteStream(fc.double({ noNaN: true })), (history, random) => {
      const intents = [deposit(), deposit(2), ...refunds]
      const shuffled = [...history, ...history]
        .map((observation) => ({ observation, key: random.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ observation }) => observation)
      expect(fold({ intents, observations: shuffled })).toEqual(fold({ intents, observations: history }))
    }),
  )
})

test('property: no history says anything twice, and a fold does not differ from itself', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const intents = [deposit(), ...refunds]
      const ids = deliver(intents, history).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const payment = fold({ intents, observations: history })
      expect(changes(payment, payment)).toEqual([])
    }),
  )
})

test('property: more news never makes a paid deposit unpaid', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const payment = fold({ intents: [deposit(), ...refunds], observations: [...history, credited()] })
      expect(['credited', 'reversed']).toContain(payment?.state)
    }),
  )
})

test('a person who said that a refund failed is overruled by the vendor who paid it, and told so', () => {
  const r = refund('r-1')
  const ref = paymentRef(r.intent)
  const leg = { amount: sek('30.00'), refund: ref, candidates: [ref] }
  const failed = told({ type: 'refund.failed', ...leg }, { source: 'person' })
  const paid = told({ type: 'refund.confirmed', ...leg })
  for (const order of [
    [failed, paid],
    [paid, failed],
  ])
    expect(fold({ intents: [deposit(), r], observations: [credited(), ...order] })).toMatchObject({
      refunds: [{ state: 'confirmed' }],
      refundable: sek('70.00'),
      review: ['person_overruled'],
    })
  expect(typesOf(deliver([deposit(), r], [credited(), failed, paid]))).toEqual([
    'deposit.credited',
    'refund.failed',
    'refund.confirmed',
    'review.needed',
  ])
})
