import fc from 'fast-check'
import { parsePaymentRef, paymentRef } from './payment-ref.ts'
import { merchantReference, wireReference } from './reference.ts'

const reference = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)
const attempt = fc.integer({ min: 1, max: 99 })
const key = fc.record({ reference: fc.oneof(reference, fc.stringMatching(/^[ab]{1,2}(_\d{1,2}){0,2}$/)), attempt })

test('property: no two keys share the id that a vendor receives', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      const same = wireReference(a.reference) === wireReference(b.reference) && a.attempt === b.attempt
      expect(merchantReference(a) === merchantReference(b)).toBe(same)
    }),
    { numRuns: 2000 },
  )
})

test('property: the form that is sent is short and has only plain characters', () => {
  fc.assert(
    fc.property(key, (given) => {
      expect(merchantReference(given)).toMatch(/^[A-Za-z0-9_-]{1,30}$/)
      expect(wireReference(given.reference)).toMatch(/^[A-Za-z0-9_-]{1,27}$/)
      expect(wireReference(wireReference(given.reference))).toBe(wireReference(given.reference))
    }),
  )
})

test('a UUID is a reference, and two UUIDs have different hashes', () => {
  const a = wireReference('550e8400-e29b-41d4-a716-446655440000')
  expect(a).not.toBe(wireReference('550e8400-e29b-41d4-a716-446655440001'))
  expect(a).toHaveLength(27)
})

test('property: a ref has at most 120 ASCII characters, and its parts can be read back', () => {
  fc.assert(
    fc.property(key, fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/), (given, rail) => {
      const ref = paymentRef({ rail, kind: 'refund', ...given })
      expect(ref).toMatch(/^[\x21-\x7e]{1,120}$/)
      expect(parsePaymentRef(ref)).toEqual({
        rail,
        kind: 'refund',
        reference: wireReference(given.reference),
        attempt: given.attempt,
      })
    }),
  )
})

test.each([
  '',
  'rs1',
  'rs2.a.deposit.b.1',
  'rs1.a.lease.b.1',
  'rs1.A.deposit.b.1',
  'rs1.a.deposit.b.0',
  'rs1.a.deposit.b.100',
])('%p is not a payment ref', (text) => {
  expect(parsePaymentRef(text)).toBeNull()
})
