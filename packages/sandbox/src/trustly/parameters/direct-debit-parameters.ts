import {
  filled,
  isCountry,
  isDate,
  isEmail,
  isFlag,
  isLocale,
  isUrl,
  optional,
  required,
  texts,
} from './parameter-rules.ts'
import {
  accountId,
  amount,
  attribute,
  currency,
  hold,
  type MethodRules,
  messageId,
  notificationUrl,
  orderData,
} from './shared-parameters.ts'

const mandateOrder = required('OrderID', 'ERROR_INVALID_PARAMETERS', filled)
const isOneOf =
  (...values: readonly string[]) =>
  (text: string) =>
    values.includes(text)

const holder = [
  required('MerchantReference', attribute, filled),
  required('Country', 'ERROR_INVALID_COUNTRY', isCountry),
  required('Email', 'ERROR_INVALID_EMAIL', isEmail),
  hold,
  ...texts(`AccountID AddressCity AddressCountry AddressLine1 AddressLine2 AddressPostalCode
    Firstname Lastname MobilePhone NationalIdentificationNumber ShopperStatement`),
]

const collection = [
  optional('PaymentDate', 'ERROR_INVALID_PARAMETERS', isDate),
  hold,
  ...texts('CollectionType ShopperStatement'),
]

/** The parameters of managed direct debit.
 *  @see https://eu.developers.trustly.com/doc/docs/mdd */
export const directDebitRules: ReadonlyArray<readonly [string, MethodRules]> = [
  [
    'DirectDebitMandate',
    {
      data: orderData,
      attributes: [
        ...holder,
        required('SuccessURL', 'ERROR_MALFORMED_SUCCESSURL', isUrl),
        required('FailURL', 'ERROR_MALFORMED_FAILURL', isUrl),
        optional('Locale', 'ERROR_INVALID_LOCALE', isLocale),
        optional('Theme', attribute, isOneOf('DARK', 'LIGHT', 'DEFAULT')),
        optional('UnchangeableNationalIdentificationNumber', attribute, isFlag),
        ...texts('DateOfBirth ReturnToAppURL'),
      ],
      structures: ['PaymentSchedule'],
    },
  ],
  [
    'ImportDirectDebitMandate',
    { data: orderData, attributes: [...holder, required('ImportType', attribute, isOneOf('CREATE', 'REGISTER'))] },
  ],
  ['CancelDirectDebitMandate', { data: [mandateOrder], attributes: [] }],
  ['DirectDebit', { data: [messageId, ...notificationUrl, accountId, currency, amount], attributes: collection }],
  ['CancelDirectDebit', { data: [mandateOrder], attributes: [] }],
  ['RefundDirectDebit', { data: [mandateOrder, messageId, currency, amount], attributes: [] }],
  [
    'DirectCredit',
    // An absent amount or currency is a rejection.
    {
      data: [
        ...orderData,
        accountId,
        optional('Currency', currency.malformed, currency.accepts),
        optional('Amount', amount.malformed, amount.accepts),
      ],
      attributes: collection,
    },
  ],
]
