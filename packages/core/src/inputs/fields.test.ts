import type * as z from 'zod'
import { deposit, payout, refOf, refund } from '../__fixtures__/records.ts'
import { refusedFields } from './__fixtures__/issues-of.ts'
import {
  country,
  day,
  emailAddress,
  paymentWithAccount,
  positiveMoney,
  providerOptions,
  referenceFields,
  trimmedText,
} from './fields.ts'
import { isAuditNote } from './text-rules.ts'

const accepts = (schema: z.ZodType, value: unknown): boolean => refusedFields(schema, value).length === 0

test('text for a vendor has no white space around it, no control characters, and a length', () => {
  const text = trimmedText(3)
  expect(['abc', 'å', 'a b'].filter((value) => accepts(text, value))).toEqual(['abc', 'å', 'a b'])
  expect(
    ['', 'abcd', ' a', 'a ', 'a\n', 'a\tb', '\u0000', '\u0085', 3].filter((value) => accepts(text, value)),
  ).toEqual([])
})

test('a reference has 1 to 200 plain characters', () => {
  const { reference } = referenceFields
  expect(['order_1-A', 'a'.repeat(200)].filter((value) => accepts(reference, value))).toHaveLength(2)
  expect(
    ['', 'a'.repeat(201), 'order 1', 'order.1', 'ordér', 'a\n'].filter((value) => accepts(reference, value)),
  ).toEqual([])
})

test('an attempt is a whole number from 1 to 99, or left out', () => {
  const { attempt } = referenceFields
  expect([undefined, 1, 99].filter((value) => accepts(attempt, value))).toHaveLength(3)
  expect([0, 100, 1.5, '1', Number.NaN].filter((value) => accepts(attempt, value))).toEqual([])
})

test('money to move is above zero and has the decimals of its currency', () => {
  expect(accepts(positiveMoney, { value: '0.01', currency: 'SEK' })).toBe(true)
  expect(refusedFields(positiveMoney, { value: '0.00', currency: 'SEK' })).toEqual(['value'])
  expect(refusedFields(positiveMoney, { value: '1.005', currency: 'SEK' })).toEqual(['value'])
  expect(refusedFields(positiveMoney, { value: 1, currency: 'SEK' })).toEqual(['value'])
  expect(refusedFields(positiveMoney, { value: '1.00', currency: 'ABC' })).toEqual(['currency'])
})

test('a day is a date of ISO 8601 without a time', () => {
  expect(['1979-01-31', '2024-02-29'].filter((value) => accepts(day, value))).toHaveLength(2)
  expect(
    ['1979-13-01', '31.01.1979', '1979-1-31', '1979-01-31T00:00:00Z', '+1979-01-31', ''].filter((value) =>
      accepts(day, value),
    ),
  ).toEqual([])
})

test('an account is named by a deposit or an account, not by money out and not by other text', () => {
  const [paid, back, out] = [refOf(deposit()), refOf(refund('r-1')), refOf(payout())]
  expect([paid, paid.replace('deposit', 'account')].filter((value) => accepts(paymentWithAccount, value))).toHaveLength(
    2,
  )
  expect([back, out, 'order-1', null].filter((value) => accepts(paymentWithAccount, value))).toEqual([])
})

test('an e-mail address is one address of at most 254 characters', () => {
  expect(accepts(emailAddress, 'name+tag@shop.example')).toBe(true)
  const longest = `${'a'.repeat(244)}@b.example`
  expect([longest, `a${longest}`].filter((value) => accepts(emailAddress, value))).toEqual([longest])
  const wrong = ['name@shop', 'name', 'a@b.example, c@d.example', 'a@b@c.example', `${'a'.repeat(250)}@b.example`]
  expect(wrong.filter((value) => accepts(emailAddress, value))).toEqual([])
})

test('a country is written as two capitals', () => {
  expect(['SE', 'se', 'SWE', 'UK'].filter((value) => accepts(country, value))).toEqual(['SE'])
})

test('options of providers are an object, whatever it contains', () => {
  expect([undefined, {}, { other: 1 }].filter((value) => accepts(providerOptions, value))).toHaveLength(3)
  expect([null, 'trustly'].filter((value) => accepts(providerOptions, value))).toEqual([])
})

test('a note has content, at most 200 characters, and none that a database refuses', () => {
  expect(['seen', 'two\nlines', 'é'.repeat(200)].filter(isAuditNote)).toHaveLength(3)
  expect(['', ' \n', 'a'.repeat(201), 'a\0b', '\ud800', 3, undefined].filter(isAuditNote)).toEqual([])
})
