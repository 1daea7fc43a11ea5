import {
  amount,
  anyObject,
  anyText,
  country,
  currency,
  day,
  decimalsFitCurrency,
  email,
  flag,
  locale,
  oneOf,
  optional,
  ownId,
  pattern,
  required,
  telephone,
  text,
  vendorId,
  webAddress,
} from '../field-rules.ts'
import type { Description } from './method-schema.ts'
import * as responses from './responses.ts'
import * as shared from './shared-fields.ts'

const { NotificationURL, MessageID } = shared.order

const merchantReference = pattern(
  'the mandate reference of its scheme: BACS 6–10 of `A-Z 0-9`, Bankgiro 6–16 digits, SEPA 10–35 of `A-Z a-z 0-9`',
  /^(?!DDIC)[0-9A-Za-z]{6,35}$/,
)

const holder = {
  AccountID: optional(vendorId),
  Country: required(country),
  Firstname: optional(text, 'required for Bankgiro and SEPA'),
  Lastname: optional(text, 'required for Bankgiro and SEPA'),
  Email: required(email),
  MobilePhone: optional(telephone),
  NationalIdentificationNumber: optional(text, '`yyyyMMddxxxx` (SE)'),
  AddressLine1: optional(text),
  AddressLine2: optional(anyText),
  AddressCity: optional(text),
  AddressPostalCode: optional(text),
  AddressCountry: optional(country),
  ShopperStatement: optional(text),
}

const collection = {
  CollectionType: optional(oneOf('INITIAL', 'RECURRING', 'RE_SUBMITTED', 'FINAL')),
  PaymentDate: optional(day),
  ShopperStatement: optional(text),
}

const debitRejections = [
  'ERROR_MANDATE_NOT_FOUND',
  'ERROR_DIRECT_DEBIT_NOT_ALLOWED',
  'ERROR_PAYMENT_DATE_FAILURE',
  'ERROR_AMOUNT_FAILURE',
  'ERROR_CURRENCY_FAILURE',
]

/** Managed direct debit (MDD). */
export const directDebits = {
  DirectDebitMandate: {
    does: 'opens a page on which the customer signs a mandate',
    data: shared.order,
    attributes: {
      MerchantReference: required(merchantReference),
      ...holder,
      SuccessURL: required(webAddress),
      FailURL: required(webAddress),
      ...shared.dateOfBirth,
      UnchangeableNationalIdentificationNumber: optional(flag),
      PaymentSchedule: optional(anyObject),
      Locale: optional(locale),
      Theme: optional(oneOf('DARK', 'LIGHT', 'DEFAULT')),
      ReturnToAppURL: optional(text, 'native apps append `IsNative=true` to the url of the response'),
    },
    response: responses.checkout,
    errors: ['ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS'],
    source: 'https://docs.trustly.com/api/mdd-directdebitmandate',
  },
  ImportDirectDebitMandate: {
    does: 'imports a mandate that was signed elsewhere',
    data: shared.order,
    attributes: {
      MerchantReference: required(merchantReference),
      ImportType: required(oneOf('CREATE', 'REGISTER'), '`CREATE`: without a registration at the scheme'),
      ...holder,
    },
    response: responses.decided,
    errors: [],
    rejections: [
      'ERROR_ACCOUNT_NOT_FOUND',
      'ERROR_IMPORT_MANDATE_NOT_ALLOWED',
      'BANK_ACCOUNT_NUMBER_BLOCKED',
      'ERROR_INVALID_ACCOUNT_NUMBER',
      'ERROR_UNKNOWN',
    ],
    note: 'Trustly enables it on request',
    source: 'https://docs.trustly.com/api/mdd-importdirectdebitmandate',
  },
  CancelDirectDebitMandate: {
    does: 'ends a mandate',
    data: { OrderID: required(vendorId) },
    attributes: {},
    response: responses.decided,
    errors: [],
    rejections: ['ERROR_MANDATE_NOT_FOUND'],
    source: 'https://docs.trustly.com/api/mdd-canceldirectdebitmandate',
  },
  DirectDebit: {
    does: 'collects on a managed mandate',
    data: {
      MessageID,
      NotificationURL,
      AccountID: required(vendorId),
      MerchantReference: optional(merchantReference),
      ...shared.money,
    },
    attributes: collection,
    conditions: [decimalsFitCurrency('data')],
    response: responses.decided,
    errors: [],
    rejections: [...debitRejections, 'ERROR_COLLECTION_TYPE_FAILURE'],
    source: 'https://docs.trustly.com/api/mdd-directdebit',
  },
  CancelDirectDebit: {
    does: 'cancels a collection that has not started yet',
    data: { OrderID: required(vendorId) },
    attributes: {},
    response: responses.decided,
    errors: [],
    rejections: ['ERROR_CHARGE_NOT_FOUND', 'ERROR_CHARGE_ALREADY_PROCESSED'],
    source: 'https://docs.trustly.com/api/mdd-canceldirectdebit',
  },
  RefundDirectDebit: {
    does: 'refunds a collection, once and by at most its amount',
    data: { OrderID: required(vendorId), MessageID, ...shared.money },
    attributes: {},
    conditions: [decimalsFitCurrency('data')],
    response: responses.decided,
    errors: [],
    rejections: [
      'ERROR_CHARGE_NOT_FOUND',
      'ERROR_CHARGE_NOT_REFUNDABLE',
      'ERROR_AMOUNT_FAILURE',
      'ERROR_CURRENCY_FAILURE',
    ],
    source: 'https://docs.trustly.com/api/mdd-refunddirectdebit',
  },
  DirectCredit: {
    does: 'pays to the account of a mandate',
    data: {
      ...shared.order,
      AccountID: required(vendorId),
      BankIdentifier: optional(text),
      AccountNumber: optional(text),
      Amount: optional(amount),
      Currency: optional(currency),
      Country: optional(country),
    },
    attributes: collection,
    conditions: [decimalsFitCurrency('data')],
    response: responses.decided,
    errors: [],
    rejections: debitRejections,
    source: 'https://docs.trustly.com/api/mdd-directcredit',
  },
  DirectPaymentBatch: {
    does: 'executes a file of payments that was uploaded to the SFTP server',
    data: {
      MessageID: required(ownId),
      NotificationURL,
      Currency: optional(currency),
      Country: optional(country),
    },
    attributes: {
      PaymentDate: optional(day),
      BatchFile: optional(text, "the file's name"),
      Checksum: optional(pattern('an MD5 in hexadecimal', /^[0-9a-fA-F]{32}$/)),
    },
    response: responses.decided,
    errors: [],
    rejections: [
      'ERROR_DIRECT_DEBIT_NOT_ALLOWED',
      'ERROR_PAYMENT_DATE_FAILURE',
      'ERROR_UNABLE_TO_READ_BATCH_FILE',
      'ERROR_MISSING_BATCH_FILE',
      'ERROR_INVALID_CHECKSUM',
    ],
    source: "Trustly's generated model, github.com/trustly/trustly-client-js",
  },
} satisfies { readonly [method: string]: Description }
