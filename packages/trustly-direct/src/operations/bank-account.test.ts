import { type BankAccount, isLeft } from '@railswitch/core/provider'
import * as iban from 'ibantools'
import { clearingHouseNames, clearingHouses } from '../client/methods/clearing-houses.ts'
import { toRegisteredAccount } from './bank-account.ts'

/** Examples of the IBAN registry (SWIFT), one for each country of Trustly's table (section 3.8). */
const registryExamples = {
  AT: 'AT611904300234573201',
  BE: 'BE68539007547034',
  BG: 'BG80BNBG96611020345678',
  HR: 'HR1210010051863000160',
  CY: 'CY17002001280000001200527600',
  CZ: 'CZ6508000000192000145399',
  DK: 'DK5000400440116243',
  EE: 'EE382200221020145685',
  FI: 'FI2112345600000785',
  FR: 'FR1420041010050500013M02606',
  DE: 'DE89370400440532013000',
  GR: 'GR1601101250000000012300695',
  HU: 'HU42117730161111101800000000',
  IE: 'IE29AIBK93115212345678',
  IT: 'IT60X0542811101000000123456',
  LV: 'LV80BANK0000435195001',
  LT: 'LT121000011101001000',
  LU: 'LU280019400644750000',
  MT: 'MT84MALT011000012345MTLCAST001S',
  NL: 'NL91ABNA0417164300',
  NO: 'NO9386011117947',
  PL: 'PL61109010140000071219812874',
  PT: 'PT50000201231234567890154',
  RO: 'RO49AAAA1B31007593840000',
  SK: 'SK3112000000198742637541',
  SI: 'SI56263300012039086',
  ES: 'ES9121000418450200051332',
  SE: 'SE4550000000058398257466',
  GB: 'GB29NWBK60161331926819',
}

const read = (account: BankAccount) => {
  const given = toRegisteredAccount(account, iban)
  return isLeft(given) ? given.left.map(({ field, rule }) => `${field} ${rule}`) : given.right
}

test.each(Object.entries(registryExamples))(
  'an IBAN of %s fits the clearing house that it goes to',
  (country, accountNumber) => {
    const account = toRegisteredAccount(
      { country, accountNumber: accountNumber.replace(/(.{4})/g, '$1 ').trim() },
      iban,
    )
    if (isLeft(account)) throw new Error(JSON.stringify(account.left))
    const { ClearingHouse, BankNumber, AccountNumber } = account.right
    const shape = clearingHouses[ClearingHouse]
    expect(shape.country).toBe(country)
    expect(AccountNumber).toMatch(shape.account)
    expect('bank' in shape ? BankNumber : `empty${BankNumber}`).toMatch('bank' in shape ? shape.bank : /^empty$/)
  },
)

test("every country of Trustly's table has an example", () => {
  expect(Object.keys(registryExamples).sort()).toEqual(
    [...new Set(clearingHouseNames.map((name) => clearingHouses[name].country))].sort(),
  )
})

test('a Swedish IBAN goes to the clearing house IBAN, a British one is taken apart', () => {
  expect(read({ country: 'SE', accountNumber: registryExamples.SE })).toMatchObject({
    ClearingHouse: 'IBAN',
    BankNumber: '',
  })
  expect(read({ country: 'GB', accountNumber: registryExamples.GB })).toEqual({
    ClearingHouse: 'UNITED_KINGDOM',
    BankNumber: '601613',
    AccountNumber: '31926819',
  })
})

test('local numbers of SE and GB are taken with or without spaces and hyphens (java-request-registeraccount)', () => {
  const sweden = { ClearingHouse: 'SWEDEN', BankNumber: '6112', AccountNumber: '69706212' }
  expect(read({ country: 'SE', bankNumber: '6112', accountNumber: '69 706 212' })).toEqual(sweden)
  expect(read({ country: 'GB', bankNumber: '60-16-13', accountNumber: '31926819' })).toEqual({
    ClearingHouse: 'UNITED_KINGDOM',
    BankNumber: '601613',
    AccountNumber: '31926819',
  })
})

test.each([
  [
    'wrong check digits',
    { country: 'DE', accountNumber: 'DE88370400440532013000' },
    'to.account.accountNumber is no IBAN of DE',
  ],
  [
    "another country's IBAN",
    { country: 'FI', accountNumber: registryExamples.DE },
    'to.account.accountNumber is no IBAN of FI',
  ],
  [
    'a bank number beside an IBAN',
    { country: 'DE', bankNumber: '37040044', accountNumber: registryExamples.DE },
    'to.account.bankNumber is for local numbers of SE and GB',
  ],
  [
    'a short clearing number',
    { country: 'SE', bankNumber: '611', accountNumber: '69706212' },
    'to.account.bankNumber is malformed',
  ],
  [
    'a short account number',
    { country: 'GB', bankNumber: '601613', accountNumber: '3192681' },
    'to.account.accountNumber is malformed',
  ],
  [
    'a country without a clearing house',
    { country: 'US', accountNumber: '12345678' },
    'to.account.country has no clearing house at Trustly',
  ],
])('%s is refused, and the number is not repeated', (_name, account, issue) => {
  expect(read(account)).toEqual([issue])
})
