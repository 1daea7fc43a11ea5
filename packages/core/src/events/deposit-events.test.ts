import { fact } from '../__fixtures__/bank.ts'
import { deposit, depositRef, recordOf, refOf, refund, refused, sek } from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { deriveEvents } from './derive-events.ts'

const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
const order = deposit()
const credited = (members: Partial<FactOf<'deposit.credited'>> = {}) =>
  fact('deposit.credited', { evidence: ['credit'], ...members })
const reversed = (value = '100.00', members: Partial<FactOf<'deposit.reversed'>> = {}) =>
  fact('deposit.reversed', { amount: sek(value), evidence: ['back'], at: on(3), ...members })
const emittedCredit = (...evidence: readonly string[]): EmittedEvent => ({
  id: 'emitted',
  type: 'deposit.credited',
  payment: depositRef,
  money: sek('100.00'),
  answer: 'ok',
  evidence,
})

const eventsOf = (
  facts: readonly Fact[],
  { intents = [order], emitted = [] }: { intents?: readonly RecordedIntent[]; emitted?: readonly EmittedEvent[] } = {},
) => deriveEvents(recordOf(intents, { emitted }), facts)
const typesOf = (...members: Parameters<typeof eventsOf>) => eventsOf(...members).map(({ event }) => event.type)
const shared = { payment: depositRef, reference: 'order-1' }

test('the id of a credit contains its transaction, and `now` contains the current net amount', () => {
  expect(eventsOf([credited(), reversed('30.00')])).toEqual([
    {
      event: {
        ...shared,
        type: 'deposit.credited',
        id: `${depositRef}:deposit.credited:tx-1`,
        now: { state: 'reversed', net: sek('70.00') },
        at: on(2),
        amount: sek('100.00'),
      },
      evidence: ['credit'],
      money: sek('100.00'),
    },
    {
      event: {
        ...shared,
        type: 'deposit.reversed',
        id: `${depositRef}:deposit.reversed:back`,
        now: { state: 'reversed', net: sek('70.00') },
        at: on(3),
        amount: sek('30.00'),
        exposure: sek('0.00'),
      },
      evidence: ['back'],
      money: sek('30.00'),
    },
  ])
})

describe('a reversal', () => {
  test('is separate if its fact is', () => {
    expect(eventsOf([credited(), reversed('30.00', { separate: true })]).map(({ separate }) => separate)).toEqual([
      undefined,
      true,
    ])
  })

  test('never comes before its credit, whatever times the vendor reports', () => {
    const events = eventsOf([credited({ at: on(4) }), reversed('30.00', { at: on(1) })])
    expect(events.map(({ event }) => [event.type, event.at])).toEqual([
      ['deposit.credited', on(4)],
      ['deposit.reversed', on(4)],
    ])
  })

  test('is not emitted without its credit', () => {
    expect(typesOf([reversed()])).toEqual([])
    expect(typesOf([credited({ amount: sek('90.00') }), reversed('90.00')])).toEqual([])
    expect(typesOf([credited(), fact('deposit.not_credited'), reversed()])).toEqual([])
  })

  test('of an emitted credit that was contradicted later is emitted', () => {
    const facts = [credited(), fact('deposit.not_credited'), reversed('30.00', { at: on(1) })]
    const events = eventsOf(facts, { emitted: [emittedCredit('credit')] })
    expect(events.map(({ event }) => [event.type, event.at])).toEqual([
      ['deposit.credited', on(2)],
      ['deposit.reversed', on(2)],
    ])
    expect(typesOf(facts, { emitted: [emittedCredit('another')] })).toEqual([])
    expect(typesOf(facts, { emitted: [{ ...emittedCredit('credit'), type: 'deposit.not_credited_yet' }] })).toEqual([])
  })

  test.each([
    ['nothing was refunded', [], '100.00', '0.00'],
    ['the rest covers the refunds', ['70.00'], '30.00', '0.00'],
    ['the refunds exceed the rest', ['70.00'], '30.01', '0.01'],
    ['everything was taken back', ['70.00'], '100.00', '70.00'],
    ['more was taken back than was credited', ['70.00'], '130.00', '70.00'],
  ])('has the right exposure when %s', (_name, refunds, back, exposure) => {
    const intents = [order, ...refunds.map((value, index) => refund(`r-${index}`, { value }))]
    expect(eventsOf([credited(), reversed(back)], { intents }).at(-1)?.event).toMatchObject({ exposure: sek(exposure) })
  })
})

