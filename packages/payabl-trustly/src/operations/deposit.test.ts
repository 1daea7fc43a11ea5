import { readFileSync } from 'node:fs'
import { type DepositInput, type Either, isLeft, type PaymentError } from '@railswitch/core/provider'
import fc from 'fast-check'
import { callOf, depositIntent, recordOf } from '../__fixtures__/records.ts'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { depositRequirements } from '../requirements.ts'
import type { Encoding } from '../wire/encoding.ts'
import { startDeposit } from './deposit.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url), 'latin1')
const pending = sample('res-preauthorize-trustly-pending.txt')
const latin1: Encoding = { charset: 'iso-8859-1', onUnencodable: 'transliterate' }
const customer: DepositInput['customer'] = {
  id: 'c-1',
  firstName: 'Muster',
  lastName: 'Mann',
  email: 'test@test.com',
  country: 'SE',
  locale: 'sv-SE',
}
const returnUrl = {
  success: 'https://shop.example/ok',
  failure: 'https://shop.example/ko',
  cancel: 'https://shop.example/return',
}

const deposit = async (
  more: { readonly customer?: Partial<DepositInput['customer']> } & Partial<Omit<DepositInput, 'customer'>> = {},
  { steps = [pending], encoding = latin1 }: { steps?: readonly Step[]; encoding?: Encoding } = {},
) => {
  const input: DepositInput = {
    reference: 'trustly-0001',
    amount: { value: '10.00', currency: 'EUR' },
    returnUrl,
    ...more,
    customer: { ...customer, ...more.customer },
  }
  const recorded = depositIntent({ reference: input.reference, expect: input.amount })
  const { client, sent } = scriptedClient(steps, encoding)
  const call = callOf(recorded, recordOf([recorded]))
  return { result: await startDeposit(client, { encoding })(input, call)(), sent, fields: sent[0]?.fields ?? {} }
}
const errorOf = (result: Either<PaymentError, unknown>): PaymentError => {
  if (isLeft(result)) return result.left
  throw new Error('it was accepted')
}

test('a deposit is payment_preauthorize with the parameters of req-preauthorize-trustly.http, in its order', async () => {
  const { sent, fields } = await deposit()
  expect(sent.map(({ url }) => url)).toEqual(['https://sandbox.payabl.com/pay/backoffice/payment_preauthorize'])
  const published = [...new URLSearchParams(sample('req-preauthorize-trustly.http').split('\r\n\r\n')[1])]
  const expected = published
    .filter(([name]) => name !== 'merchantid' && name !== 'signature')
    .map(([name, value]) => [name, name === 'url_return' ? returnUrl.success : value])
  expect(Object.entries(fields)).toEqual(expected)
})

test('a customer who has paid never lands on the page of a cancellation: payabl sends both to url_return', async () => {
  const { fields } = await deposit()
  expect(fields).toMatchObject({ url_success: returnUrl.success, url_failed: returnUrl.failure })
  expect(fields.url_return).toBe(returnUrl.success)
})

test('its answer opens the checkout and tells the transaction (res-preauthorize-trustly-pending.txt)', async () => {
  const { result } = await deposit()
  expect(result).toMatchObject({
    _tag: 'Right',
    right: {
      result: {
        payment: 'rs1.p.deposit.trustly-0001.1',
        redirectUrl: 'https://test.trustly.com/_/2f6b14fa-446a-4364-92f8-84b738d589ff?locale=sv_SE',
        expiresAt: null,
      },
      vendorIds: ['104900001'],
    },
  })
})

test('status 0 with a redirect_url is the same (protocol/payabl.md, section 3.1: MyBank`s page)', async () => {
  const { result } = await deposit({}, { steps: [pending.replace('status=2000', 'status=0')] })
  expect(isLeft(result)).toBe(false)
})

test.each(['status=0&transactionid=1', 'status=2000&transactionid=1&redirect_url='])(
  'without an address nobody can pay, and what became of it is unknown: %s',
  async (answer) => {
    const { result } = await deposit({}, { steps: [answer] })
    expect(errorOf(result)).toMatchObject({
      code: 'no_valid_response',
      effect: 'may_have_happened',
      retry: 'after_lookup',
    })
  },
)

