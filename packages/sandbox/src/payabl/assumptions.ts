/** What payabl does not document, or documents in two ways. The twin does one thing unless told otherwise. */
export type PayablAssumptions = {
  /** The answer to a bad signature: -999 in the older page, "-999 or -6000" in the newer. */
  readonly badSignatureStatus: -999 | -6000
  /** `own`: notifications name a capture with an id of its own; `same`: the id of the answer to the preauthorize. */
  readonly captureId: 'own' | 'same'
  /** Whether the answer to a refund names a new transaction or the refunded one. */
  readonly refundId: 'new' | 'original'
  /** 0 in the newer page, 2000 ("pending") in the older. The refund is made either way. */
  readonly refundStatus: 0 | 2000
  /** The answer to a payout that is on its way. */
  readonly payoutStatus: 0 | 2000
  /** A payout above the balance is accepted and then told to have failed (`notified`), or answered -5008 (`refused`). */
  readonly shortBalance: 'notified' | 'refused'
  /** `errorcode` of a notification with `payment_state=not_credited`. */
  readonly notCreditedErrorcode: string
  /** Whether refunds and chargebacks are told to the merchant. */
  readonly tellsRefunds: boolean
  readonly tellsChargebacks: boolean
  /** The bank fields that support can switch on, in this encoding. */
  readonly customerFields: 'none' | 'utf8' | 'latin1'
  /** Refuses multibyte UTF-8, as the FAQ says; without it any bytes are taken. */
  readonly latin1Only: boolean
  /** Where a customer lands: url_success and url_failed by what happened (`outcome`), or always url_return. */
  readonly landing: 'outcome' | 'url_return'
  /** Whether tx_diagnose by order id demands start_date and end_date. */
  readonly diagnoseDates: 'mandatory' | 'optional'
  /** `error_code` in tx_diagnose while the money has not been seen. */
  readonly diagnoseNotCreditedYet: '0' | '2000'
  /** The published listing has a space before each transaction id. */
  readonly spaceBeforeListedId: boolean
  /** Whether a notification that is sent again by send_notification has a new time stamp. */
  readonly resendTimestamp: 'new' | 'same'
  /** The zone of dates in XML and of start_date and end_date: IANA name. */
  readonly timeZone: string
}

export const usualAssumptions: PayablAssumptions = {
  badSignatureStatus: -999,
  captureId: 'own',
  refundId: 'new',
  refundStatus: 0,
  payoutStatus: 0,
  shortBalance: 'notified',
  notCreditedErrorcode: '0',
  tellsRefunds: false,
  tellsChargebacks: true,
  customerFields: 'none',
  latin1Only: false,
  landing: 'outcome',
  diagnoseDates: 'mandatory',
  diagnoseNotCreditedYet: '0',
  spaceBeforeListedId: true,
  resendTimestamp: 'new',
  timeZone: 'Europe/Berlin',
}
