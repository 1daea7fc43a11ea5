import { deposit, payout, refOf, refund } from '../__fixtures__/records.ts'
import { neededOf, refusedFields, withMember } from './__fixtures__/issues-of.ts'
import { refundFields, refundSchema } from './refund-input.ts'

const input = { payment: refOf(deposit()), reference: 'refund-1', amount: { value: '30.00', currency: 'SEK' } }
const refusedWith = (path: string, value: unknown): readonly string[] =>
  refusedFields(refundSchema, withMember(input, path, value))

test('a refund needs its deposit, a reference of its own and an amount', () => {
  expect(refusedFields(refundSchema, input)).toEqual([])
  expect(neededOf(refundSchema, input)).toEqual(refundFields)
})

test('only a deposit can be refunded, and it is named by its payment ref', () => {
  for (const payment of [refOf(refund('r-1')), refOf(payout()), 'order-1'])
    expect(refusedWith('payment', payment)).toEqual(['payment'])
})

test('a refund of zero is refused', () => {
  expect(refusedWith('amount.value', '0.00')).toEqual(['amount.value'])
})
