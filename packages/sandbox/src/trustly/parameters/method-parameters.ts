import { directDebitRules } from './direct-debit-parameters.ts'
import {
  filled,
  isAccountNumber,
  isAddress,
  isAmount,
  isBankNumber,
  isClearingHouse,
  isCountry,
  isCurrency,
  isDate,
  isEmail,
  isFlag,
  isFrame,
  isIdentifier,
  isLocale,
  isUrl,
  optional,
  type Rule,
  required,
  texts,
  wanted,
} from './parameter-rules.ts'
import {
  accountId,
  amount,
  attribute,
  currency,
  hold,
  type MethodRules,
  messageId,
  orderData,
} from './shared-parameters.ts'

const date = (name: string) => required(name, 'ERROR_INVALID_PARAMETERS', isDate)
const orderId = required('OrderID', 'ERROR_INVALID_ORDER_ID', filled)

const bankAccountData: readonly Rule[] = [
  required('EndUserID', 'ERROR_ENDUSERID_IS_NULL', isIdentifier, 'ERROR_MALFORMED_ENDUSERID'),
  required('ClearingHouse', 'ERROR_INVALID_PARAMETERS', isClearingHouse),
  required('BankNumber', 'ERROR_INVALID_BANK_ACCOUNT_NUMBER', isBankNumber),
  required('AccountNumber', 'ERROR_INVALID_BANK_ACCOUNT_NUMBER', isAccountNumber),
  required('Firstname', 'ERROR_INVALID_PARAMETERS', filled),
  // A company has its name in Firstname and an empty Lastname.
  optional('Lastname', 'ERROR_INVALID_PARAMETERS', () => true),
]

/** The attributes of every hosted page. */
const page: readonly Rule[] = [
  required('Firstname', attribute, filled),
  optional('Lastname', attribute, () => true),
  required('Country', 'ERROR_INVALID_COUNTRY', isCountry),
  required('Locale', 'ERROR_INVALID_LOCALE', isLocale),
  optional('IP', 'ERROR_INVALID_IP', isAddress),
  required('SuccessURL', 'ERROR_MALFORMED_SUCCESSURL', isUrl),
  required('FailURL', 'ERROR_MALFORMED_FAILURL', isUrl),
  optional('TemplateURL', 'ERROR_MALFORMED_TEMPLATEURL', isUrl),
  optional('URLTarget', 'ERROR_MALFORMED_URLTARGET', isFrame),
  optional('HoldNotifications', attribute, isFlag),
  ...texts(`IntegrationModule MobilePhone NationalIdentificationNumber ReturnToAppURL URLScheme
    UnchangeableNationalIdentificationNumber`),
]
const psp = texts('MerchantCategoryCode PSPMerchant PSPMerchantURL')
const person = texts(`Address AddressCity AddressCountry AddressLine1 AddressLine2 AddressPostalCode DateOfBirth
  MobilePhone NationalIdentificationNumber`)
const email = optional('Email', 'ERROR_INVALID_EMAIL', isEmail)
const statement = wanted('ShopperStatement', attribute, filled)
const externalReference = texts('ExternalReference')
const bounds = ['SuggestedMinAmount', 'SuggestedMaxAmount'].map((name) =>
  optional(name, 'ERROR_INVALID_AMOUNT', isAmount),
)
/** Null means all. */
const anyCurrency = optional('Currency', 'ERROR_INVALID_CURRENCY_CODE', isCurrency)

/** The parameters of each method: Trustly's own model, relaxed where existing clients omit required ones.
 *  @see https://docs.trustly.com/api */
export const methodRules: ReadonlyMap<string, MethodRules> = new Map<string, MethodRules>([
  [
    'Deposit',
    {
      attributes: [
        ...page,
        required('ShopperStatement', attribute, filled),
        required('Email', 'ERROR_INVALID_EMAIL', isEmail),
        currency,
        optional('Amount', 'ERROR_INVALID_AMOUNT', isAmount),
        ...bounds,
        ...['RequestKYC', 'RequestDirectDebitMandate', 'QuickDeposit'].map((name) => optional(name, attribute, isFlag)),
        ...psp,
        ...externalReference,
        ...texts(`AccountID ChargeAccountID Method ShippingAddress ShippingAddressCity ShippingAddressCountry
          ShippingAddressLine1 ShippingAddressLine2 ShippingAddressPostalCode`),
      ],
      structures: ['RecipientInformation'],
      data: orderData,
    },
  ],
  ['Refund', { data: [orderId, currency, amount], attributes: externalReference }],
  [
    'Withdraw',
    {
      attributes: [
        ...page,
        ...person,
        statement,
        email,
        optional('SuggestedAmount', 'ERROR_INVALID_AMOUNT', isAmount),
        ...bounds,
        ...psp,
        ...externalReference,
        ...texts('AccountNumber BankNumber ClearingHouse'),
      ],
      structures: ['SenderInformation'],
      data: [...orderData, currency],
    },
  ],
  ['ApproveWithdrawal', { data: [required('OrderID', 'ERROR_NOT_FOUND', filled)], attributes: [] }],
  ['DenyWithdrawal', { data: [required('OrderID', 'ERROR_NOT_FOUND', filled)], attributes: [] }],
  [
    'SelectAccount',
    {
      attributes: [
        ...page,
        email,
        optional('RequestDirectDebitMandate', attribute, isFlag),
        ...psp,
        ...texts('DateOfBirth ShopperStatement'),
      ],
      data: orderData,
    },
  ],
  ['RegisterAccount', { data: bankAccountData, attributes: [...person, email] }],
  [
    'AccountPayout',
    {
      attributes: [statement, hold, ...psp, ...externalReference],
      structures: ['SenderInformation'],
      data: [...orderData, accountId, currency, amount],
    },
  ],
  [
    'RegisterAccountPayout',
    {
      attributes: [statement, hold, ...person, email, ...psp, ...externalReference],
      structures: ['SenderInformation'],
      data: [...orderData, ...bankAccountData, currency, amount],
    },
  ],
  [
    'Charge',
    {
      attributes: [
        statement,
        wanted('Email', 'ERROR_INVALID_EMAIL', isEmail),
        optional('PaymentDate', 'ERROR_INVALID_PARAMETERS', isDate),
        hold,
        ...psp,
        ...externalReference,
      ],
      data: [...orderData, accountId, currency, amount],
    },
  ],
  ['CancelCharge', { data: [orderId], attributes: [] }],
  ['AccountLedger', { data: [date('FromDate'), date('ToDate'), anyCurrency], attributes: [] }],
  ['Balance', { data: [], attributes: [] }],
  ['GetWithdrawals', { data: [required('OrderID', 'ERROR_INVALID_PARAMETERS', filled)], attributes: [] }],
  [
    'ViewAutomaticSettlementDetailsCSV',
    {
      data: [date('SettlementDate'), anyCurrency],
      attributes: [required('APIVersion', 'ERROR_INVALID_PARAMETERS', (text) => text === '1.2')],
    },
  ],
  ['MerchantSettlement', { data: [messageId, currency, amount], attributes: [] }],
  ...directDebitRules,
])
