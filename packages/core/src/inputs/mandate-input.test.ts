import { neededOf, refusedFields } from './__fixtures__/issues-of.ts'
import { chargeSchema } from './charge-input.ts'
import { mandateFields, mandateImportFields, mandateImportSchema, mandateSchema } from './mandate-input.ts'

const customer = {
  id: 'c-77',
  firstName: 'Åsa',
  lastName: 'Öberg',
  email: 'asa@customer.example',
  country: 'SE',
  locale: 'sv-SE',
}
const input = { reference: 'mandate-1', customer, returnUrl: 'https://shop.example/mandate' }
const imported = {
  reference: 'mandate-1',
  customer,
  from: { payment: 'rs1.t.account.account-1.1' },
  mandateReference: '1234567890',
}

test('a mandate needs the fields of a deposit without the amount', () => {
  expect(refusedFields(mandateSchema, input)).toEqual([])
  expect(neededOf(mandateSchema, input)).toEqual(mandateFields)
  expect(refusedFields(mandateSchema, { ...input, amount: { value: '1.00', currency: 'SEK' } })).toEqual(['amount'])
})

test('an imported mandate needs a known account and the reference at its scheme, and no page', () => {
  expect(refusedFields(mandateImportSchema, imported)).toEqual([])
  expect([...neededOf(mandateImportSchema, imported)].sort()).toEqual([...mandateImportFields].sort())
  expect(refusedFields(mandateImportSchema, { ...imported, returnUrl: 'https://shop.example/' })).toEqual(['returnUrl'])
  expect(refusedFields(mandateImportSchema, { ...imported, register: 'yes' })).toEqual(['register'])
})

test('a charge draws on a mandate, and names which collection it is', () => {
  const charge = {
    reference: 'charge-1',
    amount: { value: '1.00', currency: 'SEK' },
    from: { payment: 'rs1.t.mandate.mandate-1.1' },
    customer: { id: 'c-77', email: 'asa@customer.example' },
  }
  for (const collection of ['initial', 'recurring', 'resubmitted', 'final'])
    expect(refusedFields(chargeSchema, { ...charge, collection })).toEqual([])
  expect(refusedFields(chargeSchema, { ...charge, collection: 'INITIAL' })).toEqual(['collection'])
  expect(refusedFields(chargeSchema, { ...charge, from: { payment: 'rs1.t.payout.out-1.1' } })).toEqual([
    'from.payment',
  ])
})