test.each([
  ['-6000', 'refused', 'misconfigured'],
  ['-999', 'refused', 'misconfigured'],
  ['-6113', 'refused', 'rejected'],
  ['-5004', 'refused', 'declined'],
  ['-77777', 'refused', 'vendor_error'],
  ['-5000', 'may_have_happened', 'vendor_error'],
  ['-998', 'may_have_happened', 'vendor_error'],
])('the answer %s is %s, %s (section 5)', async (status, effect, code) => {
  const { result, sent } = await deposit({}, { steps: [`status=${status}&errormessage=text`] })
  expect(errorOf(result)).toMatchObject({ effect, code, vendor: { code: status, text: 'text' } })
  expect(sent).toHaveLength(1)
})

test('one address serves every ending', async () => {
  const { fields } = await deposit({ returnUrl: 'https://shop.example/a?b=c&d=é' })
  expect([fields.url_success, fields.url_failed, fields.url_return]).toEqual([
    'https://shop.example/a?b=c&d=\ufffd',
    'https://shop.example/a?b=c&d=\ufffd',
    'https://shop.example/a?b=c&d=\ufffd',
  ])
})

test.each([
  ['SE', 'SWE'],
  ['DE', 'DEU'],
  ['GB', 'GBR'],
  ['CZ', 'CZE'],
])('country %s travels as %s (section 7)', async (country, parameter) => {
  expect((await deposit({ customer: { country } })).fields.country).toBe(parameter)
})

test.each([
  ...'da de en es et fi fr lt lv nl no pl ru sk sv'.split(' ').map((language) => [language, language]),
  ['nb-NO', 'no'],
  ['nn', 'no'],
  ['sv-FI', 'sv'],
  ['EN-gb', 'en'],
  ['cs-CZ', 'en'],
  ['pt-PT', 'en'],
])('language %s travels as %s (section 7: fifteen, `no` for Norwegian)', async (locale = '', parameter) => {
  expect((await deposit({ customer: { locale } })).fields.language).toBe(parameter)
})

test('the customer`s address travels when it is known, and phone and id never do', async () => {
  expect((await deposit()).fields).not.toHaveProperty('customerip')
  const { fields } = await deposit({ customer: { ip: '2001:db8::1', phone: '+46701234567' } })
  expect(fields.customerip).toBe('2001:db8::1')
  expect(Object.values(fields)).not.toContain('c-1')
  expect(Object.values(fields).join()).not.toContain('46701234567')
})

test('payabl`s own parameters travel, checked like ours, and never stand in for ours', async () => {
  const parameters = { custom1: 'campaign', birthday: '31011979', amount: '1.00', secret: 'x' }
  const { fields } = await deposit({ providerOptions: { 'payabl-trustly': { parameters } } })
  expect(fields).toMatchObject({ custom1: 'campaign', birthday: '31011979', amount: '10.00' })
  expect(fields).not.toHaveProperty('secret')
  const { result } = await deposit({
    providerOptions: { 'payabl-trustly': { parameters: { birthday: '1979-01-31' } } },
  })
  expect(errorOf(result).issues.map(({ field }) => field)).toEqual(['birthday'])
})

test.each([
  'external_id salutation title gender street house postbox zip city state company phone fax mobile customerid custom2 custom3',
])('so do the others that payabl lists: %s', async (names) => {
  const parameters = Object.fromEntries(names.split(' ').map((name) => [name, name === 'gender' ? 'F' : '123']))
  const { fields } = await deposit({ providerOptions: { 'payabl-trustly': { parameters } } })
  expect(fields).toMatchObject(parameters)
})

test('another vendor`s options are nothing to payabl', async () => {
  const { fields } = await deposit({
    providerOptions: { 'trustly-direct': { Attributes: { URLTarget: '_top' } } } as object,
  })
  expect(Object.keys(fields)).toHaveLength(13)
})

test('amounts have the currency`s decimals', async () => {
  expect((await deposit({ amount: { value: '8.50', currency: 'SEK' } })).fields.amount).toBe('8.50')
  expect((await deposit({ amount: { value: '850.00', currency: 'HUF' } })).fields.amount).toBe('850.00')
})

