/**
 * How Trustly's checkout may be shown, for the application that shows it. A full redirect by GET is right everywhere. A frame is
 * for desktop browsers only and never for a phone, where bank apps must open and return; with `TemplateURL` it is a redirect.
 * The customer's return proves nothing: the page shows "processing" until `deposit.credited`.
 * @see https://eu.developers.trustly.com/doc-old/docs/presentation-of-trustly-url (read 2026-11-21)
 */
export const trustlyCheckout = {
  /**
   * The `sandbox` attribute of a frame. Trustly demands `allow-popups-to-escape-sandbox`; the others are what a checkout that
   * opens bank windows and leaves by `URLTarget: '_top'` cannot do without.
   */
  frameSandbox:
    'allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts allow-top-navigation',
  /** Minutes of inactivity after which the page ends, somewhere between these; a `cancel` follows. Never mail its address. */
  expiresAfterMinutes: { atLeast: 10, atMost: 30 },
  /** In a web view of your own app the page calls one of these bridges. Keep the web view alive while a bank app is open. */
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
