import { type BankAccount, type Issue, type Money, toMinorUnits } from '@railswitch/core/provider'
import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import { largestAmount } from '../wire/money.ts'
import { isServedCountry, isServedCurrency } from './markets.ts'

/** What Meridian would refuse, found before anything is sent. */
export const amountIssues = (amount: Money): readonly Issue[] => {
  if (!isServedCurrency(amount.currency))
    return [{ field: 'amount.currency', rule: 'is not supported by Meridian', fix: 'use another rail for it' }]
  return toMinorUnits(amount) > largestAmount
    ? [{ field: 'amount.value', rule: 'is more than Meridian accepts', fix: 'send it in parts' }]
    : []
}

export const countryIssues = (country: string): readonly Issue[] =>
  isServedCountry(country)
    ? []
    : [{ field: 'customer.country', rule: 'is not served by Meridian', fix: 'use another rail for it' }]

/** Meridian knows accounts only by their IBAN. */
export const accountIssues = ({ accountNumber, bankNumber }: BankAccount): readonly Issue[] => [
  ...(isValidIBAN(ibanOf(accountNumber))
    ? []
    : [{ field: 'to.account.accountNumber', rule: 'must be an IBAN', fix: 'ask the customer for the IBAN' }]),
  ...(bankNumber === undefined
    ? []
    : [{ field: 'to.account.bankNumber', rule: 'is not used with an IBAN', fix: 'leave it out' }]),
]

export const ibanOf = (accountNumber: string): string => electronicFormatIBAN(accountNumber) ?? ''
