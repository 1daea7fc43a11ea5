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
import { byContent, isError, provenOf, readingsOf, shownMethod, toBase } from './reading.ts'

const deposit = depositIntent()
const of = (...reports: readonly Report[]) => readingsOf(recordOf([deposit], reports), new Set([depositRef]), deposit)

test('a callback is read in payabl`s words', () => {
  expect(of(credited())).toEqual([
    {
      id: credited().id,
      at: '2026-11-20T09:25:00.000Z',
      vendorId: '104900001',
      channel: 'callback',
      type: 'capture',
      errorcode: '0',
      state: 'credited',
      money: eur('10.00'),
      proven: true,
      sum: '10.00 EUR',
      content: 'capture|0|credited|10.00 EUR',
      members: credited().members,
    },
  ])
})

test.each(['diagnose', 'check', 'listed'] as const)(
  'what a query of ours showed is read by its channel: %s',
  (channel) => {
    const [reading] = of(report({ method: shownMethod(channel, 'refund'), members: {} }))
    expect(reading).toMatchObject({
      channel,
      type: 'refund',
      errorcode: '',
      state: '',
      money: null,
      sum: '',
      proven: true,
    })
    expect(reading?.content).toBe('refund|||')
  },
)

test('money is in the deposit`s currency where none is named, and what cannot be read stays as it was said', () => {
  expect(of(callback({ currency: undefined }))[0]).toMatchObject({ money: eur('10.00'), sum: '10.00 EUR' })
  expect(of(callback({ amount: '1e3' }))[0]).toMatchObject({ money: null, sum: '1e3' })
  expect(of(callback({ amount: undefined }))[0]).toMatchObject({ money: null, sum: '' })
})

test('what is not applied, of another payment, or our own, is not read', () => {
  const other = callback({}, { intent: payoutRef })
  const own = report({ method: ownMethods.overdue })
  expect(of(callback({}, { intent: null }), other, own)).toEqual([])
})

test('they stand by time, then by id, in whatever order they came', () => {
  const reports = [
    callback({ timestamp: secondsAfter(1) }),
    callback({ errorcode: '-5002' }),
    callback({ transactionid: '104900000' }),
  ]
  const ids = of(...reports).map(({ id }) => id)
  expect(ids).toEqual([reports[2]?.id, reports[1]?.id, reports[0]?.id])
  expect(of(...[...reports].reverse()).map(({ id }) => id)).toEqual(ids)
})

test.each([
  ['0', false],
  ['2000', false],
  ['-5002', true],
  ['', true],
  ['00', true],
])('errorcode %j is an error: %s', (errorcode, expected) => {
  expect(isError(errorcode)).toBe(expected)
})

test('readings of one content and one transaction are a group', () => {
  const groups = byContent(
    of(
      callback(),
      callback({ timestamp: secondsAfter(1) }),
      callback({ transactionid: '7' }),
      callback({ amount: '9.00' }),
    ),
  )
  expect(groups.map((same) => same.length).sort()).toEqual([1, 1, 2])
})

test('of a group the proven ones are believed', () => {
  const [same] = byContent(of(callback(), unproven({ timestamp: secondsAfter(1) })))
  expect(same && provenOf(same)?.map(({ at }) => at)).toEqual(['2026-11-20T09:25:00.000Z'])
  const [none] = byContent(of(unproven()))
  expect(none && provenOf(none)).toBeNull()
})

test('facts stand at the earliest time, rest on every report once, and say who said it', () => {
  const shown = report({ method: 'diagnose capture', members: { errorcode: '0' } })
  const [first, ...others] = of(callback(), callback({ timestamp: secondsAfter(1) }), shown)
  if (!first) throw new Error('nothing was read')
  expect(toBase(depositRef, [first, ...others], 'cause')).toEqual({
    intent: depositRef,
    vendorId: '104900001',
    at: '2026-11-20T09:25:00.000Z',
    evidence: [callback().id, callback({ timestamp: secondsAfter(1) }).id, shown.id].sort(),
    source: 'vendor',
    key: '104900001|cause',
  })
  const [look] = of(shown)
  expect(look && toBase(depositRef, [look, look], 'cause')).toMatchObject({ source: 'lookup', evidence: [shown.id] })
})
