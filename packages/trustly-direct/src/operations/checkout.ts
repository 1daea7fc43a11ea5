import type { Checkout, DepositInput, OperationResponse, PaymentRef } from '@railswitch/core/provider'
import type { TrustlyResponse } from '../client/methods/methods.ts'

/** Attributes of every checkout. A customer who cancels is sent to FailURL. */
export const checkoutAttributes = ({
  customer,
  returnUrl,
  statement = '',
}: Pick<DepositInput, 'customer' | 'returnUrl' | 'statement'>) => ({
  Country: customer.country,
  Locale: toTrustlyLocale(customer.locale),
  Firstname: customer.firstName,
  Lastname: customer.lastName,
  Email: customer.email,
  ShopperStatement: statement,
  SuccessURL: typeof returnUrl === 'string' ? returnUrl : returnUrl.success,
  FailURL: typeof returnUrl === 'string' ? returnUrl : returnUrl.failure,
  ...(customer.phone !== undefined && { MobilePhone: customer.phone }),
  ...(customer.ip !== undefined && { IP: customer.ip }),
})

/** `sv-Latn-SE` to `sv_SE`: Trustly takes only language and territory. */
const toTrustlyLocale = (tag: string): string => {
  const { language, region } = new Intl.Locale(tag)
  return region ? `${language}_${region}` : language
}

/** The checkout that a response opens. Trustly names no time at which it expires. */
export const toCheckout =
  (payment: PaymentRef) =>
  ({ orderid, url }: TrustlyResponse<'Deposit'>): OperationResponse<Checkout> => ({
    result: { payment, redirectUrl: url, expiresAt: null },
    vendorIds: [orderid],
  })

/**
 * How an application may show Trustly's checkout. A full redirect by GET is always right. A frame is for desktop browsers only, never
 * for a phone, where bank apps must open and return; with `TemplateURL`, only a redirect is possible. The customer's return proves
 * nothing: the page shows "processing" until `deposit.credited`.
 * @see https://eu.developers.trustly.com/doc-old/docs/presentation-of-trustly-url (read 2026-11-21)
 */
export const trustlyCheckout = {
  /**
   * The `sandbox` attribute of a frame. Trustly demands `allow-popups-to-escape-sandbox`; a checkout that opens bank windows and
   * returns by `URLTarget: '_top'` needs the others.
   */
  frameSandbox:
    'allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts allow-top-navigation',
  /** The page expires after this many minutes of inactivity, and a `cancel` follows. Never send its address by mail. */
  expiresAfterMinutes: { atLeast: 10, atMost: 30 },
  /** In a web view of your own app, the page calls one of these bridges. Keep the web view alive while a bank app is open. */
  nativeBridge: {
    android: { object: 'TrustlyAndroid', method: 'handleTrustlyEvent', arguments: ['type', 'url', 'packageName'] },
    ios: { messageHandler: 'trustlySDKBridge', message: ['type', 'url'] },
    /** `onTrustlyCheckoutRedirect` asks to open an app or an address, and can come several times. */
    events: [
      'onTrustlyCheckoutRedirect',
      'onTrustlyCheckoutSuccess',
      'onTrustlyCheckoutError',
      'onTrustlyCheckoutAbort',
    ],
  },
} as const
