import {
  anyText,
  decimalsFitCurrency,
  email,
  oneOf,
  optional,
  ownId,
  required,
  telephone,
  text,
  vendorId,
} from '../field-rules.ts'
import { accountConditions, clearingHouseNames } from './clearing-houses.ts'
import type { Description } from './method-schema.ts'
import * as responses from './responses.ts'
import * as shared from './shared-fields.ts'

const bankAccount = {
  ClearingHouse: required(oneOf(...clearingHouseNames)),
  BankNumber: required(anyText, '`""` for an IBAN; SWEDEN: the clearing number, UNITED_KINGDOM: the sort code'),
  AccountNumber: required(text, 'the IBAN; SWEDEN and UNITED_KINGDOM: the digits of the local number'),
  Firstname: required(text, "or an organisation's name"),
  Lastname: required(anyText, 'empty for an organisation'),
}

const holder = {
  ...shared.dateOfBirth,
  MobilePhone: optional(telephone),
  NationalIdentificationNumber: optional(text),
  ...shared.address,
  Email: optional(email),
}

const payout = {
  ...shared.statement,
  ...shared.externalReference,
  SenderInformation: optional(shared.party, 'on whose behalf the money is paid, if not the merchant'),
  ...shared.merchant,
}

/** Methods that send money out, or register where it goes. */
export const payouts = {
  Refund: {
    does: 'returns part or all of a deposit to the account that it came from',
    data: { OrderID: required(vendorId, "the deposit's or the charge's"), ...shared.money },
    attributes: shared.externalReference,
    conditions: [decimalsFitCurrency('data')],
    response: responses.accepted,
    errors: [603, 655],
    note: 'it has no MessageID: only the UUID prevents that a repeated call pays twice',
    source: 'https://docs.trustly.com/api/refund',
  },
  AccountPayout: {
    does: 'pays to an account that Trustly knows',
    data: { ...shared.order, AccountID: required(vendorId), ...shared.money },
    attributes: payout,
    conditions: [decimalsFitCurrency('data')],
    response: responses.accepted,
    errors: [603, 624],
    source: 'https://docs.trustly.com/api/accountpayout',
  },
  RegisterAccount: {
    does: 'registers bank details as an AccountID; the same details give the same AccountID',
    data: { EndUserID: required(ownId), ...bankAccount },
    attributes: holder,
    conditions: accountConditions,
    response: responses.account,
    errors: ['ERROR_ACCOUNT_NOT_FOUND'],
    source: 'https://docs.trustly.com/api/registeraccount',
  },
  RegisterAccountPayout: {
    does: 'pays to bank details',
    data: { ...shared.order, ...bankAccount, ...shared.money },
    attributes: { ...payout, ...holder },
    conditions: [...accountConditions, decimalsFitCurrency('data')],
    response: responses.accepted,
    errors: [603],
    source: 'https://docs.trustly.com/api/registeraccountpayout',
  },
  ApproveWithdrawal: {
    does: 'sends a withdrawal that was reserved',
    data: { OrderID: required(vendorId) },
    attributes: {},
    response: responses.accepted,
    errors: ['ERROR_NOT_FOUND'],
    note: 'no longer offered to new merchants; `result` `0`: it could not be approved',
    source: 'https://docs.trustly.com/api/approvewithdrawal',
  },
  DenyWithdrawal: {
    does: 'cancels a withdrawal that was reserved; `cancel` and `credit` follow',
    data: { OrderID: required(vendorId) },
    attributes: {},
    response: responses.accepted,
    errors: ['ERROR_NOT_FOUND'],
    note: 'no longer offered to new merchants; `result` `0`: it could not be denied',
    source: 'https://docs.trustly.com/api/denywithdrawal',
  },
} satisfies { readonly [method: string]: Description }
