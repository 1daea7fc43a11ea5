import fc from 'fast-check'
import { parsePaymentRef, paymentRef } from './payment-ref.ts'
import { wireReference } from './reference.ts'

const parts = fc.record({
  rail: fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/),
  kind: fc.constantFrom('deposit', 'refund', 'payout', 'withdrawal', 'account' as const),
  reference: fc.stringMatching(/^[A-Za-z0-9_-]{1,200}$/),
  attempt: fc.integer({ min: 1, max: 99 }),
})

test('property: a ref is read back as its parts, with the reference as it is sent, and has at most 120 characters', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const ref = paymentRef(given)
      expect(parsePaymentRef(ref)).toEqual({ ...given, reference: wireReference(given.reference) })
      expect(ref).toMatch(/^[\x21-\x7e]{1,120}$/)
    }),
  )
})

test.each([
  ['another version', 'rs2.bank.deposit.order-1.1'],
  ['a rail with a capital', 'rs1.Bank.deposit.order-1.1'],
  ['a rail that begins with a digit', 'rs1.1bank.deposit.order-1.1'],
  ['an unknown kind', 'rs1.bank.charge.order-1.1'],
  ['no reference', 'rs1.bank.deposit..1'],
  ['a reference with a point', 'rs1.bank.deposit.order.1.1'],
  ['a reference that is too long to be sent', `rs1.bank.deposit.${'a'.repeat(28)}.1`],
  ['attempt 0', 'rs1.bank.deposit.order-1.0'],
  ['attempt 100', 'rs1.bank.deposit.order-1.100'],
  ['a leading zero', 'rs1.bank.deposit.order-1.01'],
  ['no attempt', 'rs1.bank.deposit.order-1'],
  ['text before it', ' rs1.bank.deposit.order-1.1'],
  ['a line break after it', 'rs1.bank.deposit.order-1.1\n'],
])('a text with %s is no payment ref', (_what, text) => {
  expect(parsePaymentRef(text)).toBeNull()
})
