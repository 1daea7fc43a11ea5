import {
  accountFields,
  chargeFields,
  type DepositInput,
  depositFields,
  type FieldRequirements,
  type Market,
  mandateFields,
  mandateImportFields,
  type Operation,
  payoutFields,
  type Question,
  refundFields,
} from '@railswitch/core/provider'
import { currencies } from './client/field-rules.ts'
import { clearingHouseNames, clearingHouses } from './client/methods/clearing-houses.ts'
import { schemeOf } from './direct-debit/schemes.ts'
import { ownAttributes } from './provider-options.ts'

/** What an operation needs at Trustly for a country and a currency. */
export const requirements = (operation: Operation, market: Market): FieldRequirements => {
  switch (operation) {
    case 'deposit':
    case 'withdrawal':
      return depositRequirements(market)
    case 'payout':
      return payoutRequirements(market)
    case 'refund':
      return { fields: refundFields }
    case 'account':
      return { fields: accountFields }
    case 'charge':
      return { fields: [...chargeFields, 'statement'] }
    case 'mandate':
      return mandateRequirements(mandateFields, market)
    case 'importMandate':
      return mandateRequirements(mandateImportFields, market)
    default:
      return operation satisfies never
  }
}

/** The fields that Trustly's checkouts require, `statement` in addition to those of every rail. */
export const depositRequirements = ({ currency }: Market): FieldRequirements => ({
  fields: [...depositFields, 'statement'],
  ...(!currencies.includes(currency) && { refused: `${currency} is not a currency of Trustly` }),
})

/** A direct debit scheme collects in one currency only. `country` is the customer's. */
const mandateRequirements = (fields: readonly string[], { country, currency }: Market): FieldRequirements => {
  const scheme = schemeOf(country)
  const refused = !scheme
    ? `Trustly has no direct debit in ${country}`
    : scheme.currency !== currency && `direct debit in ${country} collects ${scheme.currency}, not ${currency}`
  return { fields, ...(refused && { refused }) }
}

/** The fields that Trustly requires for a payout. `country` is that of the account. */
export const payoutRequirements = ({ country, currency }: Market): FieldRequirements => {
  const known = clearingHouseNames.some((name) => clearingHouses[name].country === country)
  const refused = !currencies.includes(currency)
    ? `${currency} is not a currency of Trustly`
    : !known && `Trustly has no clearing house for ${country}`
  return { fields: [...payoutFields, 'statement'], ...(refused && { refused }) }
}

/** Every deposit can be reversed; `kyc.received` is asked where the deposit requests it. */
export const depositQuestions = (input: DepositInput): readonly Question[] =>
  ownAttributes(input).RequestKYC === '1' ? ['deposit.reversed', 'kyc.received'] : ['deposit.reversed']
