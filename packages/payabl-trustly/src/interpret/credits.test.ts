import { ownMethods, type Report } from '@railswitch/core/provider'
import {
  callback,
  credited,
  depositIntent,
  depositRef,
  eur,
  payoutRef,
  recordOf,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import { creditsOf, decisionsOf } from './credits.ts'
import { readingsOf } from './reading.ts'

const deposit = depositIntent()
const person = (more: Partial<Report> = {}) =>
  report({ method: ownMethods.personCredited, proof: 'person', money: eur('10.00'), ...more })
const imported = (state: string) =>
  report({ method: ownMethods.imported, proof: 'person', money: eur('10.00'), members: { state } })
const of = (...reports: readonly Report[]) => {
  const own = recordOf([deposit], reports)
  return creditsOf(own, depositRef, readingsOf(own, new Set([depositRef]), deposit))
}

test('a believed report that is credited, and no other, is a credit', () => {
  const at = '2026-11-20T09:25:00.000Z'
  expect(of(credited())).toEqual([{ vendorId: '104900001', at, amount: eur('10.00') }])
  for (const other of [
    unproven({ payment_state: 'credited' }),
    callback({ payment_state: 'credited', errorcode: '2000' }),
    callback({ payment_state: 'credited', errorcode: '-5002' }),
    callback({ payment_state: 'not_credited_yet' }),
    callback({ payment_state: 'credited', amount: undefined }),
  ])
    expect(of(other)).toEqual([])
})

test('a person`s word stands at its own time, an import before everything', () => {
  expect(of(person())).toEqual([{ vendorId: '104900001', at: '2026-11-20T10:00:00.000Z', amount: eur('10.00') }])
  expect(of(imported('credited'))).toEqual([{ vendorId: '104900001', at: '', amount: eur('10.00') }])
  expect(of(imported('not_credited_yet'))).toEqual([])
})

test('what says no money, or was said of another payment, is none', () => {
  expect(of({ ...person(), money: undefined } as unknown as Report)).toEqual([])
  expect(of(person({ intent: payoutRef }))).toEqual([])
  expect(of(person({ method: ownMethods.personConfirmed }))).toEqual([])
})

test('the earliest is the first; of one second the smaller id', () => {
  const later = callback({ payment_state: 'credited', timestamp: secondsAfter(1) })
  const second = credited('104900000')
  const ids = (...reports: readonly Report[]) =>
    of(...reports).map(({ vendorId, at }) => `${vendorId} ${at.slice(14, 16)}`)
  const expected = ['104900000 25', '104900001 25', '104900001 26']
  expect(ids(later, credited(), second)).toEqual(expected)
  expect(ids(second, credited(), later)).toEqual(expected)
})

test('a person`s word under no transaction is the one that came', () => {
  const word = person({ vendorId: depositRef })
  expect(of(word).map(({ vendorId }) => vendorId)).toEqual([depositRef])
  expect(of(word, credited()).map(({ vendorId }) => vendorId)).toEqual(['104900001', '104900001'])
})

test('decisions are persons` alone', () => {
  const own = recordOf([deposit], [credited(), person(), imported('credited')])
  expect(decisionsOf(own, depositRef)).toEqual([
    { vendorId: '104900001', at: '2026-11-20T10:00:00.000Z', amount: eur('10.00') },
  ])
})

test('credits are in order of time, then of their ids and amounts, whatever was reported first', () => {
  const at = (minutes: number, transactionid: string, amount = '10.00') =>
    callback({ payment_state: 'credited', timestamp: secondsAfter(minutes), transactionid, amount })
  const sorted = [at(1, '9'), at(2, '7', '10.00'), at(2, '7', '9.00'), at(2, '8'), at(3, '6')] as const
  const expected = sorted.map(({ at: time, vendorId }) => [time, vendorId])
  const [a, b, c, d, e] = sorted
  for (const reports of [sorted, [e, d, c, b, a], [c, a, e, b, d], [b, d, a, c, e]]) {
    const credits = of(...reports)
    expect(credits.map((credit) => [credit.at, credit.vendorId])).toEqual(expected)
    expect(credits.map(({ amount }) => amount.value)).toEqual(['10.00', '10.00', '9.00', '10.00', '10.00'])
  }
})

test('imports and persons` words take their places among what was reported', () => {
  const late = callback({ payment_state: 'credited', timestamp: secondsAfter(60) })
  expect(of(late, person(), imported('credited')).map(({ at }) => at)).toEqual([
    '',
    '2026-11-20T10:00:00.000Z',
    '2026-11-20T10:25:00.000Z',
  ])
})

test('a person`s word of a transaction stays with it, whatever else was credited', () => {
  expect(of(person({ vendorId: '7' }), credited()).map(({ vendorId }) => vendorId)).toEqual(['104900001', '7'])
})
