import { banksByCountry } from '../checkout/banks.ts'
import type { PayablAssumptions } from './assumptions.ts'
import { toBytes } from './form.ts'
import type { Payment } from './ledger.ts'

/** The bank fields that payabl adds on request to its support. Values are invented, but for the customer's own name.
 *  Whether bank_country has two letters or three is not documented. */
export const customerFields = (
  { bank, terms }: Payment,
  encoding: PayablAssumptions['customerFields'],
): ReadonlyArray<readonly [name: string, value: string]> => {
  if (encoding === 'none' || !terms) return []
  const { country, accountHolder } = terms
  return [
    ['bank_country', country],
    ['bic', `SBOX${country}2X`],
    ['bank_name', toBytes(bank ?? banksByCountry.get(country)?.[0] ?? '', encoding)],
    ['account_number', '69706212'],
    ['bank_number', '6112'],
    ['account_holder', toBytes(accountHolder, encoding)],
  ]
}
