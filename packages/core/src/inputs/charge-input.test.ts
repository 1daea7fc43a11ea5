import { deposit, payout, refOf } from '../__fixtures__/records.ts'
import { neededOf, refusedFields, withMember } from './__fixtures__/issues-of.ts'
import { chargeFields, chargeSchema } from './charge-input.ts'

const input = {
  reference: 'charge-1',
  amount: { value: '99.00', currency: 'SEK' },
  from: { payment: refOf(deposit()) },
  customer: { id: 'c-77', email: 'asa@customer.example' },
}
const refusedWith = (path: string, value: unknown): readonly string[] =>
  refusedFields(chargeSchema, withMember(input, path, value))

test('a charge needs exactly the listed fields', () => {
  expect(refusedFields(chargeSchema, input)).toEqual([])
  expect(neededOf(chargeSchema, input)).toEqual(chargeFields)
})

test('the charged account is that of a deposit or an account', () => {
  expect(refusedWith('from.payment', refOf(payout()))).toEqual(['from.payment'])
})

test('the day of the debit is a date of ISO 8601', () => {
  expect(refusedWith('paymentDate', '2026-12-24')).toEqual([])
  expect(refusedWith('paymentDate', '24.12.2026')).toEqual(['paymentDate'])
})

test('a charge opens no page, so it takes no return address', () => {
  expect(refusedWith('returnUrl', 'https://shop.example/')).toEqual(['returnUrl'])
})
