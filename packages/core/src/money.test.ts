import fc from 'fast-check'
import { isLeft } from './fp.ts'
import { fromMinorUnits, money, parseMoney, readVendorMoney, sameMoney, toMinorUnits } from './money.ts'

test('fills missing decimals and never rounds', () => {
  expect(money('10', 'EUR')).toEqual({ value: '10.00', currency: 'EUR' })
  expect(money('8.5', 'SEK')).toEqual({ value: '8.50', currency: 'SEK' })
  expect(money('100', 'HUF')).toEqual({ value: '100', currency: 'HUF' })
  expect(money('100', 'JPY')).toEqual({ value: '100', currency: 'JPY' })
})

test.each([
  ['1e3', 'EUR', 'value'],
  ['-1', 'EUR', 'value'],
  ['+1', 'EUR', 'value'],
  ['10.005', 'EUR', 'value'],
  ['8,50', 'EUR', 'value'],
  ['1 000.00', 'EUR', 'value'],
  ['01.00', 'EUR', 'value'],
  ['.50', 'EUR', 'value'],
  ['5.', 'EUR', 'value'],
  ['', 'EUR', 'value'],
  ['1'.repeat(16), 'EUR', 'value'],
  ['100.50', 'HUF', 'value'],
  ['100.00', 'HUF', 'value'],
  ['10.00', 'XXQ', 'currency'],
  ['10.00', 'eur', 'currency'],
  ['10.00', '', 'currency'],
])('refuses %p %p by naming %s, the rule and the fix', (value, currency, field) => {
  const parsed = parseMoney({ value, currency })
  expect(isLeft(parsed) && parsed.left).toEqual([{ field, rule: expect.any(String), fix: expect.any(String) }])
})

test.each([[10.5], [null], [undefined], [{}], ['10.00'], [{ value: 10, currency: 'EUR' }]])('refuses %j', (input) => {
  expect(isLeft(parseMoney(input))).toBe(true)
})

test('property: minor units and text are each the inverse of the other', () => {
  const currency = fc.constantFrom('EUR', 'SEK', 'HUF', 'JPY', 'KWD')
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), currency, (minor, code) => {
      const text = fromMinorUnits(minor, code)
      expect(toMinorUnits(text)).toBe(minor)
      expect(parseMoney(text)).toMatchObject({ right: text })
    }),
  )
})

test('compares amounts, not texts', () => {
  expect(sameMoney({ value: '8.5', currency: 'EUR' }, { value: '8.50', currency: 'EUR' })).toBe(true)
  expect(sameMoney(money('8.50', 'EUR'), money('8.50', 'SEK'))).toBe(false)
})

test.each([
  ['902.50', 'EUR', '902.50'],
  ['11', 'EUR', '11.00'],
  ['100.00', 'HUF', '100'],
  ['5.00000000000000000000', 'EUR', '5.00'],
  ['100.50', 'HUF', undefined],
  ['0.001', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
])("a vendor's %p %s is read as %p", (value, currency, read) => {
  expect(readVendorMoney(value, currency)?.value).toBe(read)
})
