import * as fc from 'fast-check'
import {
  addDecimals,
  type Decimal,
  decimalOf,
  formatDecimal,
  fromUnits,
  isRoundedDown,
  negated,
  readDecimal,
  toUnits,
} from './decimal.ts'

test.each([
  ['5.00000000000000000000', '5'],
  ['-3.01', '-3.01'],
  ['0.00000000000000000001', '0.00000000000000000001'],
  ['-0.00', '0'],
  ['0012.50', '12.5'],
  ['12345678901234567890', '12345678901234567890'],
])('%s is %s', (text, expected) => {
  expect(readDecimal(text)).toBe(expected)
})

test.each(['', '1e3', '+1', '1,00', '.5', '5.', '1.2.3', ' 1', 'NaN', '0x1', '1'.repeat(21)])(
  '%p is refused',
  (text) => {
    expect(readDecimal(text)).toBeNull()
  },
)

test('no digit that counts is lost', () => {
  const isExact = fc.property(
    fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
    fc.integer({ min: 1, max: 20 }),
    (units, digits) => {
      const text = `${units < 0n ? '-' : ''}${(units < 0n ? -units : units).toString().padStart(digits + 1, '0')}`
      const [whole = '', decimals = ''] = (readDecimal(`${text.slice(0, -digits)}.${text.slice(-digits)}`) ?? '').split(
        '.',
      )
      return BigInt(whole + decimals.padEnd(digits, '0')) === units
    },
  )
  expect(fc.check(isExact).failed).toBe(false)
})

const read = (text: string): Decimal => readDecimal(text) as Decimal

test('sums are exact, whatever their decimals', () => {
  expect(addDecimals(read('0.1'), read('0.2'), read('-0.00000000000000000001'))).toBe('0.29999999999999999999')
  expect(addDecimals()).toBe('0')
  expect(negated(read('0'))).toBe('0')
  expect(negated(read('-0.01'))).toBe('0.01')
  expect(decimalOf({ value: '249.90', currency: 'SEK' })).toBe('249.9')
  const isExact = fc.property(
    fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }),
    (units) => toUnits(fromUnits(units)) === units,
  )
  expect(fc.check(isExact).failed).toBe(false)
})

test.each([
  ['1.23', '1.239', true],
  ['1.24', '1.239', false],
  ['1.22', '1.239', false],
  ['-1.23', '-1.239', true],
  ['-1.24', '-1.239', true],
  ['-1.25', '-1.239', false],
  ['1.23', '1.23', true],
  ['1.239', '1.239', true],
])('%s is %s rounded down: %s', (short, full, expected) => {
  expect(isRoundedDown(read(short), read(full), 'SEK')).toBe(expected)
})

test.each([
  ['12.5', 'SEK', '12.50'],
  ['-3', 'SEK', '-3.00'],
  ['0.123', 'SEK', '0.123'],
  ['12', 'JPY', '12'],
])('%s %s is written as %s', (decimal, currency, expected) => {
  expect(formatDecimal(read(decimal), currency)).toBe(expected)
})
