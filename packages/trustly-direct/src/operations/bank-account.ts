import { type BankAccount, type Either, type Issue, left, right } from '@railswitch/core/provider'
import type * as Iban from 'ibantools'
import { type ClearingHouse, clearingHouseNames, clearingHouses } from '../client/methods/clearing-houses.ts'

/** A bank account in the form of Trustly's RegisterAccount. */
export interface RegisteredAccount {
  readonly ClearingHouse: ClearingHouse
  /** Empty for an IBAN. */
  readonly BankNumber: string
  readonly AccountNumber: string
}

const path = 'to.account'

/**
 * An IBAN, whose check digits are verified, or the local number of SE and GB. A Swedish IBAN has the clearing house `IBAN`, which
 * Trustly enables on request; a British one is split, because Trustly takes sort code and account number.
 */
export const toRegisteredAccount = (
  { country, accountNumber, bankNumber }: BankAccount,
  iban: Pick<typeof Iban, 'isValidIBAN'>,
): Either<readonly Issue[], RegisteredAccount> => {
  const house = clearingHouseNames.find((name) => clearingHouses[name].country === country)
  if (!house)
    return wrong('country', 'has no clearing house at Trustly', 'see `requirements` for the countries that have one')
  const number = plain(accountNumber)
  if (bankNumber !== undefined) return local(house, plain(bankNumber), number)
  if (!iban.isValidIBAN(number) || !number.startsWith(country))
    return wrong('accountNumber', `is no IBAN of ${country}`, fixOf(house))
  if (house === 'UNITED_KINGDOM') return local(house, number.slice(8, 14), number.slice(14))
  return right({ ClearingHouse: house === 'SWEDEN' ? 'IBAN' : house, BankNumber: '', AccountNumber: number })
}

const local = (house: ClearingHouse, bank: string, account: string): Either<readonly Issue[], RegisteredAccount> => {
  const shape = clearingHouses[house]
  if (!('bank' in shape)) return wrong('bankNumber', 'is for local numbers of SE and GB', 'leave it out beside an IBAN')
  if (!shape.bank.test(bank)) return wrong('bankNumber', 'is malformed', fixOf(house))
  if (!shape.account.test(account)) return wrong('accountNumber', 'is malformed', fixOf(house))
  return right({ ClearingHouse: house, BankNumber: bank, AccountNumber: account })
}

const fixOf = (house: ClearingHouse): string => {
  if (house === 'SWEDEN') return 'give a clearing number of 4 or 5 digits and an account number, or an IBAN'
  if (house === 'UNITED_KINGDOM') return 'give a sort code of 6 digits and an account number of 8, or an IBAN'
  return 'give the IBAN as the customer reads it at the bank'
}

const plain = (number: string): string => number.replace(/[\s-]/g, '').toUpperCase()

const wrong = (field: string, rule: string, fix: string): Either<readonly Issue[], RegisteredAccount> =>
  left([{ field: `${path}.${field}`, rule, fix }])