describe('what payabl would refuse without saying why is refused here, by our names, and nothing is sent', () => {
  const long = (length: number) => 'x'.repeat(length)
  test.each<[string, string, Parameters<typeof deposit>[0]]>([
    ['amount.currency', 'a currency that it has not', { amount: { value: '1.00', currency: 'USD' } }],
    ['amount.value', 'nine digits', { amount: { value: '123456789.00', currency: 'EUR' } }],
    ['customer.country', 'a country without Trustly', { customer: { country: 'PT' } }],
    ['customer.email', '51 characters', { customer: { email: `${long(42)}@test.com` } }],
    ['customer.email', 'a letter that would be respelt', { customer: { email: 'łukasz@test.com' } }],
    ['customer.firstName', '51 characters', { customer: { firstName: long(51) } }],
    ['customer.lastName', '51 characters once respelt', { customer: { lastName: 'щ'.repeat(15) } }],
    ['customer.lastName', 'no spelling', { customer: { lastName: '😀' } }],
    ['customer.ip', '40 characters', { customer: { ip: `${long(40)}` } }],
    ['returnUrl.success', '256 characters', { returnUrl: { ...returnUrl, success: `https://a/${long(246)}` } }],
    ['returnUrl.failure', 'another scheme', { returnUrl: { ...returnUrl, failure: 'shop://a' } }],
    ['returnUrl.success', 'no address', { returnUrl: { ...returnUrl, success: '/a' } }],
  ])('%s: %s', async (field, _, more) => {
    const { result, sent } = await deposit(more)
    expect(errorOf(result)).toMatchObject({ code: 'invalid_input', effect: 'not_sent' })
    expect(errorOf(result).issues.map((issue) => issue.field)).toEqual([field])
    expect(sent).toEqual([])
  })

  test('a callback address of 256 characters, of which 255 are taken', async () => {
    const { client, sent } = scriptedClient([pending])
    const recorded = depositIntent()
    const start = (length: number) =>
      startDeposit(client, { encoding: latin1 })(
        { reference: 'trustly-0001', amount: recorded.intent.expect, customer, returnUrl },
        { ...callOf(recorded, recordOf([recorded])), callbackUrl: `https://a.example/${long(length - 18)}` },
      )()
    expect(errorOf(await start(256)).issues).toMatchObject([{ field: 'callbacks.url' }])
    expect(isLeft(await start(255))).toBe(false)
    expect(sent).toHaveLength(1)
  })

  test('every mistake at once', async () => {
    const { result } = await deposit({
      customer: { country: 'PT', email: 'ł@b.c' },
      amount: { value: '1', currency: 'JPY' },
    })
    expect(errorOf(result).issues.map(({ field }) => field)).toEqual([
      'amount.currency',
      'customer.country',
      'customer.email',
    ])
  })
})

describe('Łukasz Dvořák-Žižka', () => {
  const pole = { firstName: 'Łukasz', lastName: 'Dvořák-Žižka', country: 'CZ', locale: 'cs' }

  test('is transliterated where ISO-8859-1 has no letter, and only there', async () => {
    const { sent } = await deposit({ customer: pole })
    expect(sent[0]?.body).toContain('firstname=Lukasz&lastname=Dvor%E1k-Zizka&')
  })

  test('is refused by policy, unnamed', async () => {
    const { result, sent } = await deposit({ customer: pole }, { encoding: { ...latin1, onUnencodable: 'refuse' } })
    expect(errorOf(result).issues.map(({ field }) => field)).toEqual(['customer.firstName', 'customer.lastName'])
    expect(JSON.stringify(errorOf(result))).not.toMatch(/ukasz|Dvo/)
    expect(sent).toEqual([])
  })

  test('is sent as it is where UTF-8 was chosen', async () => {
    const { fields } = await deposit({ customer: pole }, { encoding: { charset: 'utf-8', onUnencodable: 'refuse' } })
    expect([fields.firstname, fields.lastname]).toEqual([pole.firstName, pole.lastName])
  })
})

test('whatever the input, nothing is sent that breaks a documented limit', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, text, text, async (firstName, lastName, local) => {
      const { fields, sent } = await deposit({ customer: { firstName, lastName, email: `${local}@test.com` } })
      const { firstname = '', lastname = '', email = '' } = fields
      expect(Math.max(firstname.length, lastname.length, email.length)).toBeLessThanOrEqual(50)
      // ISO-8859-1 only: neither a multibyte sequence nor an HTML entity for what has no byte.
      expect(sent[0]?.body ?? '').not.toMatch(/%26%23\d+%3B/)
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['SE', 'SEK', undefined],
  ['PT', 'EUR', 'customers of PT cannot pay through payabl'],
  ['SE', 'USD', 'USD is not a currency of payabl'],
])('its requirements in %s for %s', (country, currency, refused) => {
  expect(depositRequirements({ country, currency }).refused).toBe(refused)
})
