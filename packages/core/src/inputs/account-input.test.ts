import { neededOf, refusedFields } from './__fixtures__/issues-of.ts'
import { accountFields, accountSchema } from './account-input.ts'

const input = {
  reference: 'account-1',
  customer: {
    id: 'c-77',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@customer.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: 'https://shop.example/account',
}

test('an account needs the fields of a deposit without the amount', () => {
  expect(refusedFields(accountSchema, input)).toEqual([])
  expect(accountFields).not.toContain('amount')
  expect(neededOf(accountSchema, input)).toEqual(accountFields)
})

test('an account takes no amount, which would be money that is never moved', () => {
  expect(refusedFields(accountSchema, { ...input, amount: { value: '1.00', currency: 'SEK' } })).toEqual(['amount'])
})

test('a mandate is requested by true or false only', () => {
  expect([true, false].flatMap((mandate) => refusedFields(accountSchema, { ...input, mandate }))).toEqual([])
  expect(refusedFields(accountSchema, { ...input, mandate: 'yes' })).toEqual(['mandate'])
})
