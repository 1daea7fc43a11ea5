import { createHmac } from 'node:crypto'
import { fingerprintOf, noMoney } from './intent.ts'

const secret = 'a-secret-of-at-least-32-characters-x'
const request = { reference: 'order-1', amount: { value: '10.00', currency: 'SEK' }, tags: ['b', 'a'], note: null }

describe('the fingerprint of a request', () => {
  test('is an HMAC-SHA-256 of its purpose and of the request with its members in order', () => {
    const sorted = '{"amount":{"currency":"SEK","value":"10.00"},"note":null,"reference":"order-1","tags":["b","a"]}'
    const expected = createHmac('sha256', secret).update(`railswitch fingerprint\n${sorted}`).digest('base64url')
    expect(fingerprintOf(request, secret)).toBe(expected)
  })

  test('does not depend on the order of the members, at any depth', () => {
    const { note, tags, amount, reference } = request
    const reordered = { note, tags, amount: { currency: amount.currency, value: amount.value }, reference }
    expect(fingerprintOf(reordered, secret)).toBe(fingerprintOf(request, secret))
    expect(fingerprintOf({ list: [{ a: 1, b: 2 }] }, secret)).toBe(fingerprintOf({ list: [{ b: 2, a: 1 }] }, secret))
  })

  test.each<[string, object]>([
    ['another value', { ...request, reference: 'order-2' }],
    ['another order of a list', { ...request, tags: ['a', 'b'] }],
    ['a member that is missing instead of null', { ...request, note: undefined }],
    ['one more member', { ...request, more: true }],
    ['text instead of a number', { ...request, tags: ['b', '1'] }],
  ])('is another one for %s', (_name, other) => {
    expect(fingerprintOf(other, secret)).not.toBe(fingerprintOf(request, secret))
  })

  test('differs for another secret', () => {
    expect(fingerprintOf(request, `${secret}y`)).not.toBe(fingerprintOf(request, secret))
  })
})

test('noMoney has the ISO 4217 code for no currency', () => {
  expect(noMoney).toEqual({ value: '0', currency: 'XXX' })
})
