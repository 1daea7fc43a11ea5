import { decimalsFitCurrency, notBeside, onlyBeside, requiredWith } from './conditions.ts'
import type { Description } from './description.ts'
import * as responses from './responses.ts'
import { amount, anyText, country, currency, day, email, flag, optional, required, text, vendorId } from './rule.ts'
import * as shared from './shared-fields.ts'

const unchangeable = onlyBeside(
  'attributes',
  'UnchangeableNationalIdentificationNumber',
  'NationalIdentificationNumber',
)

/** Methods whose response is a page that the customer is sent to. Only Deposit has Currency in Attributes. */
export const checkouts = {
  Deposit: {
    does: 'opens a checkout in which the customer pays in',
    data: shared.order,
    attributes: {
      ...shared.person,
      Email: required(email),
      Currency: required(currency, 'in Attributes here; in Data everywhere else but in Swish'),
      Amount: optional(amount, 'without it the customer chooses'),
      SuggestedMinAmount: optional(amount),
      SuggestedMaxAmount: optional(amount),
      ...shared.statement,
      ...shared.page,
      Method: optional(text, '`deposit.bank.netherlands.ideal` for iDEAL'),
      AccountID: optional(vendorId, 'a returning customer (Express)'),
      RequestKYC: optional(flag, '`1`: a `kyc` notification asks before the transfer (Pay N Play)'),
      RequestDirectDebitMandate: optional(flag, '`1`: asks for a mandate too'),
      QuickDeposit: optional(flag, '`1`: a one-click attempt'),
      ChargeAccountID: optional(vendorId),
      ShippingAddressCountry: optional(country),
      ShippingAddressPostalCode: optional(text),
      ShippingAddressCity: optional(text),
      ShippingAddressLine1: optional(text),
      ShippingAddressLine2: optional(anyText),
      ShippingAddress: optional(text, 'instead of the five above'),
      RecipientInformation: optional(shared.party, 'whom the money is for, where that is not the merchant'),
      ...shared.externalReference,
      ...shared.merchant,
      ...shared.testing,
      IntegrationModule: optional(text, 'plug-in name and version'),
    },
    conditions: [
      decimalsFitCurrency('attributes'),
      notBeside('attributes', 'Amount', ['SuggestedMinAmount', 'SuggestedMaxAmount']),
      onlyBeside('attributes', 'ChargeAccountID', 'QuickDeposit'),
      unchangeable,
    ],
    response: responses.checkout,
    errors: [638, 712, 717, 732],
    source: 'https://docs.trustly.com/api/deposit',
  },
  Withdraw: {
    does: 'opens a checkout in which the customer asks for money; a `debit` asks you to reserve it',
    data: { ...shared.order, Currency: required(currency) },
    attributes: {
      ...shared.person,
      DateOfBirth: optional(day, 'the documentation requires it, the model does not'),
      Email: optional(email),
      ...shared.statement,
      ...shared.page,
      SuggestedAmount: optional(amount, 'a fixed amount'),
      SuggestedMinAmount: optional(amount),
      SuggestedMaxAmount: optional(amount),
      ...shared.address,
      SenderInformation: optional(shared.party),
      ...shared.externalReference,
      ...shared.merchant,
      ...shared.testing,
    },
    conditions: [
      notBeside('attributes', 'SuggestedAmount', ['SuggestedMinAmount', 'SuggestedMaxAmount']),
      unchangeable,
    ],
    response: responses.checkout,
    errors: [638, 717],
    note: 'no longer offered to new merchants: SelectAccount and AccountPayout take its place',
    source: 'https://docs.trustly.com/api/withdraw',
  },
  SelectAccount: {
    does: 'opens a checkout in which the customer shows a bank account; an `account` notification reports it',
    data: shared.order,
    attributes: {
      ...shared.person,
      ...shared.dateOfBirth,
      Email: optional(email),
      ShopperStatement: optional(text),
      ...shared.page,
      RequestDirectDebitMandate: optional(flag, '`1`: asks for a mandate too'),
      ...shared.merchant,
      ...shared.testing,
    },
    conditions: [requiredWith('attributes', 'Email', 'RequestDirectDebitMandate'), unchangeable],
    response: responses.checkout,
    errors: [638, 717],
    note: 'Trustly enables `account` notifications on request',
    source: 'https://docs.trustly.com/api/selectaccount',
  },
} satisfies { readonly [method: string]: Description }
