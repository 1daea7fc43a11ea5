import { depositFields, type Fields } from '../../__fixtures__/payabl/shop.ts'
import { assume } from '../assumptions/assumptions.ts'
import { toAccount } from '../state/merchant.ts'
import { parseForm } from '../wire/form.ts'
import { readDeposit } from './deposit-parameters.ts'

// The parameter table of protocol/payabl.md section 3.1, its countries and languages (section 7), the codes of section
// 5.

const account = toAccount({ merchantId: 'shop', secret: 's3cret', currencies: ['EUR', 'SEK'] })
const read = (overrides: Fields) => {
  const sent = Object.entries(depositFields(overrides)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return readDeposit(parseForm(Buffer.from(new URLSearchParams(sent).toString())), { account, assumptions: assume({}) })
}

test('reads what the pages need', () => {
  expect(read({ country: 'DEU' })).toEqual({
    amount: 1000n,
    currency: 'EUR',
    country: 'DEU',
    language: 'en',
    accountHolder: 'Muster Mann',
    urlSuccess: 'https://shop.example/ok',
    urlFailed: 'https://shop.example/ko',
    urlReturn: 'https://shop.example/return',
  })
})

test.each([
  { amount: '8', currency: 'SEK' },
  { amount: '12345678.90' },
  { amount: undefined, price: '8.50' },
  { orderid: undefined },
  { orderid: 'x'.repeat(40) },
  { notification_url: undefined },
  { notification_url: 'https://shop.example/notify?token=1' },
  { firstname: 'ü'.repeat(50) },
  { birthday: '01011970', gender: 'F', zip: '60322', customerip: '2001:db8::1', phone: '49691234' },
  { birthday: '', gender: '', anything: 'x' },
])('takes %j', (overrides) => {
  expect(read(overrides)).toHaveProperty('accountHolder')
})

test.each([
  'amount',
  'currency',
  'payment_method',
  'country',
  'language',
  'email',
  'firstname',
  'lastname',
  'url_success',
  'url_failed',
  'url_return',
])('needs %s', (name) => {
  const refusal = { status: -6000, hint: `${name} is missing` }
  expect([read({ [name]: undefined }), read({ [name]: '' })]).toEqual([refusal, refusal])
})

test.each<[Fields, number]>([
  [{ amount: '8.5' }, -6102],
  [{ amount: '0.00' }, -6102],
  [{ amount: '8,50' }, -6102],
  [{ amount: '123456789' }, -6102],
  [{ currency: 'eur' }, -6103],
  [{ currency: 'USD' }, -6000],
  [{ payment_method: '1' }, -1316],
  [{ country: 'SE' }, -6000],
  [{ country: 'FRA' }, -6000],
  [{ language: 'cs' }, -6109],
  [{ email: 'nobody' }, -6119],
  [{ email: `${'x'.repeat(40)}@example.com` }, -6119],
  [{ firstname: 'x'.repeat(51) }, -6113],
  [{ lastname: 'x'.repeat(51) }, -6105],
  [{ orderid: 'x'.repeat(41) }, -6000],
  [{ url_success: 'shop.example/ok' }, -6000],
  [{ url_failed: `https://shop.example/${'x'.repeat(250)}` }, -6000],
  [{ url_return: 'javascript:alert(1)' }, -6000],
  [{ notification_url: 'http://shop.example/notify' }, -6000],
  [{ external_id: 'x'.repeat(256) }, -6000],
  [{ customerip: 'localhost' }, -6000],
  [{ birthday: '1970-01-01' }, -6115],
  [{ salutation: 'x'.repeat(11) }, -6110],
  [{ title: 'x'.repeat(21) }, -6111],
  [{ gender: 'X' }, -6112],
  [{ street: 'x'.repeat(101) }, -6106],
  [{ house: 'x'.repeat(11) }, -6116],
  [{ postbox: 'x'.repeat(21) }, -6117],
  [{ zip: 'x'.repeat(11) }, -6107],
  [{ city: 'x'.repeat(41) }, -6108],
  [{ state: 'x'.repeat(31) }, -6118],
  [{ phone: '+49 69' }, -6120],
  [{ fax: '+49 69' }, -6121],
  [{ mobile: '+49 69' }, -6122],
])('answers %j with %i', (overrides, status) => {
  expect(read(overrides)).toEqual({ status, hint: expect.any(String) })
})

// The order is that of the parameter table in protocol/payabl.md section 3.1, the codes are those of its section 5.
test('names the first broken field in the order of the parameter table', () => {
  const broken: Array<[name: string, value: string, status: number]> = [
    ['orderid', 'x'.repeat(41), -6000],
    ['amount', '8.5', -6102],
    ['currency', 'eur', -6103],
    ['payment_method', '1', -1316],
    ['country', 'SE', -6000],
    ['language', 'cs', -6109],
    ['email', 'nobody', -6119],
    ['firstname', 'x'.repeat(51), -6113],
    ['lastname', 'x'.repeat(51), -6105],
    ['url_success', 'ok', -6000],
    ['url_failed', 'ko', -6000],
    ['url_return', 'return', -6000],
    ['notification_url', 'ftp://shop.example', -6000],
    ['external_id', 'x'.repeat(256), -6000],
    ['customerip', 'localhost', -6000],
    ['birthday', '1970-01-01', -6115],
    ['salutation', 'x'.repeat(11), -6110],
    ['title', 'x'.repeat(21), -6111],
    ['gender', 'X', -6112],
    ['street', 'x'.repeat(101), -6106],
    ['house', 'x'.repeat(11), -6116],
    ['postbox', 'x'.repeat(21), -6117],
    ['zip', 'x'.repeat(11), -6107],
    ['city', 'x'.repeat(41), -6108],
    ['state', 'x'.repeat(31), -6118],
    ['phone', '+49', -6120],
    ['fax', '+49', -6121],
    ['mobile', '+49', -6122],
  ]
  broken.forEach(([name, , status], fixed) => {
    const left = Object.fromEntries(broken.slice(fixed).map(([field, value]) => [field, value]))
    const hint = name === 'amount' ? expect.stringMatching(/^amount /) : `${name} is malformed`
    expect(read(left)).toEqual({ status, hint })
  })
  expect(read({})).toHaveProperty('accountHolder')
})
