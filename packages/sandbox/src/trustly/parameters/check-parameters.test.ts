import { type Data, depositData } from '../../__fixtures__/trustly/shop.ts'
import { parseJson } from '../signing/raw-json.ts'
import { defaultSwitches } from '../state/switches.ts'
import { type ErrorName, errorCodes } from '../wire/error-codes.ts'
import { checkParameters } from './check-parameters.ts'

// The codes are those of protocol/trustly.md, section 5.

const merchant = { username: 'merchant', password: 'secret' }

const check = (text: string, switches = {}) => {
  const node = parseJson(text)
  if (node.kind !== 'object') throw new Error('not an object')
  return checkParameters('Deposit', node, { ...defaultSwitches, ...switches })
}
const judge = (overrides: Data, attributes: Data = {}, switches = {}) =>
  check(JSON.stringify(depositData(merchant, overrides, attributes)), switches)

const codeOf = (outcome: object): number | undefined =>
  'error' in outcome ? errorCodes[outcome.error as ErrorName] : undefined

test('takes what the vendor demands', () => {
  expect(judge({})).toMatchObject({ remarks: [] })
})

test.each<[code: number, attributes: Data]>([
  [717, { Firstname: null }],
  [717, { Firstname: ' ' }],
  [717, { ShopperStatement: null }],
  [615, { Amount: '103' }],
  [615, { Amount: '103.0' }],
  [615, { Amount: '103,00' }],
  [615, { Amount: '-1.00' }],
  [615, { Amount: '0.00' }],
  [615, { Amount: '1e2.00' }],
  [615, { Amount: '' }],
  [615, { Amount: {} }],
  [615, { Amount: '2500.00', Currency: 'HUF' }],
  [615, { Amount: null, SuggestedMinAmount: '5' }],
  [717, { SuggestedMinAmount: '5.00' }],
  [622, { Currency: null }],
  [622, { Currency: 'USD' }],
  [622, { Currency: 'sek' }],
  [737, { Country: 'UK' }],
  [737, { Country: null }],
  [645, { Locale: 'sv-SE' }],
  [645, { Locale: null }],
  [642, { Email: 'nobody' }],
  [642, { Email: null }],
  [698, { IP: '1.2.3.4, 5.6.7.8' }],
  [698, { IP: '1.2.3' }],
  [700, { SuccessURL: 'shop.example/success' }],
  [700, { SuccessURL: null }],
  [700, { SuccessURL: 'javascript:alert(1)' }],
  [701, { FailURL: 'ftp://shop.example' }],
  [701, { FailURL: 'https://shop.example/\r\nX: y' }],
  [702, { TemplateURL: 'x' }],
  [703, { URLTarget: '_blank' }],
  [717, { HoldNotifications: 'yes' }],
])('answers %d to the attributes %j', (code, attributes) => {
  expect(codeOf(judge({}, attributes))).toBe(code)
})

test.each<[code: number, data: Data]>([
  [705, { NotificationURL: null }],
  [705, { NotificationURL: 'notifications' }],
  [705, { NotificationURL: 'https://shop.example/notifications?order=1' }],
  [734, { NotificationURL: 'http://shop.example/notifications' }],
  [734, { NotificationURL: 'http://127.0.0.1.shop.example/notifications' }],
  [696, { EndUserID: null }],
  [706, { EndUserID: '' }],
  [706, { EndUserID: {} }],
  [697, { MessageID: null }],
  [704, { MessageID: '' }],
  [704, { MessageID: 'a\nb' }],
])('answers %d to the data %j', (code, data) => {
  expect(codeOf(judge(data))).toBe(code)
})

test.each<Data>([
  { Lastname: null },
  { Lastname: '' },
  { Locale: 'sv' },
  { IP: '2001:db8::1' },
  { IP: null },
  { Amount: '2500', Currency: 'HUF' },
  { Amount: null },
  { Amount: null, SuggestedMinAmount: '5.00', SuggestedMaxAmount: '10.00' },
  { URLTarget: '_top' },
  { HoldNotifications: 1 },
  { Country: 'FI', Currency: 'EUR' },
])('takes the attributes %j', (attributes) => {
  expect(judge({}, attributes)).not.toHaveProperty('error')
})

test.each(['https://shop.example/n', 'http://localhost:3000/n', 'http://[::1]/n', 'HTTPS://shop.example/n'])(
  'takes the notification address %s',
  (NotificationURL) => {
    expect(judge({ NotificationURL })).not.toHaveProperty('error')
  },
)

test('refuses booleans and a lack of attributes', () => {
  expect(codeOf(check('{"Attributes":{"RequestKYC":true}}'))).toBe(623)
  expect(codeOf(check('{"Attributes":"none"}'))).toBe(623)
  expect(codeOf(judge({ NotificationURL: null }, {}))).toBe(705)
  expect(codeOf(check(JSON.stringify({ ...depositData(merchant), Attributes: null })))).toBe(717)
  expect(codeOf(check(JSON.stringify({ ...depositData(merchant), Attributes: [] })))).toBe(717)
})

test('remarks on attributes that nobody knows, or refuses them when configured to', () => {
  expect(judge({}, { Mobile: '+46709876543' })).toMatchObject({ remarks: ['unknown attributes: Mobile'] })
  expect(codeOf(judge({}, { Mobile: '+46709876543' }, { strictAttributes: true }))).toBe(717)
})

test('takes anything as the test server of 2015 did, with remarks', () => {
  expect(judge({ NotificationURL: 'http://notificationurl' }, { Country: null }, { parametersOf2015: true })).toEqual({
    fields: expect.anything(),
    remarks: ['NotificationURL is malformed', 'Country is missing'],
  })
})
