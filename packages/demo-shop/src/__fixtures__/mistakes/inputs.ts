import { money } from 'railswitch'
import type { Anything, Mistake } from './mistake.ts'
import { calling, customer, customerWith, deposit, given, opened } from './shop-calls.ts'

export const inputs: readonly Mistake[] = [
  ['no input', calling((payments) => payments.deposit()), ['input', 'is required', 'an object with reference, amount, customer, returnUrl']],
  ['an input that is text', calling((payments) => payments.deposit('order-1')), ['input', 'an object with reference', 'an object']],
  ['no reference', given({ reference: undefined }), ['reference', 'is required', 'such as an order number']],
  ['a reference that is a number', given({ reference: 1001 }), ['reference', 'such as an order number', 'your own id']],
  ['a reference with a space', given({ reference: 'order 1' }), ['reference', 'A-Z a-z 0-9 _ -', 'without spaces']],
  ['an attempt as text', given({ attempt: '2' }), ['attempt', 'a number', 'a number']],
  ['no amount', given({ amount: undefined }), ['amount', 'is required', "{ value: '10.00', currency: 'EUR' }"]],
  ['an amount in minor units', given({ amount: 24990 }), ['amount', 'must be money: { value, currency }', "{ value: '10.00', currency: 'EUR' }"]],
  ['an amount as text', given({ amount: '249.90' }), ['amount', 'must be money: { value, currency }', "{ value: '10.00', currency: 'EUR' }"]],
  ['an amount without a value', given({ amount: { currency: 'EUR' } }), ['amount.value', 'is required', "such as '10.00'"]],
  ['a value in minor units', given({ amount: { value: 24990, currency: 'EUR' } }), ['amount.value', 'must be text', "'249.90' if it counts the smallest unit"]],
  ['a value in yen that is a number', given({ amount: { value: 24990, currency: 'JPY' } }), ['amount.value', 'must be text', "write '24990'"]],
  ['a negative amount', given({ amount: { value: '-5.00', currency: 'EUR' } }), ['amount.value', 'must not be negative', 'refund() and payout()']],
  ['a value that is a number', given({ amount: { value: 249.9, currency: 'EUR' } }), ['amount.value', 'must be text', "'249.90'"]],
  ['a value with a comma', given({ amount: { value: '249,90', currency: 'EUR' } }), ['amount.value', 'at most one decimal point', "'249.90'"]],
  ['a value with too many decimals', given({ amount: { value: '249.999', currency: 'EUR' } }), ['amount.value', '2 decimals', 'round it']],
  ['zero', given({ amount: { value: '0', currency: 'EUR' } }), ['amount.value', 'above zero', 'make no call']],
  ['no currency', given({ amount: { value: '10.00' } }), ['amount.currency', 'ISO 4217', 'three capitals']],
  ['money() of a number', () => (money as Anything)(249.9, 'SEK'), ['value', 'must be text', "'249.90'"]],
  ['no customer', given({ customer: undefined }), ['customer', 'is required', 'an object with id, firstName, lastName, email, country, locale']],
  ['a customer that is an id', given({ customer: 'c-1' }), ['customer', 'an object with id, firstName', 'an object']],
  ['a misspelt field of the customer', customerWith({ fistName: 'x' }), ['customer.fistName', 'not a known field', 'write firstName']],
  ['no e-mail address', customerWith({ email: undefined }), ['customer.email', 'is required', 'an e-mail address']],
  ['a name that is not trimmed', customerWith({ lastName: 'Öberg ' }), ['customer.lastName', 'without white space around them', 'trim']],
  ['a country by its name', customerWith({ country: 'Germany' }), ['customer.country', 'ISO 3166-1 alpha-2', "'SE' or 'GB'"]],
  ['no country', customerWith({ country: undefined }), ['customer.country', 'is required', 'two capitals']],
  ['a locale with an underscore', customerWith({ locale: 'sv_SE' }), ['customer.locale', 'BCP 47', "'sv-SE'"]],
  ['a national telephone number', customerWith({ phone: '0701234567' }), ['customer.phone', 'international', "'+46701234567'"]],
  ['several IP addresses', customerWith({ ip: '192.0.2.1, 192.0.2.2' }), ['customer.ip', 'one IP address', "customer's address"]],
  ['no return address', given({ returnUrl: undefined }), ['returnUrl', 'is required', "the address of a page of yours, such as 'https://shop.example/thanks'"]],
  ['a return address that is a path', given({ returnUrl: '/thanks' }), ['returnUrl', 'absolute http(s) address', "'https://shop.example/'"]],
  ['return addresses without one of them', given({ returnUrl: { success: 'https://shop.example/', failure: 'https://shop.example/' } }), ['returnUrl.cancel', 'is required', 'the address of a page']],
  ['a misspelt field', given({ returnURL: 'https://shop.example/' }), ['returnURL', 'not a known field', 'write returnUrl']],
  ['options of a provider as text', given({ providerOptions: 'x' }), ['providerOptions', 'an object of JSON values', 'leave it out']],
  ['a payout to nobody', calling((payments) => payments.payout({ reference: 'p-1', amount: money('1.00', 'EUR'), customer: { id: 'c' } })), ['to', 'is required', '{ payment }, or { account }']],
  [
    'a payout to a reference',
    calling((payments) =>
      payments.payout({
        reference: 'p-1',
        amount: money('1.00', 'EUR'),
        to: { payment: 'order-1' },
        customer: { id: 'c' },
      }),
    ),
    ['to.payment', 'payment ref', 'deposit(), account() or mandate() returned'],
  ],
  [
    'a payout to bank details without a name',
    calling((payments) =>
      payments.payout({
        reference: 'p-1',
        amount: money('1.00', 'EUR'),
        to: { account: { country: 'DE', accountNumber: 'DE89370400440532013000' } },
        customer: { id: 'c', lastName: 'B' },
      }),
    ),
    ['customer.firstName', 'is required', 'pass a string'],
  ],
  ['a charge of nothing', calling((payments) => payments.charge({ reference: 'c-1', amount: money('1.00', 'EUR'), customer: { id: 'c', email: 'a@b.example' } })), ['from', 'is required', 'an object with payment']],
  ['`active` that returns a typo', async () => (await opened({ active: () => 'bnak' })).begin('order-1'), ['rail_missing', 'Rail bnak is not configured', '`active` returned it: write bank']],
  ['`active` that returns nothing', async () => (await opened({ active: () => undefined })).begin('order-1'), ['active', 'returned nothing', 'return one of bank']],
  ['`active` that returns a promise', async () => (await opened({ active: async () => 'bank' })).begin('order-1'), ['active', 'returned a promise', 'return one of bank']],
  [
    '`active` that throws',
    async () =>
      (
        await opened({
          active: () => {
            throw new Error('marked')
          },
        })
      ).begin('order-1'),
    ['active', 'threw an error', 'return the name of a rail'],
  ],
]
