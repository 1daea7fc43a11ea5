import { account, deposit, payout, recordOf, refund, withdrawal } from '../__fixtures__/records.ts'
import { isDepositState, paymentStateOf } from './payment-state.ts'

test.each([
  ['a deposit', deposit(), { state: 'pending' }],
  ['a payout', payout(), { kind: 'payout', state: 'accepted' }],
  ['a withdrawal', withdrawal(), { kind: 'withdrawal', state: 'pending' }],
  ['an account', account(), { kind: 'account', state: 'pending' }],
])('the state of %s is derived by its kind', (name, intent, expected) => {
  const state = paymentStateOf(recordOf([intent]), [])
  expect(state).toMatchObject(expected)
  expect(state && isDepositState(state)).toBe(name === 'a deposit')
})

test('a refund belongs to the state of its deposit', () => {
  expect(paymentStateOf(recordOf([deposit(), refund('r-1')]), [])).toMatchObject({ refunds: [{ reference: 'r-1' }] })
})

test('a record without an intent of ours has no state', () => {
  expect(paymentStateOf(recordOf([]), [])).toBeNull()
  expect(paymentStateOf(recordOf([refund('r-1')]), [])).toBeNull()
})
