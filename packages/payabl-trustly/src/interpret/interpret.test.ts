import { type Fact, ownMethods, type Report } from '@railswitch/core/provider'
import fc from 'fast-check'
import {
  callback,
  depositIntent,
  depositRef,
  derived,
  eur,
  notification,
  payoutIntent,
  payoutRef,
  recordOf,
  refundIntent,
  report,
  secondsAfter,
} from '../__fixtures__/records.ts'
import { toReport } from '../callbacks/report.ts'
import { interpret } from './interpret.ts'

const ids = fc.constantFrom('104900001', '104900002', '105000001', '7')
const amounts = fc.constantFrom('10.00', '4.00', undefined)
const proofs = fc.constantFrom<Report['proof']>('token', 'unproven')

const callbacks = fc
  .record({
    transactionid: ids,
    type: fc.constantFrom('capture', 'chb', 'refund', 'cft', 'invented_later'),
    errorcode: fc.constantFrom('0', '2000', '-5002', '-5007'),
    payment_state: fc.constantFrom(undefined, 'not_credited_yet', 'credited', 'not_credited'),
    amount: amounts,
    minutes: fc.integer({ min: 0, max: 3 }),
    proof: proofs,
    intent: fc.constantFrom(depositRef, payoutRef),
  })
  .map(({ minutes, proof, intent, ...more }) =>
    callback({ ...more, timestamp: secondsAfter(minutes) }, { proof, intent }),
  )

const lookups = fc
  .record({
    vendorId: ids,
    method: fc.constantFrom(
      'diagnose capture',
      'check capture',
      'listed capture',
      'listed failed',
      'listed chb',
      'listed refund',
      'diagnose refund',
      'diagnose cft',
    ),
    errorcode: fc.constantFrom('0', '2000', '-5002'),
    count: fc.integer({ min: 1, max: 3 }),
    through: fc.integer({ min: 0, max: 3 }),
    day: fc.integer({ min: 20, max: 30 }),
    isForeign: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
    hasMoney: fc.boolean(),
  })
  .map(({ vendorId, method, errorcode, count, through, day, isForeign, hasMoney }) =>
    report({
      vendorId,
      method,
      at: `2026-11-${day}T12:00:00.000Z`,
      ...(hasMoney && { money: eur('4.00') }),
      intent: method === 'diagnose cft' ? payoutRef : depositRef,
      members: {
        errorcode,
        count: String(count),
        through: new Date(Number(secondsAfter(through)) * 1000).toISOString(),
        ...(isForeign && method.startsWith('listed') && { foreign: 'yes' }),
      },
    }),
  )

const persons = fc
  .constantFrom(ownMethods.imported, ownMethods.personCredited, ownMethods.overdue)
  .map((method) => report({ method, proof: 'person', money: eur('10.00'), members: { state: 'credited' } }))

const reports = fc.uniqueArray(fc.oneof(callbacks, callbacks, lookups, persons), {
  selector: ({ id }) => id,
  maxLength: 9,
})
const intents = [
  depositIntent(),
  refundIntent('r-1', '4.00', ['105000001']),
  refundIntent('r-2', '4.00'),
  payoutIntent(['104900002']),
]
const sorted = (facts: readonly Fact[]): readonly string[] => facts.map((fact) => JSON.stringify(fact)).sort()

test('the order of the reports makes no difference', () => {
  fc.assert(
    fc.property(
      reports.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      ([some, shuffled]) => {
        expect(interpret(recordOf(intents, shuffled))).toEqual(interpret(recordOf(intents, some)))
      },
    ),
    { numRuns: 500 },
  )
})

test('and neither do a second reading of the same record, or reports that are not known to be ours', () => {
  fc.assert(
    fc.property(reports, callbacks, (some, strange) => {
      const record = recordOf(intents, some)
      const beside = recordOf(intents, [...some, { ...strange, id: `${strange.id}|strange`, intent: null }])
      expect(sorted(interpret(beside))).toEqual(sorted(interpret(record)))
    }),
    { numRuns: 200 },
  )
})

