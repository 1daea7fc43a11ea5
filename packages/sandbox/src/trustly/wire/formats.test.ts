import { formatAmount, parseAmount, parseLooseAmount, toTimestamp, toUtcTimestamp } from './formats.ts'

test.each([
  ['103.00', 'SEK', 10_300n],
  ['0.01', 'EUR', 1n],
  ['103', 'HUF', 103n],
])('reads %s %s and writes it back', (text, currency, minor) => {
  expect(parseAmount(text, currency)).toBe(minor)
  expect(formatAmount(minor, currency)).toBe(text)
})

test.each([
  '',
  '0.00',
  '00.01',
  '1',
  '1.0',
  '1.000',
  ' 1.00',
  '1.00\n',
  '-1.00',
  '+1.00',
  '1,00',
  '1234567890123.00',
  '１.00',
])('refuses %j', (text) => {
  expect(parseAmount(text, 'EUR')).toBeUndefined()
})

test('writes a balance below zero', () => {
  expect(formatAmount(-5n, 'EUR')).toBe('-0.05')
  expect(formatAmount(0n, 'EUR')).toBe('0.00')
})

test('takes fewer decimals where that is wanted, and no other mistakes', () => {
  expect(['10', '100.1', '0.5', '3.00'].map((text) => parseLooseAmount(text, 'EUR'))).toEqual([
    1000n,
    10_010n,
    50n,
    300n,
  ])
  expect(['', '0', '1.', '1,0', '01', '1.000', '-1'].map((text) => parseLooseAmount(text, 'EUR'))).toEqual(
    Array.from({ length: 7 }, () => undefined),
  )
  expect(parseLooseAmount('2500.0', 'HUF')).toBeUndefined()
})

test.each([
  ['2014-01-30T12:28:45.652Z', /^2014-01-30 13:28:45\.652\d{3}\+01$/],
  ['2015-05-12T09:16:30.957Z', /^2015-05-12 11:16:30\.957\d{3}\+02$/],
  ['2014-12-31T23:30:00.000Z', /^2015-01-01 00:30:00\+01$/],
  ['2014-01-30T12:28:45.007Z', /^2014-01-30 13:28:45\.007\d+\+01$/],
])('writes %s as documented: microseconds, and the two-digit offset of Sweden', (iso, text) => {
  expect(toTimestamp(new Date(iso))).toMatch(text)
  expect(toTimestamp(new Date(iso))).toBe(toTimestamp(new Date(iso)))
})

// Published in java-response-settlementreport: the day of a report is a day in UTC.
test('writes the times of settlement reports in UTC', () => {
  expect(toUtcTimestamp(new Date('2018-11-16T12:52:22.293Z'))).toMatch(/^2018-11-16 12:52:22\.293\d*\+00$/)
})
