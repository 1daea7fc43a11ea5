import { formatAmount, parseAmount, parseLooseAmount, toTimestamp } from './formats.ts'

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
  ['2014-01-30T13:28:45.652Z', '2014-01-30 13:28:45.652+00'],
  ['2014-01-30T13:28:45.650Z', '2014-01-30 13:28:45.65+00'],
  ['2014-01-30T13:28:45.000Z', '2014-01-30 13:28:45+00'],
  ['2014-01-30T13:28:45.007Z', '2014-01-30 13:28:45.007+00'],
])('writes %s as %s', (iso, text) => {
  expect(toTimestamp(new Date(iso))).toBe(text)
})
