import {
  amount,
  anyText,
  country,
  currency,
  day,
  flag,
  ip,
  locale,
  notificationUrl,
  object,
  oneOf,
  optional,
  orNull,
  ownId,
  pattern,
  required,
  telephone,
  text,
  webAddress,
} from '../field-rules.ts'

/** Members that several methods share. */
export const order = {
  NotificationURL: required(notificationUrl, 'hard to guess; must stay reachable for the life of the order'),
  EndUserID: required(ownId, 'unique and stable per customer'),
  MessageID: required(ownId, 'unique per merchant account over all orders'),
}

export const money = { Amount: required(amount), Currency: required(currency) }

/** How the checkout looks, and where the customer continues afterwards. The return proves nothing. */
export const page = {
  Locale: required(locale),
  SuccessURL: required(webAddress, 'the page must show "processing": the customer may arrive before any notification'),
  FailURL: required(webAddress, 'also for a customer who cancels'),
  TemplateURL: optional(webAddress, 'Trustly fetches this page, inserts the checkout and hosts the result'),
  URLTarget: optional(oneOf('_top', '_self', '_parent'), 'the frame in which SuccessURL opens'),
  ReturnToAppURL: optional(text, 'native apps only: where BankID and bank apps return to'),
  URLScheme: optional(text, 'superseded by ReturnToAppURL'),
}

/** Who pays or is paid. */
export const person = {
  Firstname: required(text, "or an organisation's name"),
  Lastname: required(anyText, 'empty for an organisation'),
  Country: required(country, 'new customers are offered the banks of this country'),
  MobilePhone: optional(telephone, 'such as `+46709876543`'),
  IP: optional(ip, "the customer's address; strongly recommended"),
  NationalIdentificationNumber: optional(text, '`790131-1234` or `197901311234`'),
  UnchangeableNationalIdentificationNumber: optional(flag, '`1`: the customer cannot edit it (SE)'),
}

export const dateOfBirth = { DateOfBirth: optional(day) }

export const address = {
  AddressCountry: optional(country),
  AddressPostalCode: optional(text),
  AddressCity: optional(text),
  AddressLine1: optional(text),
  AddressLine2: optional(anyText),
  Address: optional(text, 'instead of the five address fields'),
}

/** Required of e-money institutions and wallets. */
export const merchant = {
  PSPMerchant: optional(text),
  PSPMerchantURL: optional(webAddress),
  MerchantCategoryCode: optional(pattern('four digits', /^\d{4}$/)),
}

/** The text on the customer's bank statement, brand first. */
export const statement = { ShopperStatement: required(text, 'each bank shortens it to its own limit') }

export const externalReference = { ExternalReference: optional(text, 'appears in the settlement report') }

export const party = object({
  Partytype: required(oneOf('PERSON', 'ORGANISATION')),
  Firstname: required(text),
  Lastname: required(orNull(anyText), 'empty for an organisation'),
  CountryCode: required(country),
  CustomerID: optional(text),
  Address: optional(text),
  DateOfBirth: optional(text, "or an organisation's number"),
})

/** Only in Trustly's TEST environment. */
export const testing = {
  HoldNotifications: optional(flag, 'TEST only: notifications wait in the back office until released'),
}

/** Errors about a member: every method that has the member can give them. */
export const errorsOfField: { readonly [name: string]: readonly number[] } = {
  NotificationURL: [705, 734],
  EndUserID: [696, 706],
  MessageID: [637, 697, 704],
  Amount: [615],
  Currency: [622],
  Country: [737],
  Locale: [645],
  Email: [642],
  IP: [698],
  SuccessURL: [700],
  FailURL: [701],
  TemplateURL: [702],
  URLTarget: [703],
  AccountNumber: [624],
}
/** Errors that every call can give. */
export const errorsOfEveryCall: readonly number[] = [602, 607, 616, 620, 623, 636, 639, 688, 718]
