import { createHmac } from 'node:crypto'
import { noMoney, requestFingerprint } from './intent.ts'

const secret = 'a-secret-of-at-least-32-characters-x'
const request = { reference: 'order-1', amount: { value: '10.00', currency: 'SEK' }, tags: ['b', 'a'], note: null }

describe('the fingerprint of a request', () => {
  test('is an HMAC-SHA-256 of its purpose and of the request with its members in order', () => {
    const sorted = '{"amount":{"currency":"SEK","value":"10.00"},"note":null,"reference":"order-1","tags":["b","a"]}'
    const expected = createHmac('sha256', secret).update(`railswitch fingerprint\n${sorted}`).digest('base64url')
    expect(requestFingerprint(request, secret)).toBe(expected)
  })

  test('does not depend on the order of the members, at any depth', () => {
    const { note, tags, amount, reference } = request
    const reordered = { note, tags, amount: { currency: amount.currency, value: amount.value }, reference }
    expect(requestFingerprint(reordered, secret)).toBe(requestFingerprint(request, secret))
    expect(requestFingerprint({ list: [{ a: 1, b: 2 }] }, secret)).toBe(
      requestFingerprint({ list: [{ b: 2, a: 1 }] }, secret),
    )
  })

  test.each<[string, object]>([
    ['another value', { ...request, reference: 'order-2' }],
    ['another order of a list', { ...request, tags: ['a', 'b'] }],
    ['a member that is missing instead of null', { ...request, note: undefined }],
    ['one more member', { ...request, more: true }],
    ['text instead of a number', { ...request, tags: ['b', '1'] }],
  ])('is another one for %s', (_name, other) => {
    expect(requestFingerprint(other, secret)).not.toBe(requestFingerprint(request, secret))
  })

  test('differs for another secret', () => {
    expect(requestFingerprint(request, `${secret}y`)).not.toBe(requestFingerprint(request, secret))
  })
})

test('noMoney has the ISO 4217 code for no currency', () => {
  expect(noMoney).toEqual({ value: '0', currency: 'XXX' })
})