describe('row 8 and 9: two credited transactions', () => {
  const second = credited({ vendorId: 'tx-2', evidence: ['credit-2'], at: on(4) })

  test('emit +100, −100 and +100 if the first is reversed', () => {
    const events = eventsOf([second, reversed(), credited()])
    expect(events.map(({ event, money }) => [event.type, money?.value, event.at])).toEqual([
      ['deposit.credited', '100.00', on(2)],
      ['deposit.reversed', '100.00', on(3)],
      ['deposit.credited', '100.00', on(4)],
    ])
  })

  test('ship once if neither is reversed: the emitted one, otherwise the earlier one', () => {
    const idsOf = (emitted: readonly EmittedEvent[]) =>
      eventsOf([second, credited()], { emitted }).map(({ event }) => event.id)
    expect(idsOf([])).toEqual([`${depositRef}:deposit.credited:tx-1`])
    expect(idsOf([emittedCredit('credit-2')])).toEqual([`${depositRef}:deposit.credited:tx-2`])
  })

  test('ship the second when the first is reversed, if it was credited before', () => {
    const events = eventsOf([credited(), second, reversed('100.00', { at: on(5) })])
    expect(events.map(({ event }) => [event.type, event.at])).toEqual([
      ['deposit.credited', on(2)],
      ['deposit.reversed', on(5)],
      ['deposit.credited', on(5)],
    ])
  })

  test('still ship the first if it is reversed only in part', () => {
    expect(typesOf([credited(), second, reversed('99.99')])).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('never ship the second if it is reversed before the first', () => {
    const back = reversed('100.00', { vendorId: 'tx-2', evidence: ['back-2'], at: on(5) })
    expect(typesOf([credited(), second, back])).toEqual(['deposit.credited'])
  })

  test('both count if both were emitted', () => {
    const emitted = [emittedCredit('credit'), emittedCredit('credit-2')]
    expect(typesOf([credited(), second], { emitted })).toEqual(['deposit.credited', 'deposit.credited'])
  })
})

describe('a refund', () => {
  const [first, second] = [refund('r-1'), refund('r-2')]
  const intents = [order, first, second]

  test.each(['refund.failed', 'refund.confirmed'] as const)('that %s names has its reference', (type) => {
    const named = fact(type, { refund: refOf(first), candidates: [refOf(first)], evidence: ['f'], at: on(5) })
    const [event] = eventsOf([named], { intents })
    expect(event).toEqual({
      event: {
        ...shared,
        type,
        id: `${depositRef}:${type}:${refOf(first)}`,
        now: { state: 'pending', net: sek('0.00') },
        at: on(5),
        amount: sek('30.00'),
        refund: 'r-1',
        candidates: ['r-1'],
      },
      evidence: ['f'],
      money: sek('30.00'),
      refund: 'r-1',
    })
  })

  test('that is not named has its candidates, and its id contains the transaction', () => {
    const unnamed = fact('refund.failed', { candidates: [refOf(first), refOf(second)], key: '30.00:1', separate: true })
    const [event] = eventsOf([unnamed], { intents })
    expect(event).toMatchObject({
      event: {
        id: `${depositRef}:refund.failed:tx-1:${refOf(first)},${refOf(second)}:30.00:1`,
        refund: null,
        candidates: ['r-1', 'r-2'],
      },
      refund: null,
      separate: true,
    })
  })

  test('that is not recorded has the ref of the report instead of a reference', () => {
    const other = refOf(refund('r-9'))
    const [event] = eventsOf([fact('refund.failed', { refund: other, candidates: [other] })], { intents })
    expect(event?.event).toMatchObject({ refund: other, candidates: [other] })
  })
})

describe('the state of a deposit', () => {
  const approved = fact('deposit.not_credited_yet', { evidence: ['a'] })
  const ended = fact('deposit.not_credited', { evidence: ['e'], reason: 'expired' })

  test('that is approved is one event', () => {
    expect(eventsOf([approved])).toEqual([
      {
        event: {
          ...shared,
          type: 'deposit.not_credited_yet',
          id: `${depositRef}:deposit.not_credited_yet:tx-1`,
          now: { state: 'not_credited_yet', net: sek('0.00') },
          at: on(2),
          amount: sek('100.00'),
        },
        evidence: ['a'],
      },
    ])
  })

  test('that ended is one event with the reason', () => {
    expect(eventsOf([ended])).toEqual([
      {
        event: {
          ...shared,
          type: 'deposit.not_credited',
          id: `${depositRef}:deposit.not_credited:tx-1`,
          now: { state: 'not_credited', net: sek('0.00') },
          at: on(2),
          reason: 'expired',
        },
        evidence: ['e'],
      },
    ])
  })

  test('that is superseded is not emitted', () => {
    expect(typesOf([approved, ended])).toEqual(['deposit.not_credited'])
    expect(typesOf([approved, credited()])).toEqual(['deposit.credited'])
    expect(typesOf([ended, credited({ vendorId: 'tx-2' })])).toEqual(['deposit.credited'])
  })

  test('is reported from the newest transaction, or from the last key at equal times', () => {
    const other = (at: string, key: string) => fact('deposit.not_credited', { vendorId: `tx-${key}`, at, key })
    const idOf = (...facts: readonly Fact[]) => eventsOf(facts)[0]?.event.id
    expect(idOf(other(on(4), 'a'), other(on(3), 'b'))).toBe(`${depositRef}:deposit.not_credited:tx-a`)
    expect(idOf(other(on(3), 'b'), other(on(3), 'a'))).toBe(`${depositRef}:deposit.not_credited:tx-b`)
  })

  describe('that ended in several transactions', () => {
    const endedAs = (vendorId: string, at: string) =>
      fact('deposit.not_credited', { vendorId, at, key: vendorId, evidence: [`end ${vendorId}`] })
    const evidenceOf = (...facts: readonly Fact[]) => eventsOf(facts)[0]?.evidence

    test('is one event: a vendor can report one end under two ids', () => {
      expect(evidenceOf(endedAs('tx-1', on(3)), endedAs('tx-2', on(4)))).toEqual(['end tx-1', 'end tx-2'])
      expect(evidenceOf(approved, endedAs('tx-1', on(3)), endedAs('tx-2', on(4)))).toEqual(['end tx-1', 'end tx-2'])
    })

    test('is another event if the customer paid in between', () => {
      const paid = fact('deposit.not_credited_yet', { vendorId: 'tx-2', at: on(4), key: 'tx-2', evidence: ['a'] })
      expect(evidenceOf(endedAs('tx-1', on(3)), paid, endedAs('tx-2', on(5)))).toEqual(['end tx-2'])
    })
  })

  test('whose call was refused has no event, because the call has failed', () => {
    expect(typesOf([ended], { intents: [deposit({ conclude: refused })] })).toEqual([])
  })

  test('with only a credit of another amount has no event', () => {
    expect(typesOf([credited({ amount: sek('90.00') })])).toEqual([])
  })
})

test('events are sorted by time; at the same time, money in comes before money out', () => {
  const first = refund('r-1')
  const named = { refund: refOf(first), candidates: [refOf(first)] }
  const facts = [
    fact('unrecognised', { method: 'novelty', evidence: ['u'] }),
    fact('refund.failed', { ...named, evidence: ['f'] }),
    fact('refund.confirmed', { ...named, evidence: ['c'] }),
    reversed('30.00', { at: on(2) }),
    credited(),
    fact('account.received', { account: '8', mandate: null, evidence: ['r'] }),
    fact('kyc.received', { abort: null, evidence: ['k'] }),
  ]
  expect(typesOf(facts, { intents: [order, first] })).toEqual([
    'kyc.received',
    'account.received',
    'deposit.credited',
    'deposit.reversed',
    'refund.confirmed',
    'refund.failed',
    'unrecognised',
  ])
})

test('a record without an intent has no events', () => {
  expect(eventsOf([credited()], { intents: [] })).toEqual([])
})
