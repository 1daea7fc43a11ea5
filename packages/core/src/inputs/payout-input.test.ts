import { deposit, refOf, refund } from '../__fixtures__/records.ts'
import { neededOf, refusedFields, withMember } from './__fixtures__/issues-of.ts'
import { payoutFields, payoutSchemaOf } from './payout-input.ts'

const shared = { reference: 'out-1', amount: { value: '50.00', currency: 'SEK' } }
const toDepositor = { ...shared, to: { payment: refOf(deposit()) }, customer: { id: 'c-77' } }
const toAccount = {
  ...shared,
  to: { account: { country: 'SE', accountNumber: '1234567', bankNumber: '6112' } },
  customer: {
    id: 'c-77',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@customer.example',
    dateOfBirth: '1979-01-31',
  },
}
const refused = (input: object): readonly string[] => refusedFields(payoutSchemaOf(input), input)

test('a payout goes to the account of an earlier payment or to bank details', () => {
  expect(refused(toDepositor)).toEqual([])
  expect(refused(toAccount)).toEqual([])
  expect(neededOf(payoutSchemaOf(toDepositor), toDepositor).map((field) => field.replace('to.payment', 'to'))).toEqual(
    payoutFields,
  )
})

test('only a deposit or an account has an account to pay to', () => {
  expect(refused(withMember(toDepositor, 'to.payment', refOf(refund('r-1'))))).toEqual(['to.payment'])
})

test('a payout names one destination: with both, the one without bank details is refused', () => {
  expect(refused(withMember(toAccount, 'to.payment', refOf(deposit())))).toEqual(['to.payment'])
})

test('the payee is named only with bank details, where the vendor needs the name', () => {
  expect(refused(withMember(toDepositor, 'customer.firstName', 'Åsa'))).toEqual(['customer.firstName'])
  expect(refused(withMember(toAccount, 'customer.lastName', undefined))).toEqual(['customer.lastName'])
  for (const optional of ['customer.email', 'customer.dateOfBirth', 'to.account.bankNumber'])
    expect(refused(withMember(toAccount, optional, undefined))).toEqual([])
})

test('the errors of bank details name only the fields of bank details', () => {
  expect(refused({ ...toAccount, to: { account: {} } })).toEqual(['to.account.country', 'to.account.accountNumber'])
})

test('a payout of zero is refused', () => {
  expect(refused(withMember(toDepositor, 'amount.value', '0.00'))).toEqual(['amount.value'])
})
