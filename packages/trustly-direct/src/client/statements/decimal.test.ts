import * as fc from 'fast-check'
import { readDecimal } from './decimal.ts'

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
