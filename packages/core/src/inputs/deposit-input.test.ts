import { neededOf, refusedFields, withMember } from './__fixtures__/issues-of.ts'
import { depositFields, depositSchema } from './deposit-input.ts'

const input = {
  reference: 'order-1',
  amount: { value: '249.90', currency: 'SEK' },
  customer: {
    id: 'c-77',
    firstName: 'Åsa',
    lastName: 'Öberg-Wałęsa',
    email: 'asa@customer.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: 'https://shop.example/orders/order-1',
}
const refusedWith = (path: string, value: unknown): readonly string[] =>
  refusedFields(depositSchema, withMember(input, path, value))

test('a deposit needs exactly the listed fields', () => {
  expect(refusedFields(depositSchema, input)).toEqual([])
  expect(neededOf(depositSchema, input)).toEqual(depositFields)
})

test.each([
  ['customer.phone', '+46701234567', '0701234567'],
  ['customer.phone', '+46701234567', '+0701234567'],
  ['customer.ip', '192.0.2.1', '192.0.2.1, 192.0.2.2'],
  ['customer.ip', '2001:db8::1', '192.0.2'],
  ['customer.locale', 'sv-SE', 'sv_SE'],
  ['customer.firstName', 'a'.repeat(50), 'a'.repeat(51)],
  ['returnUrl', 'http://127.0.0.1/', '/orders/order-1'],
  ['returnUrl', 'https://shop.example/', 'javascript:alert(1)'],
  ['returnUrl', `https://shop.example/${'a'.repeat(234)}`, `https://shop.example/${'a'.repeat(235)}`],
  ['statement', 'a'.repeat(100), 'a'.repeat(101)],
])('%s may be "%s", but not "%s"', (path, right, wrong) => {
  expect(refusedWith(path, right)).toEqual([])
  expect(refusedWith(path, wrong)).toEqual([path])
})

test('each result can have a return address of its own, and then all three are needed', () => {
  const [success, failure, cancel] = ['ok', 'failed', 'cancelled'].map((page) => `https://shop.example/${page}`)
  expect(refusedWith('returnUrl', { success, failure, cancel })).toEqual([])
  expect(refusedWith('returnUrl', { success, failure })).toEqual(['returnUrl.cancel'])
})

test('a misspelt field is refused instead of ignored', () => {
  expect(refusedWith('refrence', 'order-1')).toEqual(['refrence'])
  expect(refusedWith('customer.phoneNumber', '+46701234567')).toEqual(['customer.phoneNumber'])
})