test('a redelivery of the same second says nothing new, though payabl leaves the currency out of it', () => {
  const bare = (one: Report): Report => {
    const { currency: _left, ...members } = one.members
    const { money: _read, ...rest } = one
    return { ...rest, members, id: `${one.id}|bare` }
  }
  const withoutEvidence = (facts: readonly Fact[]) => sorted(facts.map((fact) => ({ ...fact, evidence: [] })))
  fc.assert(
    fc.property(reports, fc.nat(), (some, at) => {
      const reported = some.filter(({ members }) => members.currency !== undefined)
      const one = reported[at % Math.max(1, reported.length)]
      const again = one ? [...some, bare(one)] : some
      expect(withoutEvidence(interpret(recordOf(intents, again)))).toEqual(
        withoutEvidence(interpret(recordOf(intents, some))),
      )
    }),
    { numRuns: 300 },
  )
})

test('every fact rests on reports of the record, and no two of one type and intent have one key', () => {
  fc.assert(
    fc.property(reports, (some) => {
      const known = new Set(some.map(({ id }) => id))
      const facts = interpret(recordOf(intents, some))
      for (const { evidence } of facts) expect(evidence.length > 0 && evidence.every((id) => known.has(id))).toBe(true)
      const named = facts.map(({ type, intent, key, vendorId, ...rest }) =>
        [type, intent, vendorId, key, 'reason' in rest ? rest.reason : ''].join(' '),
      )
      expect(new Set(named).size).toBe(named.length)
    }),
    { numRuns: 500 },
  )
})

test('what nothing proves never credits, reverses or gives back money', () => {
  const moving: ReadonlySet<string> = new Set(['deposit.credited', 'deposit.not_credited_yet', 'deposit.reversed'])
  fc.assert(
    fc.property(fc.array(callbacks, { maxLength: 8 }), (some) => {
      const record = recordOf(
        intents,
        some.map((one) => ({ ...one, proof: 'unproven' as const })),
      )
      expect(interpret(record).filter(({ type }) => moving.has(type))).toEqual([])
      expect(derived(record).pending.map(({ event }) => event.type)).not.toContain('deposit.credited')
    }),
    { numRuns: 300 },
  )
})

describe('the report of a notification', () => {
  test('says when, where and in whose words', () => {
    expect(toReport(notification({ payment_state: 'credited' }))).toEqual({
      id: `104900001|capture|0|credited|10.00 EUR|${secondsAfter(0)}`,
      at: '2026-11-20T09:25:00.000Z',
      vendorId: '104900001',
      method: 'capture',
      money: eur('10.00'),
      members: {
        errorcode: '0',
        payment_state: 'credited',
        amount: '10.00',
        currency: 'EUR',
        timestamp: secondsAfter(0),
      },
    })
  })

  test('without a currency leaves the money to be read with the intent`s', () => {
    const { money, members } = toReport(notification({ currency: undefined }))
    expect([money, members.amount]).toEqual([undefined, '10.00'])
  })

  test.each([
    ['another time', { timestamp: secondsAfter(1) }],
    ['another state in the same second, which shares its security', { payment_state: 'credited' }],
    ['another amount', { amount: '9.00' }],
    ['another currency', { currency: 'SEK' }],
    ['another type', { type: 'refund' }],
    ['another code', { errorcode: '-5002' }],
  ])('is another one with %s', (_, more) => {
    expect(toReport(notification(more)).id).not.toBe(toReport(notification()).id)
  })

  test('holds nothing of the customer', () => {
    const personal = { account_number: '69706212', account_holder: 'Åsa Öberg', bic: 'SWEDSESS', errormessage: 'Öberg' }
    const stored = JSON.stringify(toReport(notification({ payment_state: 'credited', ...personal })))
    for (const value of Object.values(personal)) expect(stored).not.toContain(value)
  })
})
