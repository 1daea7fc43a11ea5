import { expect, test } from '@jest/globals'
import { isLeft } from '@railswitch/core/provider'
import fc from 'fast-check'
import { canonicalForm } from './canonical-form.ts'
import { parseJson } from './json-text.ts'
import { type RequestValue, readRequestData, toAmount } from './request-data.ts'

const outcome = (data: object) => {
  const read = readRequestData(data)
  return isLeft(read) ? [read.left.code, read.left.path] : 'read'
}

const ring: { [name: string]: unknown } = {}
ring.self = ring

test.each<[string, object, string, string]>([
  ['a number', { Attributes: { Amount: 100 } }, 'not_text', 'Attributes.Amount'],
  ['a boolean', { HoldNotifications: true }, 'not_text', 'HoldNotifications'],
  ['undefined', { Attributes: { Email: undefined } }, 'not_text', 'Attributes.Email'],
  ['a bigint', { a: 1n }, 'not_text', 'a'],
  ['a date', { a: new Date(0) }, 'not_text', 'a'],
  ['a map', { a: new Map() }, 'not_text', 'a'],
  ['a function', { toJSON: () => 'x' }, 'not_text', 'toJSON'],
  ['a hole in a list', { a: new Array(2) }, 'not_text', 'a.0'],
  ['a list instead of an object', [], 'not_text', ''],
  ['a name that PHP takes for a number', { a: { '10': 'x' } }, 'numeric_name', 'a.10'],
  ['another', { ' 1e3': 'x' }, 'numeric_name', ' 1e3'],
  ['a lone surrogate', { a: ['\ud83d'] }, 'lone_surrogate', 'a.0'],
])('refuses %s and says where', (_, data, code, path) => expect(outcome(data)).toEqual([code, path]))

test('refuses a lone surrogate in a name, and data without end', () => {
  expect(outcome({ '\ud83d': '' })[0]).toBe('lone_surrogate')
  expect(outcome(ring)[0]).toBe('too_deep')
})

test('keeps text, null, lists and objects, also without a prototype', () => {
  const data = { b: null, a: ['x', { c: '' }], d: Object.assign(Object.create(null), { e: 'f' }), '1a': 'g' }
  expect(readRequestData(data)).toEqual({
    _tag: 'Right',
    right: { b: null, a: ['x', { c: '' }], d: { e: 'f' }, '1a': 'g' },
  })
})

test('what it lets through is signed as Trustly will read it', () =>
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), requestValue), (data) => {
      const read = readRequestData(data)
      if (isLeft(read)) return
      const onTheWire = parseJson(JSON.stringify(read.right))
      expect(onTheWire).toEqual({ _tag: 'Right', right: read.right })
      if (!isLeft(onTheWire)) expect(canonicalForm(onTheWire.right)).toBe(canonicalForm(read.right))
    }),
  ))

const requestValue = fc.letrec<{ value: RequestValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
  ),
})).value

test.each([
  ['2500.00', 'HUF', '2500'],
  ['2500', 'HUF', '2500'],
  ['2500.50', 'HUF', '2500.50'],
  ['2500.00', 'SEK', '2500.00'],
])('%s %s is sent as %s', (value, currency, amount) => {
  expect(toAmount({ value, currency })).toBe(amount)
})
