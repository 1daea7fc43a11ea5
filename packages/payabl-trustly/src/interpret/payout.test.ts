import { derivePayout, type PaymentRecord, type Report } from '@railswitch/core/provider'
import {
  callback,
  derived,
  factWords,
  payoutIntent,
  payoutRef,
  recordOf,
  report,
  secondsAfter,
} from '../__fixtures__/records.ts'
import { interpret } from './interpret.ts'

const payout = payoutIntent(['104900002'])
const of = (...reports: readonly Report[]): PaymentRecord => recordOf([payout], reports)
const stateOf = (record: PaymentRecord) => derivePayout(record, derived(record).facts)?.state
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)
const reported = (more: Parameters<typeof callback>[0] = {}, proof: Report['proof'] = 'token') =>
  callback({ type: 'cft', transactionid: '104900002', amount: '25.00', ...more }, { intent: payoutRef, proof })

const types = ['capture', 'chb', 'refund', 'cft', 'retrieval_request', 'invented_later'] as const
const errorcodes = ['0', '2000', '-5003', '-1315', '-5002', '-5004', '-5007', '-999', '-31337'] as const
const states = [undefined, 'not_credited_yet', 'credited', 'not_credited', 'reversed_later'] as const
const rows = types.flatMap((type) =>
  errorcodes.flatMap((errorcode) => states.map((payment_state) => ({ type, errorcode, payment_state }))),
)

test.each(rows)(
  'type $type, errorcode $errorcode, payment_state $payment_state',
  ({ type, errorcode, payment_state }) => {
    const isOther = type === 'refund' || type === 'chb' || type === 'retrieval_request'
    const isUnderway = errorcode === '0' || errorcode === '2000'
    const fact = isOther ? 'unrecognised' : isUnderway ? 'payout.accepted' : 'payout.failed 25.00'
    expect(factWords(of(reported({ type, errorcode, payment_state })))).toEqual([fact])
    expect(factWords(of(reported({ type, errorcode, payment_state }, 'unproven')))).toEqual([fact])
  },
)

test('is never paid by a callback: there is none of success', () => {
  for (const proof of ['token', 'unproven'] as const)
    expect(stateOf(of(reported({ payment_state: 'credited' }, proof)))).toBe('accepted')
})

test('a failure without our token is believed, in our amount', () => {
  const record = of(reported({ errorcode: '-5008', amount: '9999.00' }, 'unproven'))
  expect([factWords(record), stateOf(record), reasonsOf(record)]).toEqual([['payout.failed 25.00'], 'failed', []])
})

test('two failures at different times are one, whatever their codes', () => {
  const record = of(
    reported({ errorcode: '-5008' }),
    reported({ errorcode: '-5008', timestamp: secondsAfter(1440) }),
    reported({ errorcode: '-5000', timestamp: secondsAfter(2880) }),
  )
  expect(factWords(record)).toEqual(['payout.failed 25.00 (3 reports)'])
  expect(derived(record).pending.map(({ event }) => event.type)).toEqual(['payout.failed'])
})

test('a failure of another sum needs review', () => {
  const record = of(reported({ errorcode: '-5008', amount: '20.00' }))
  expect([stateOf(record), reasonsOf(record)]).toEqual(['unknown', ['amount_differs']])
})

test('row 15: a failure that came with the payout`s token fails it, though it names the deposit`s transaction', () => {
  expect(stateOf(of(reported({ errorcode: '-5008', transactionid: '104900001' })))).toBe('failed')
})

describe('what a diagnosis shows', () => {
  const shown = (errorcode: string, at: string) =>
    report({ method: 'diagnose cft', vendorId: '104900002', intent: payoutRef, members: { errorcode }, at })

  test.each(['0', '2000'])('%s is on its way, which is not paid', (errorcode) => {
    expect(stateOf(of(shown(errorcode, '2026-11-25T10:00:00.000Z')))).toBe('accepted')
  })

  test('an error has failed', () => {
    expect(interpret(of(shown('-5008', '2026-11-25T10:00:00.000Z')))).toMatchObject([
      { type: 'payout.failed', source: 'lookup', amount: { value: '25.00', currency: 'EUR' } },
    ])
  })

  test('success after the time to fail is paid, by look-up, and pending then is not', () => {
    const late = '2026-12-04T09:20:00.000Z'
    const record = of(shown('0', late))
    expect(derivePayout(record, derived(record).facts)?.attempts).toMatchObject([
      { state: 'confirmed', confirmedBy: 'lookup' },
    ])
    expect(stateOf(of(shown('0', '2026-12-04T09:19:59.999Z')))).toBe('accepted')
    expect(stateOf(of(shown('2000', late)))).toBe('accepted')
  })
})

test('failures of several amounts are several facts, each with its own name, and what is alive is one', () => {
  const facts = interpret(
    of(
      reported({ errorcode: '-5007' }),
      reported({ errorcode: '-5007', amount: '20.00' }),
      reported({ transactionid: '7', errorcode: '-5002', amount: '20.00' }),
      reported(),
      reported({ transactionid: '8' }),
    ),
  )
  expect(facts.map(({ type, key, evidence }) => [type, key, evidence.length])).toEqual([
    ['payout.failed', 'failed 20.00 EUR', 2],
    ['payout.failed', 'failed 25.00 EUR', 1],
    ['payout.accepted', 'accepted', 2],
  ])
})

test('only what payabl shows itself, after the time in which a bank may return it, is confirmed', () => {
  const long = '2026-12-31T00:00:00.000Z'
  const shown = report({
    method: 'diagnose cft',
    vendorId: '104900002',
    intent: payoutRef,
    members: { errorcode: '0' },
    at: long,
  })
  expect(interpret(of(shown)).map(({ type, key }) => [type, key])).toEqual([
    ['payout.accepted', 'accepted'],
    ['payout.confirmed', 'confirmed'],
  ])
  expect(factWords(of({ ...reported(), at: long }))).toEqual(['payout.accepted'])
})
