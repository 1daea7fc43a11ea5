import type { Fields } from '../wire/fields.ts'

/** What a correct call asks for. Amounts are minor units; without an amount the customer chooses one. */
export type Terms = {
  readonly notificationUrl: string
  readonly endUserId: string
  readonly messageId: string
  /** Empty where no money moves. */
  readonly currency: string
  readonly amount: bigint | undefined
  readonly least: bigint | undefined
  readonly most: bigint | undefined
  readonly holder: string
  readonly country: string
  readonly externalReference: string
  readonly paymentDate: string
  /** HoldNotifications: the notifications wait for their release. */
  readonly hold: boolean
  readonly asksKyc: boolean
  readonly asksMandate: boolean
}

/** What a hosted page needs besides. */
export type PageTerms = {
  readonly payee: string
  readonly country: string
  readonly successUrl: string
  readonly failUrl: string
  readonly urlTarget: string | undefined
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
    least: amount(attribute('SuggestedMinAmount')),
    most: amount(attribute('SuggestedMaxAmount')),
    holder: holder.trim(),
    country: attribute('Country') || 'SE',
    externalReference: attribute('ExternalReference'),
    paymentDate: attribute('PaymentDate'),
    hold: attribute('HoldNotifications') === '1',
    asksKyc: attribute('RequestKYC') === '1',
    asksMandate: attribute('RequestDirectDebitMandate') === '1',
  }
}

export const readPageTerms = ({ attribute }: Fields): PageTerms => ({
  payee: attribute('ShopperStatement') || attribute('PSPMerchant') || 'The shop',
  country: attribute('Country') || 'SE',
  successUrl: attribute('SuccessURL'),
  failUrl: attribute('FailURL'),
  urlTarget: attribute('URLTarget') || undefined,
})
