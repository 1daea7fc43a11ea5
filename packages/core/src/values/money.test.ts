import fc from 'fast-check'
import { isLeft, left } from '../fp.ts'
import { fromMinorUnits, money, parseMoney, readVendorMoney, sameMoney, toMinorUnits } from './money.ts'

test('fills missing decimals and never rounds', () => {
  expect(money('10', 'EUR')).toEqual({ value: '10.00', currency: 'EUR' })
  expect(money('8.5', 'SEK')).toEqual({ value: '8.50', currency: 'SEK' })
  expect(money('100', 'HUF')).toEqual({ value: '100.00', currency: 'HUF' })
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
  ['100.50', 'JPY', 'value'],
  ['100.00', 'JPY', 'value'],
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

test('property: conversions between minor units and text are inverse', () => {
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
  ['100.00', 'JPY', '100'],
  ['5.00000000000000000000', 'EUR', '5.00'],
  ['100.50', 'JPY', undefined],
  ['0.001', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
])("a vendor's %p %s is read as %p", (value, currency, read) => {
  expect(readVendorMoney(value, currency)?.value).toBe(read)
})

/** The definition of a vendor's amount: digits, then decimals; those beyond the currency's decimals are zeros. */
const expectedOf = (value: string, digits: number): string | undefined => {
  const [, whole = '', decimals = ''] = /^(0|[1-9]\d{0,14})(?:\.(\d+))?$/.exec(value) ?? []
  if (whole === '' || !/^0*$/.test(decimals.slice(digits))) return undefined
  return digits === 0 ? whole : `${whole}.${decimals.slice(0, digits).padEnd(digits, '0')}`
}

const digitsOfSome = { EUR: 2, JPY: 0, KWD: 3 } as const
const someCurrency = fc.constantFrom('EUR', 'JPY', 'KWD')

test("row 19: property: a vendor's amount of up to 64 characters is read by its definition, and nothing else is read", () => {
  const numbers = fc.stringMatching(/^(0|[1-9][0-9]{0,17})(\.[0-9]{0,4}0{0,30})?$/)
  const nearly = fc.string({ unit: fc.constantFrom(...'0019.,-+eE '), maxLength: 64 })
  fc.assert(
    fc.property(fc.oneof(numbers, nearly), someCurrency, (value, code) => {
      expect(readVendorMoney(value, code)?.value).toBe(expectedOf(value, digitsOfSome[code]))
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['1.0.0', 'EUR'],
  ['12.50.00', 'EUR'],
  ['1.000.00', 'KWD'],
  ['1..0', 'EUR'],
])('row 19: %p %s has two points and is refused', (value, code) => {
  expect(readVendorMoney(value, code)).toBeNull()
})

test('row 19: a text of more than 64 characters is refused', () => {
  const zeros = (length: number) => `1.${'0'.repeat(length - 2)}`
  expect(readVendorMoney(zeros(64), 'EUR')?.value).toBe('1.00')
  expect(readVendorMoney(zeros(65), 'EUR')).toBeNull()
  const long = '1'.repeat(65)
  expect(parseMoney({ value: zeros(65), currency: 'EUR' })).toMatchObject({
    left: [{ field: 'value', rule: expect.stringContaining('64 characters') }],
  })
  expect(() => toMinorUnits({ value: long, currency: 'EUR' })).toThrow(/64 characters/)
  expect(() => sameMoney(money('1', 'EUR'), { value: `${zeros(65)}`, currency: 'EUR' })).toThrow(/64 characters/)
  expect(toMinorUnits({ value: '1'.repeat(64), currency: 'JPY' })).toBe(BigInt('1'.repeat(64)))
})

const euros = "write it as text, such as '10.00'"
const yens = "write it as text, such as '10'"
const numberRule = 'must be text, because a number would be rounded'
const either = (smallest: string, main: string) =>
  `write '${smallest}' if it counts the smallest unit of the currency, or '${main}' if it counts the main unit`

test.each([
  [24990, 'EUR', numberRule, either('249.90', '24990.00')],
  [5, 'EUR', numberRule, either('0.05', '5.00')],
  [24990n, 'KWD', numberRule, either('24.990', '24990.000')],
  [24990, 'JPY', numberRule, "write '24990'"],
  [249.9, 'EUR', numberRule, "write '249.90'"],
  [249.9, 'JPY', numberRule, yens],
  [0.1 + 0.2, 'EUR', numberRule, euros],
  [123456789, 'EUR', numberRule, euros],
  [-5, 'EUR', numberRule, euros],
  [1e21, 'EUR', numberRule, euros],
  [Number.NaN, 'EUR', numberRule, euros],
  [{ amount: 3 }, 'KWD', numberRule, "write it as text, such as '10.000'"],
  ['1'.repeat(16), 'EUR', 'has more than 15 digits before the point', euros],
  ['1'.repeat(16), 'JPY', 'has more than 15 digits before the point', yens],
  [`0.${'0'.repeat(63)}`, 'EUR', 'has more than 64 characters', euros],
  ['8,50', 'EUR', 'must be digits with at most one decimal point', "write '8.50'"],
  ['8,5', 'EUR', 'must be digits with at most one decimal point', "write '8.50'"],
  ['1,250', 'EUR', 'must be digits with at most one decimal point', euros],
  ['1,250.00', 'EUR', 'must be digits with at most one decimal point', euros],
  ['123456789,50', 'EUR', 'must be digits with at most one decimal point', euros],
  ['8,50', 'JPY', 'must be digits with at most one decimal point', yens],
  ['1.', 'JPY', 'must be digits with at most one decimal point', yens],
  ['1.001', 'EUR', 'has more than the 2 decimals of its currency', 'round it by your own rule first'],
  ['1.5', 'JPY', 'has more than the 0 decimals of its currency', 'round it by your own rule first'],
])('the value %p of %s: %s, and %s', (value, currency, rule, fix) => {
  expect(parseMoney({ value, currency })).toEqual(left([{ field: 'value', rule, fix }]))
})

const unknownCurrency = {
  field: 'currency',
  rule: 'is not a currency of ISO 4217',
  fix: "write three capitals, such as 'EUR'",
}

test.each(['XXQ', 'eur', undefined, 978, ['EUR']])('the currency %j is refused', (currency) => {
  expect(parseMoney({ value: '1.005', currency })).toEqual(left([unknownCurrency]))
})

test('an amount of a wrong type has issues for its currency and its value', () => {
  const noValue = { field: 'value', rule: 'is required', fix: "write it as text, such as '10.00'" }
  for (const input of [null, undefined, 'EUR', 5]) expect(parseMoney(input)).toEqual(left([unknownCurrency, noValue]))
})

test('invalid money throws an error with its issues', () => {
  const refused = (make: () => unknown) => {
    try {
      return make()
    } catch (error) {
      return error
    }
  }
  const negative = { field: 'value', rule: 'must not be negative', fix: 'subtract less' }
  const surplus = {
    field: 'value',
    rule: 'has more than the 2 decimals of its currency',
    fix: 'round it by your own rule first',
  }
  const code = 'invalid_input'
  expect(refused(() => money('1.005', 'EUR'))).toMatchObject({ code, issues: [surplus] })
  expect(refused(() => toMinorUnits({ value: '1.005', currency: 'EUR' }))).toMatchObject({ code, issues: [surplus] })
  expect(refused(() => toMinorUnits({ value: '1', currency: 'XXQ' }))).toMatchObject({
    code,
    issues: [unknownCurrency],
  })
  expect(refused(() => fromMinorUnits(1n, 'XXQ'))).toMatchObject({ code, issues: [unknownCurrency] })
  expect(refused(() => fromMinorUnits(-1n, 'EUR'))).toMatchObject({ code, issues: [negative] })
  expect(refused(() => fromMinorUnits(-1n, 'JPY'))).toMatchObject({ code, issues: [negative] })
  expect(fromMinorUnits(0n, 'EUR')).toEqual({ value: '0.00', currency: 'EUR' })
  expect(fromMinorUnits(5n, 'KWD')).toEqual({ value: '0.005', currency: 'KWD' })
})

test('a missing amount or currency of a vendor is null', () => {
  expect(readVendorMoney(undefined, 'EUR')).toBeNull()
  expect(readVendorMoney('1.00', undefined)).toBeNull()
  expect(readVendorMoney(undefined, undefined)).toBeNull()
  expect(readVendorMoney('1.00', 'XXQ')).toBeNull()
})
