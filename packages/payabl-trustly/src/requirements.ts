import {
  accountFields,
  chargeFields,
  depositFields,
  type FieldRequirements,
  type Market,
  mandateFields,
  mandateImportFields,
  type Operation,
  payoutFields,
  refundFields,
  withdrawalFields,
} from '@railswitch/core/provider'
import { noAccount, noDirectDebit, noWithdrawal } from './capabilities.ts'
import { currencies, payInCountries, payoutCountries } from './wire/markets.ts'

/** What an operation needs at payabl for a country and a currency. */
export const requirements = (operation: Operation, market: Market): FieldRequirements => {
  switch (operation) {
    case 'deposit':
      return depositRequirements(market)
    case 'payout':
      return payoutRequirements(market)
    case 'refund':
      return { fields: refundFields }
    case 'withdrawal':
      return { fields: withdrawalFields, refused: noWithdrawal }
    case 'account':
      return { fields: accountFields, refused: noAccount }
    case 'charge':
      return { fields: chargeFields, refused: noDirectDebit }
    case 'mandate':
      return { fields: mandateFields, refused: noDirectDebit }
    case 'importMandate':
      return { fields: mandateImportFields, refused: noDirectDebit }
    default:
      return operation satisfies never
  }
}

/** The fields that payment_preauthorize requires. */
export const depositRequirements = ({ country, currency }: Market): FieldRequirements => {
  const refused = !payInCountries.has(country)
    ? `customers of ${country} cannot pay through payabl`
    : !currencies.has(currency)
      ? `${currency} is not a currency of payabl`
      : undefined
  return { fields: depositFields, ...(refused !== undefined && { refused }) }
}

/** The fields that a payout requires. Those of the account and of the payee are required only with `to.account`. */
export const payoutRequirements = ({ country, currency }: Market): FieldRequirements => {
  const refused = !payoutCountries.has(country)
    ? `payabl cannot pay out to banks of ${country}`
    : !currencies.has(currency)
      ? `${currency} is not a currency of payabl`
      : undefined
  return { fields: payoutFields, ...(refused !== undefined && { refused }) }
}
