import { samples } from '../../__fixtures__/published.ts'
import { checkData } from './check-data.ts'
import { descriptionOf, type TrustlyMethod } from './methods.ts'

/** A published request, changed. */
const sampleOf = (name: string): Record<string, unknown> => {
  const { Username: _u, Password: _p, ...data } = samples.find((sample) => sample.name === name)?.parsed ?? {}
  return structuredClone(data)
}
const deposit = () => sampleOf('java-request-deposit_1')
const attributesOf = (data: Record<string, unknown>) => data.Attributes as Record<string, unknown>

const check = (method: TrustlyMethod, data: object) =>
  checkData(descriptionOf(method), data).map(({ field, rule, fix }) => `${field} ${rule}: ${fix}`)

const changed = (change: (data: Record<string, unknown>, attributes: Record<string, unknown>) => void) => {
  const data = deposit()
  change(data, attributesOf(data))
  return check('Deposit', data)
}

test.each([
  ['Mobile', 'MobilePhone'],
  ['pspMerchant', 'PSPMerchant'],
  ['ShippingAddressPostalcode', 'ShippingAddressPostalCode'],
  ['ChargeAccountId', 'ChargeAccountID'],
  ['ShoperStatement', 'ShopperStatement'],
  ['SuccesUrl', 'SuccessURL'],
  ['NationalIdentificationNumer', 'NationalIdentificationNumber'],
])('%s is refused, and %s is named (slips of published clients, section 3.2)', (slip, meant) => {
  expect(changed((_, attributes) => Object.assign(attributes, { [slip]: '1' }))).toContain(
    `Attributes.${slip} is not a name that Trustly knows: write Attributes.${meant}`,
  )
})

test('an attribute in the wrong place is refused, and the right place is named', () => {
  expect(changed((data) => Object.assign(data, { Currency: 'SEK' }))).toEqual([
    'Currency belongs in Attributes: write Attributes.Currency',
  ])
  const withdraw = sampleOf('java-request-withdraw')
  Object.assign(attributesOf(withdraw), { Currency: 'SEK', ShopperStatement: 'MyBrand.com' })
  expect(check('Withdraw', withdraw)).toEqual([
    'Attributes.Currency belongs in Data itself: write Currency beside Attributes',
  ])
  expect(changed((data) => Object.assign(data, { pspMerchant: 'x' }))).toEqual([
    'pspMerchant belongs in Attributes: write Attributes.PSPMerchant',
  ])
})

test('a name that is like no other is refused without a guess', () => {
  expect(changed((_, attributes) => Object.assign(attributes, { Zodiac: 'ram' }))).toEqual([
    'Attributes.Zodiac is not a name that Trustly knows: leave it out, or use `call` for a new member',
  ])
})

test.each([
  ['NotificationURL', 'http://shop.example/n'],
  ['NotificationURL', 'https://shop.example/n?order=1'],
  ['EndUserID', 12345],
  ['MessageID', ''],
  ['Attributes.Amount', '103'],
  ['Attributes.Amount', '0.00'],
  ['Attributes.Amount', 103],
  ['Attributes.Amount', '1,00'],
  ['Attributes.Currency', 'USD'],
  ['Attributes.Country', 'UK'],
  ['Attributes.Locale', 'sv-SE'],
  ['Attributes.IP', '123.123.123.123, 10.0.0.1'],
  ['Attributes.URLTarget', '_blank'],
  ['Attributes.SuccessURL', 'yourpage.com/success'],
  ['Attributes.RequestKYC', true],
])('%s %p is refused', (path, value) => {
  const issues = changed((data, attributes) => {
    const name = path.replace('Attributes.', '')
    Object.assign(path === name ? data : attributes, { [name]: value })
  })
  expect(issues).toHaveLength(1)
  expect(issues[0]?.startsWith(`${path} must`)).toBe(true)
  expect(issues[0]).not.toContain(String(value) === '' ? 'undefined' : `"${String(value)}"`)
})

test('what is missing is named, and nested members are judged too', () => {
  expect(changed((data) => delete data.MessageID)).toEqual(['MessageID is required: give 1 to 200 characters'])
  const recipient = { Partytype: 'PERSON', Firstname: 'Mark', Lastname: 'Smith', Countrycode: 'ES' }
  expect(changed((_, attributes) => Object.assign(attributes, { RecipientInformation: recipient }))).toEqual([
    'Attributes.RecipientInformation.Countrycode is not a name that Trustly knows: write Attributes.RecipientInformation.CountryCode',
    'Attributes.RecipientInformation.CountryCode is required: give two capitals of ISO 3166-1 (`GB`, not `UK`)',
  ])
  expect(check('Deposit', { ...deposit(), Attributes: 'x' })).toContain(
    'Attributes must be an object: write its members in braces',
  )
})

test('rules about two members are kept', () => {
  const withAttributes = (more: object) => changed((_, attributes) => Object.assign(attributes, more))
  expect(withAttributes({ SuggestedMinAmount: '10.00' })).toEqual([
    'Attributes.Amount must not be combined with SuggestedMinAmount, SuggestedMaxAmount: leave Amount or these out',
  ])
  expect(withAttributes({ ChargeAccountID: '1234567890' })).toHaveLength(1)
  expect(withAttributes({ ChargeAccountID: '1234567890', QuickDeposit: '1' })).toEqual([])
  expect(withAttributes({ Currency: 'HUF' })).toEqual([
    "Attributes.Amount must have two decimals, or none in HUF: write '100.00', or '100' in HUF",
  ])
  expect(withAttributes({ Currency: 'HUF', Amount: '100' })).toEqual([])
  const select = sampleOf('java-request-selectaccount')
  delete attributesOf(select).Email
  expect(check('SelectAccount', select)).toEqual([])
  Object.assign(attributesOf(select), { RequestDirectDebitMandate: '1' })
  expect(check('SelectAccount', select)).toEqual([
    'Attributes.Email is required if RequestDirectDebitMandate is 1: give Email',
  ])
})

test.each([
  ['SWEDEN', '6112', '69706212', true],
  ['SWEDEN', '', '69706212', false],
  ['SWEDEN', '6112', 'SE3550000000054910000003', false],
  ['UNITED_KINGDOM', '040004', '12345678', true],
  ['UNITED_KINGDOM', '04-00-04', '12345678', false],
  ['FINLAND', '', 'FI2112345600000785', true],
  ['FINLAND', '123456', 'FI2112345600000785', false],
  ['FINLAND', '', 'DE89370400440532013000', false],
  ['ATLANTIS', '', 'FI2112345600000785', false],
])('an account of %s with bank number "%s" and number %s: %p (section 3.8)', (house, bank, number, fits) => {
  const data = { ...sampleOf('java-request-registeraccount'), ClearingHouse: house, BankNumber: bank }
  const issues = checkData(descriptionOf('RegisterAccount'), { ...data, AccountNumber: number })
  expect(issues.length === 0).toBe(fits)
  expect(JSON.stringify(issues)).not.toContain(number)
})
