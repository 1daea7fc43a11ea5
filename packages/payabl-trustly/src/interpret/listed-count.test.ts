import { depositIntent, depositRef, eur, recordOf, report } from '../__fixtures__/records.ts'
import { listedOf } from './listed-count.ts'
import { readingsOf } from './reading.ts'

const list = (
  vendorId: string,
  count: string | undefined,
  through = '',
  value = '4.00',
  at = '2026-11-25T00:00:00.000Z',
) =>
  report({
    method: 'listed refund',
    vendorId,
    at,
    money: eur(value),
    members: { errorcode: '0', ...(count !== undefined && { count }), ...(through && { through }) },
  })
const of = (...lists: readonly ReturnType<typeof list>[]) => {
  const deposit = depositIntent()
  const readings = readingsOf(recordOf([deposit], lists), new Set([depositRef]), deposit)
  const all = listedOf(readings, eur('4.00'), () => true)
  return all && { ...all, readings: all.readings.map(({ vendorId }) => vendorId) }
}

test('what was never listed is not zero', () => {
  expect(of()).toBeNull()
  expect(of(list('7', '1', '', '4.01'))).toBeNull()
})

test('a list without a count shows one', () => {
  expect(of(list('7', undefined))).toEqual({ count: 1, through: '', readings: ['7'] })
})

test('several transactions add up', () => {
  expect(of(list('7', '2'), list('8', '3'))).toEqual({ count: 5, through: '', readings: ['7', '8'] })
})

test('of one transaction the largest count and the latest time stand, in whatever order they came', () => {
  const [early, late] = [
    list('7', '3', '2026-11-21T00:00:00.000Z'),
    list('7', '2', '2026-11-22T00:00:00.000Z', '4.00', '2026-11-26T00:00:00.000Z'),
  ]
  for (const lists of [
    [early, late],
    [late, early],
  ])
    expect(of(...lists)).toEqual({ count: 3, through: '2026-11-22T00:00:00.000Z', readings: ['7', '7'] })
})

test('only the transactions that are meant count', () => {
  const deposit = depositIntent()
  const readings = readingsOf(recordOf([deposit], [list('7', '2'), list('8', '3')]), new Set([depositRef]), deposit)
  expect(listedOf(readings, eur('4.00'), (id) => id === '8')).toMatchObject({ count: 3 })
  expect(listedOf(readings, eur('4.00'), (id) => id === '9')).toBeNull()
})
