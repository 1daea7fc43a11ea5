import { depositFields, depositSchema } from './deposit-input.ts'
import { withdrawalFields, withdrawalSchema } from './withdrawal-input.ts'

test('a withdrawal has the fields and the rules of a deposit, because its customer visits the same pages', () => {
  expect(withdrawalFields).toEqual(depositFields)
  expect(withdrawalSchema).toBe(depositSchema)
})
