import type { DepositInput } from '@railswitch/core'
import type { Payments } from '../payments.ts'
import { depositOf, type ShopAtTrustly, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly
let payments: Payments<void>

beforeAll(async () => {
  shop = await shopAtTrustly()
  payments = shop.start()
})
afterAll(() => shop.close())

const right = depositOf('order-1')
const amount = (value: unknown, currency: unknown = 'SEK') => ({ amount: { value, currency } })
const customer = (fields: object) => ({ customer: { ...right.customer, ...fields } })

/** Inputs that a program without types could pass. */
const wrong: [string, object | null | undefined | string, string][] = [
  ['an amount with an exponent', amount('1e3'), 'amount.value'],
  ['a negative amount', amount('-1'), 'amount.value'],
  ['an amount with a plus', amount('+1'), 'amount.value'],
  ['an amount that would have to be rounded', amount('10.005'), 'amount.value'],
  ['a decimal comma', amount('8,50'), 'amount.value'],
  ['a thousands separator', amount('1 000'), 'amount.value'],
  ['a leading zero', amount('010'), 'amount.value'],
  ['a point without digits', amount('10.'), 'amount.value'],
  ['digits of another script', amount('١٠'), 'amount.value'],
  ['a hexadecimal amount', amount('0x10'), 'amount.value'],
  ['white space around an amount', amount(' 10.00'), 'amount.value'],
  ['a line break after an amount', amount('10.00\n'), 'amount.value'],
  ['no digits', amount(''), 'amount.value'],
  ['infinity', amount('Infinity'), 'amount.value'],
  ['a number', amount(10), 'amount.value'],
  ['a bigint', amount(10n), 'amount.value'],
  ['zero', amount('0.00'), 'amount.value'],
  ['an amount that is too large', amount('1'.repeat(16)), 'amount.value'],
  ['decimals of a currency that has none', amount('100.5', 'HUF'), 'amount.value'],
  ['a currency that does not exist', amount('10.00', 'XXQ'), 'amount.currency'],
  ['a currency in small letters', amount('10.00', 'sek'), 'amount.currency'],
  ['a currency that the rail does not support', amount('10.00', 'USD'), 'amount.currency'],
  ['a country that does not exist', customer({ country: 'UK' }), 'customer.country'],
  ['a country in small letters', customer({ country: 'se' }), 'customer.country'],
  ['a country of three letters', customer({ country: 'SWE' }), 'customer.country'],
  ['a locale with an underscore', customer({ locale: 'sv_SE' }), 'customer.locale'],
  ['a language that does not exist', customer({ locale: 'xx' }), 'customer.locale'],
  ['no customer id', customer({ id: '' }), 'customer.id'],
  ['a name with a line break', customer({ firstName: 'Å\nsa' }), 'customer.firstName'],
  ['a list of addresses', customer({ ip: '192.0.2.1, 192.0.2.2' }), 'customer.ip'],
  ['a misspelt field', customer({ fistName: 'marked' }), 'customer.fistName'],
  ['an empty reference', { reference: '' }, 'reference'],
  ['a reference with a space', { reference: 'order 1' }, 'reference'],
  ['a reference with a slash', { reference: 'order/1' }, 'reference'],
  ['a reference with a point', { reference: 'order.1' }, 'reference'],
  ['a reference with a line break after it', { reference: 'order-1\n' }, 'reference'],
  ['a reference that is a number', { reference: 1001 }, 'reference'],
  ['a reference of 201 characters', { reference: 'r'.repeat(201) }, 'reference'],
  ['attempt 0', { attempt: 0 }, 'attempt'],
  ['attempt 100', { attempt: 100 }, 'attempt'],
  ['half an attempt', { attempt: 1.5 }, 'attempt'],
  ['a return address of a script', { returnUrl: 'javascript:alert(1)' }, 'returnUrl'],
  ['no return address', { returnUrl: undefined }, 'returnUrl'],
  ['a misspelt option', { refernce: 'marked' }, 'refernce'],
]

test.each(wrong)('%s is refused with its field, rule and fix, and nothing is sent', async (_name, change, field) => {
  const input = { ...right, ...Object(change) } as DepositInput
  const error: unknown = await payments.deposit(input).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'invalid_input', effect: 'not_sent', retry: 'same_attempt' })
  const { issues, message } = error as { issues: readonly object[]; message: string }
  expect(issues).toEqual([{ field, rule: expect.stringMatching(/./), fix: expect.stringMatching(/./) }])
  expect(message).toContain(`${field}: `)
  expect(message).not.toContain('marked')
  expect(shop.sandbox.trustly.requests()).toEqual([])
  await expect(payments.getDeposit({ reference: 'order-1' })).rejects.toMatchObject({ code: 'not_found' })
})

test.each([undefined, null, 'order-1', 5, []])('%p instead of an input is a PaymentError', async (input) => {
  await expect(payments.deposit(input as unknown as DepositInput)).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(payments.refund(input as never)).rejects.toMatchObject({ code: 'invalid_input' })
})

test('a refused input does not use up its reference', async () => {
  await expect(payments.deposit({ ...right, ...amount('10.00', 'USD') } as DepositInput)).rejects.toMatchObject({
    code: 'invalid_input',
  })
  expect(await payments.deposit(right)).toMatchObject({ payment: 'rs1.t.deposit.order-1.1', why: 'active' })
  expect(shop.sandbox.trustly.requests()).toHaveLength(1)
})
