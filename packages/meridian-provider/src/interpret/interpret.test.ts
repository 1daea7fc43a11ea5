import {
  deriveDeposit,
  derivePayout,
  emptyRecord,
  type Intent,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Report,
} from '@railswitch/core/provider'
import fc from 'fast-check'
import { interpret } from './interpret.ts'

const sek = (value: string) => ({ value, currency: 'SEK' })

const recorded = (kind: Intent['kind'], reference: string, value: string, of?: Intent): RecordedIntent => ({
  intent: {
    kind,
    rail: 'm',
    reference,
    attempt: 1,
    expect: sek(value),
    ...(of && { of: paymentRef(of) }),
    settings: { callbackUrl: 'https://shop.example/callbacks/m/token' },
  },
  fingerprint: 'f',
  begunAt: '2026-03-02T08:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds: [],
})
const deposit = recorded('deposit', 'order-1', '100.00')
const refund = recorded('refund', 'refund-1', '40.00', deposit.intent)
const payout = recorded('payout', 'payout-1', '50.00')

const report = (of: RecordedIntent, version: number, method: string, more: Partial<Report> = {}): Report => {
  const vendorId = { deposit: 'pi_1', refund: 'rf_1', payout: 'po_1' }[of.intent.kind as 'deposit']
  return {
    id: `${vendorId}|${version}`,
    at: `2026-03-02T08:00:0${version}.000Z`,
    rail: 'm',
    vendorId,
    method,
    money: of.intent.expect,
    proof: 'signature',
    intent: paymentRef(of.intent),
    ...more,
    members: { version: String(version), ...more.members },
  }
}
const credited = { credited: '10000' }
const open = report(deposit, 1, 'payin.open', { members: { credited: '0' } })
const approved = report(deposit, 2, 'payin.approved', { members: { credited: '0' } })
const paid = report(deposit, 3, 'payin.credited', { members: credited })
const reversedOnce = report(deposit, 4, 'payin.credited', { members: { ...credited, reversals: 'rv_1 3000 ' } })
const reversedTwice = report(deposit, 5, 'payin.credited', {
  members: { ...credited, reversals: 'rv_1 3000 ,rv_2 2000 ' },
})

const recordOf = (intents: readonly RecordedIntent[], ...reports: readonly Report[]): PaymentRecord => ({
  ...emptyRecord,
  intents,
  reports,
})
const factsOf = (...reports: readonly Report[]) => interpret(recordOf([deposit, refund], ...reports))

test('each state of a payin', () => {
  expect(factsOf(open)).toEqual([])
  expect(factsOf(approved)).toMatchObject([{ type: 'deposit.not_credited_yet', amount: sek('100.00') }])
  expect(factsOf(paid)).toMatchObject([{ type: 'deposit.credited', amount: sek('100.00'), key: 'pi_1' }])
})

test.each([
  ['cancelled', 'abandoned'],
  ['declined', 'declined'],
  ['expired', 'expired'],
  ['failed', 'failed'],
  ['something_new', 'failed'],
])('ended because %s: %s', (endedBecause, reason) => {
  const ended = report(deposit, 2, 'payin.ended', { members: { credited: '0', endedBecause } })
  expect(factsOf(ended)).toMatchObject([{ type: 'deposit.not_credited', reason }])
})

test('each reversal is a fact of its own, of which every version that lists it is evidence', () => {
  expect(factsOf(reversedTwice, paid, reversedOnce).filter(({ type }) => type === 'deposit.reversed')).toMatchObject([
    { key: 'rv_1', amount: sek('30.00'), evidence: ['pi_1|4', 'pi_1|5'], separate: true },
    { key: 'rv_2', amount: sek('20.00'), evidence: ['pi_1|5'], separate: true },
  ])
})

test('a version that was lost costs nothing: the next one shows its totals', () => {
  const record = recordOf([deposit], reversedTwice)
  expect(deriveDeposit(record, interpret(record))).toMatchObject({
    state: 'reversed',
    credited: sek('100.00'),
    reversed: sek('50.00'),
  })
})

test('the result does not depend on the order or the number of the deliveries', () => {
  const all = [open, approved, paid, reversedOnce, reversedTwice, report(refund, 1, 'refund.sent')]
  const expected = factsOf(...all)
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(factsOf(...shuffled)).toEqual(expected)
    }),
  )
})

test('evidence only grows, and no fact disappears, when another report arrives', () => {
  const all = [open, approved, paid, reversedOnce, reversedTwice]
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: 1 }), fc.constantFrom(...all), (some, next) => {
      const after = factsOf(...some, ...(some.includes(next) ? [] : [next]))
      for (const fact of factsOf(...some)) {
        const same = after.find(({ type, key }) => type === fact.type && key === fact.key)
        expect(same?.evidence).toEqual(expect.arrayContaining([...fact.evidence]))
      }
    }),
  )
})

test('a fact that only look-ups show has the source lookup', () => {
  expect(factsOf({ ...paid, proof: 'lookup' })).toMatchObject([{ source: 'lookup' }])
  expect(factsOf({ ...paid, proof: 'lookup' }, reversedOnce)[0]).toMatchObject({ source: 'vendor' })
})

test('a refund is confirmed, and comes back', () => {
  const sent = report(refund, 2, 'refund.sent')
  const named = {
    intent: paymentRef(deposit.intent),
    refund: paymentRef(refund.intent),
    candidates: [paymentRef(refund.intent)],
    amount: sek('40.00'),
    key: 'rf_1',
  }
  expect(factsOf(report(refund, 1, 'refund.processing'))).toEqual([])
  expect(factsOf(sent)).toMatchObject([{ ...named, type: 'refund.confirmed' }])
  expect(factsOf(report(refund, 2, 'refund.failed'))).toMatchObject([{ ...named, type: 'refund.failed' }])
  const record = recordOf([deposit, refund], paid, sent, report(refund, 3, 'refund.returned'))
  expect(deriveDeposit(record, interpret(record))).toMatchObject({
    refunds: [{ state: 'returned' }],
    refundable: sek('100.00'),
  })
})

test('a payout is accepted, confirmed and returned', () => {
  const record = recordOf(
    [payout],
    report(payout, 3, 'payout.returned'),
    report(payout, 1, 'payout.processing'),
    report(payout, 2, 'payout.sent'),
  )
  expect(interpret(record).map(({ type }) => type)).toEqual(['payout.accepted', 'payout.confirmed', 'payout.failed'])
  expect(derivePayout(record, interpret(record))).toMatchObject({ state: 'returned' })
})

test('a state that is not known is unrecognised, and its totals count', () => {
  const archived = report(deposit, 4, 'payin.archived', { members: credited })
  expect(factsOf(archived)).toMatchObject([
    { type: 'deposit.credited', amount: sek('100.00') },
    { type: 'unrecognised', method: 'payin.archived' },
  ])
})

test('never throws, whatever a report contains', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('rv_1 3000 ', '10000', '-1', 'NaN', 'payin.credited', 'refund.sent'),
  )
  const odd = fc.record({
    id: text,
    vendorId: text,
    method: text,
    at: text,
    money: fc.constantFrom({ value: 'x', currency: 'XXZ' }, sek('1.00')),
    members: fc.dictionary(fc.constantFrom('version', 'credited', 'reversals', 'endedBecause'), text),
  })
  fc.assert(
    fc.property(fc.array(odd), (reports) => {
      const base = { rail: 'm', proof: 'signature', intent: paymentRef(deposit.intent) } as const
      factsOf(...reports.map((one) => ({ ...base, ...one })))
    }),
  )
})
