import { memberOf } from './envelope.ts'
import type { JsonObject } from './raw-json.ts'

const known: ReadonlySet<string> = new Set(
  `AccountID Amount ChargeAccountID Country Currency Email ExternalReference FailURL Firstname HoldNotifications IP
  IntegrationModule Lastname Locale MerchantCategoryCode Method MobilePhone NationalIdentificationNumber PSPMerchant
  PSPMerchantURL QuickDeposit RecipientInformation RequestDirectDebitMandate RequestKYC ReturnToAppURL
  ShippingAddress ShippingAddressCity ShippingAddressCountry ShippingAddressLine1 ShippingAddressLine2
  ShippingAddressPostalCode ShopperStatement SuccessURL SuggestedMaxAmount SuggestedMinAmount TemplateURL
  URLScheme URLTarget UnchangeableNationalIdentificationNumber`.split(/\s+/),
)

/** Attributes of a Deposit that no documentation knows: the vendor ignores them in silence, so a misspelt name is
 *  lost without a word. Only a hint in the request log. */
export const unknownAttributes = (data: JsonObject): readonly string[] => {
  const attributes = memberOf(data, 'Attributes')
  return attributes?.kind === 'object' ? [...attributes.members.keys()].filter((name) => !known.has(name)) : []
}
