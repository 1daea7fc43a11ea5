import { bankDetailIssues, toBankDetails } from './bank-account.ts'

const issues = async (country: string, accountNumber: string, bankNumber?: string) =>
  (await bankDetailIssues(toBankDetails({ country, accountNumber, bankNumber }))).map(
    ({ field }) => field.split('.')[2],
  )

/** The registry's own example of each payout country's IBAN (ISO 13616; lengths as in protocol/payabl.md, section 7). */
const ibans = `AT611904300234573201 BE68539007547034 BG80BNBG96611020345678 HR1210010051863000160
CY17002001280000001200527600 DK5000400440116243 EE382200221020145685 FI2112345600000785 FR1420041010050500013M02606
DE89370400440532013000 GR1601101250000000012300695 HU42117730161111101800000000 IE29AIBK93115212345678
IT60X0542811101000000123456 LV80BANK0000435195001 LT121000011101001000 LU280019400644750000
MT84MALT011000012345MTLCAST001S NL91ABNA0417164300 NO9386011117947 PL61109010140000071219812874 PT50000201231234567890154
RO49AAAA1B31007593840000 SK3112000000198742637541 SI56191000000123438 ES9121000418450200051332 SE4550000000058398257466
GB29NWBK60161331926819`.split(/\s+/)

test('there is an example for every payout country, 28', () => {
  expect(new Set(ibans.map((iban) => iban.slice(0, 2))).size).toBe(28)
})

test.each(ibans.map((iban) => [iban.slice(0, 2), iban]))('%s takes its IBAN', async (country = '', iban = '') => {
  expect(await issues(country, iban)).toEqual([])
  expect(await issues(country, (iban.toLowerCase().match(/.{1,4}/g) ?? []).join(' '))).toEqual([])
  const mistyped = iban.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
  if (mistyped !== iban) expect(await issues(country, mistyped)).toEqual(['accountNumber'])
  expect(await issues(country, iban.slice(0, -1))).toEqual(['accountNumber'])
})

/** Local numbers, as Trustly's RegisterAccount takes them (developers.trustly.com/emea/docs/registeraccount). */
test.each<[string, string, string | undefined, readonly string[]]>([
  ['SE', '69706212', '6112', []],
  ['SE', '69706212', '83270', []],
  ['SE', '69706212', undefined, ['bankNumber']],
  ['SE', '1234567890123456', '6112', ['accountNumber']],
  ['DK', '0440116243', '0040', []],
  ['DK', '440116243', '0040', ['accountNumber']],
  ['DK', '0440116243', '004', ['bankNumber']],
  ['NO', '86011117947', undefined, []],
  ['NO', '86011117947', '8601', ['bankNumber']],
  ['NO', '8601111794', undefined, ['accountNumber']],
  ['GB', '31926819', '601613', []],
  ['GB', '31926819', '60-16-13', []],
  ['GB', '3192681', '601613', ['accountNumber']],
  ['GB', '31926819', undefined, ['bankNumber']],
  ['DE', '532013000', '37040044', ['accountNumber']],
  ['FI', '12345600000785', undefined, ['accountNumber']],
  ['CZ', 'CZ6508000000192000145399', undefined, ['country']],
  ['US', '1', undefined, ['country']],
  ['DE', 'AT611904300234573201', undefined, ['accountNumber']],
  ['DE', 'DE89370400440532013000', '37040044', ['bankNumber']],
])('in %s the account %s at bank %s breaks %j', async (country, account, bank, broken) => {
  expect(await issues(country, account, bank)).toEqual(broken)
})

test('no issue shows a digit of the account', async () => {
  const found = await bankDetailIssues(
    toBankDetails({ country: 'DE', accountNumber: 'DE88370400440532013000', bankNumber: '9' }),
  )
  expect(found).toHaveLength(2)
  expect(JSON.stringify(found)).not.toMatch(/\d{3}/)
})
