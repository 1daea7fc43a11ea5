import type { JsonData } from '../wire/envelope.ts'

/** An order of another merchant, with any MessageID and address. */
export interface TrustlyStrangerOrder {
  /** `Deposit` unless given. */
  readonly method?: 'Deposit' | 'Withdraw' | 'SelectAccount' | 'AccountPayout' | 'RegisterAccountPayout' | 'Charge'
  readonly messageId: string
  /** On loopback, unless remote addresses are allowed. */
  readonly notificationUrl: string
  /** `100.00` and `SEK` unless given; a selected account has neither. */
  readonly amount?: string
  readonly currency?: string
  readonly endUserId?: string
  /** Added to the default ones: `{ RequestKYC: '1' }`. */
  readonly attributes?: JsonData
}

type Method = NonNullable<TrustlyStrangerOrder['method']>

export const defaultOrder = { method: 'Deposit', amount: '100.00', currency: 'SEK', endUserId: 'stranger' } as const

const holder = { Firstname: 'Sam', Lastname: 'Stranger' }

/** The bank account that the stranger pays to and charges. */
export const strangerBankAccount = {
  ...holder,
  EndUserID: 'stranger',
  ClearingHouse: 'SWEDEN',
  BankNumber: '5329',
  AccountNumber: '1234567',
}

const page = {
  ...holder,
  Country: 'SE',
  Locale: 'sv_SE',
  Email: 'sam@stranger.example',
  MobilePhone: '+46709876543',
  IP: '127.0.0.1',
  ShopperStatement: 'STRANGER',
  SuccessURL: 'https://stranger.example/success',
  FailURL: 'https://stranger.example/fail',
}

const birthday = { DateOfBirth: '1990-01-20' }

/** All data that the method requires. */
export const toStrangerData = (
  order: TrustlyStrangerOrder,
  /** The account of a payout or a charge. */
  accountId: string,
): JsonData => {
  const { method, messageId, notificationUrl, endUserId, amount, currency } = { ...defaultOrder, ...order }
  const identity = { NotificationURL: notificationUrl, EndUserID: endUserId, MessageID: messageId }
  const money = { Amount: amount, Currency: currency }
  const payout = { ShopperStatement: 'STRANGER' }
  const parameters: Record<Method, { readonly data: JsonData; readonly attributes: JsonData }> = {
    Deposit: { data: identity, attributes: { ...page, ...money } },
    Withdraw: {
      data: { ...identity, Currency: currency },
      attributes: { ...page, ...birthday, SuggestedAmount: amount },
    },
    SelectAccount: { data: identity, attributes: page },
    AccountPayout: { data: { ...identity, ...money, AccountID: accountId }, attributes: payout },
    RegisterAccountPayout: { data: { ...strangerBankAccount, ...identity, ...money }, attributes: payout },
    Charge: { data: { ...identity, ...money, AccountID: accountId }, attributes: { ...payout, Email: page.Email } },
  }
  return { ...parameters[method].data, Attributes: { ...parameters[method].attributes, ...order.attributes } }
}
