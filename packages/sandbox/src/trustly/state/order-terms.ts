import type { Fields } from '../wire/fields.ts'

/** The terms of an order. Amounts are minor units; without an amount the customer chooses it. */
export interface Terms {
  readonly notificationUrl: string
  readonly endUserId: string
  readonly messageId: string
  /** Empty where no money moves. */
  readonly currency: string
  readonly amount: bigint | undefined
  readonly smallest: bigint | undefined
  readonly largest: bigint | undefined
  readonly holder: string
  readonly country: string
  readonly externalReference: string
  readonly paymentDate: string
  /** The reference of a mandate in its scheme. */
  readonly merchantReference: string
  /** The merchant's text on the customer's bank statement. */
  readonly statement: string
  /** HoldNotifications: the notifications wait for their release. */
  readonly hold: boolean
  readonly asksKyc: boolean
  readonly asksMandate: boolean
}

/** The additional terms of a hosted page. */
export interface PageTerms {
  readonly payee: string
  readonly country: string
  readonly successUrl: string
  readonly failUrl: string
  readonly urlTarget: string | undefined
  readonly locale: string
}

export const readTerms = ({ data, attribute, toMinor }: Fields): Terms => {
  const currency = data('Currency') || attribute('Currency')
  const amount = (text: string) => toMinor(text, currency)
  const holder = `${data('Firstname') || attribute('Firstname')} ${data('Lastname') || attribute('Lastname')}`
  return {
    notificationUrl: data('NotificationURL'),
    endUserId: data('EndUserID'),
    messageId: data('MessageID'),
    currency,
    amount: amount(data('Amount') || attribute('Amount') || attribute('SuggestedAmount')),
    smallest: amount(attribute('SuggestedMinAmount')),
    largest: amount(attribute('SuggestedMaxAmount')),
    holder: holder.trim(),
    country: attribute('Country') || 'SE',
    externalReference: attribute('ExternalReference'),
    paymentDate: attribute('PaymentDate'),
    merchantReference: attribute('MerchantReference') || data('MerchantReference'),
    statement: attribute('ShopperStatement'),
    hold: attribute('HoldNotifications') === '1',
    asksKyc: attribute('RequestKYC') === '1',
    asksMandate: attribute('RequestDirectDebitMandate') === '1',
  }
}

export const readPageTerms = ({ attribute }: Fields): PageTerms => ({
  payee: attribute('ShopperStatement') || attribute('PSPMerchant'),
  country: attribute('Country') || 'SE',
  successUrl: attribute('SuccessURL'),
  failUrl: attribute('FailURL'),
  urlTarget: attribute('URLTarget') || undefined,
  locale: attribute('Locale'),
})
