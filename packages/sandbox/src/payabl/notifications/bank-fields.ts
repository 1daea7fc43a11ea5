import { banksByCountry } from '../../checkout/banks.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { Payment } from '../state/payment.ts'
import { payInCountries } from '../wire/countries.ts'
import { toBytes } from '../wire/form.ts'

/** The bank fields that payabl's support adds on request. All values except the customer's name are invented. */
export const bankFields = (
  { bank, terms }: Payment,
  { customerFields: encoding, bankCountry }: PayablAssumptions,
): ReadonlyArray<readonly [name: string, value: string]> => {
  if (encoding === 'none' || !terms) return []
  const { country: longCountry, accountHolder } = terms
  const country = payInCountries.get(longCountry) ?? ''
  return [
    ['bank_country', bankCountry === 'alpha-3' ? longCountry : country],
    ['bic', `SBOX${country}2X`],
    ['bank_name', toBytes(bank ?? banksByCountry.get(country)?.[0] ?? '', encoding)],
    ['account_number', '69706212'],
    ['bank_number', '6112'],
    ['account_holder', toBytes(accountHolder, encoding)],
  ]
}
