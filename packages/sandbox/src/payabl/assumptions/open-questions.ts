/** A question that payabl's documents leave open or answer in two ways. `section` is the section of protocol/payabl.md
 *  that says so. Without `others`, any value of the type that `accepts` allows is valid. */
export interface OpenQuestion<Answer> {
  readonly section: string
  readonly question: string
  readonly usual: Answer
  readonly others: readonly Answer[]
  readonly accepts?: (answer: Answer) => boolean
}

const either = <const Usual, const Other>(
  section: string,
  question: string,
  usual: Usual,
  ...others: readonly Other[]
): OpenQuestion<Usual | Other> => ({ section, question, usual, others })

const free = <Answer>(
  section: string,
  question: string,
  usual: Answer,
  accepts: (answer: Answer) => boolean = () => true,
): OpenQuestion<Answer> => ({ section, question, usual, others: [], accepts })

const isHeader = (text: string): boolean => /^[ -~]*$/.test(text)

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Every open question with its default answer. `PayablOptions.assumptions` gives other answers. */
export const openQuestions = {
  // Transport and signature
  path: either('1', 'the path before the action: BLIK and MB WAY have moved', 'pay/backoffice', 'apm_gw'),
  answerContentType: free<string>(
    '1',
    'Content-Type of a form response; none when empty',
    'text/plain; charset=ISO-8859-1',
    isHeader,
  ),
  latin1Only: either('1', 'multibyte UTF-8: taken as bytes, or refused as the FAQ says', false, true),
  badSignatureStatus: either('2.1', 'a bad signature: -999, in the newer page "or -6000"', -999, -6000),
  duplicateNames: either('8', 'which value counts of a name that occurs twice', 'last', 'first'),
  duplicateGuard: either('9', 'a repeated request within a minute: executed again, or -2407', 'none', -2407),

  // Every response
  wrongFieldStatus: either('8', 'a malformed field: its own code where it has one, or -6000', 'own', -6000),
  wrongCountryStatus: free('5', 'the code of "Wrong country code", which is not published', -6000),
  wrongMobileStatus: free('5', 'the code of a wrong mobile: the published list is cut before it', -6122),
  echo: either('3', 'currency and orderid in responses: as sent, or empty', 'filled', 'empty'),

  // payment_preauthorize
  neededFields: either('3.1', 'needed: what the Trustly page lists, or what the reference marks', 'listed', 'marked'),
  repeatedOrderid: either('13', 'an orderid that was used before: another payment, or -2407', 'taken', -2407),
  longestOrderid: either('3.1', 'the longest orderid: 40, or 30 in two pages', 40, 30),
  longestName: either('3.1', 'the longest firstname and lastname: 50, or 30 in two pages', 50, 30),
  amountDecimals: either(
    '3.1',
    'decimals of an amount: none or two, or any number as in the SDK',
    'none or two',
    'any',
  ),
  payInCountries: either('7', 'countries: the 16 of the parameter table, or the 12 of the header', 'table', 'header'),
  pendingStatus: either('3.1', 'the status beside a redirect_url: 2000, or 0 as printed for MyBank', 2000, 0),
  redirectUrlEncoded: either('3.1', 'how often redirect_url is percent-encoded', 'once', 'twice'),
  paymentGuarantee: either('3', 'payment_guarantee, which only the reference lists', 'absent', 'present'),
  refusedTransactionId: either('3.1', 'transactionid of a refused preauthorize', 'absent', 'present'),
  landing: either('3.1', 'the customer is always redirected to url_return, or by outcome', 'url_return', 'outcome'),
  pendingReversal: either(
    '3.4',
    'payment_reversal of a pending pay-in: refused, or it cancels the pay-in',
    'refused',
    'cancels',
  ),

  // payment_refund
  refundStatus: either(
    '3.3',
    'the status in the response: 0 in the newer page, 2000 in the older; executed either way',
    0,
    2000,
  ),
  refundId: either('3.3', 'the response has the id of a new transaction, or of the refunded one', 'new', 'original'),
  refusedRefundStatus: free('3.3', 'the status for a refund of a pay-in that is not credited', -5007),
  refundUrl: either(
    '13',
    'notifications of a refund go to the pay-in’s URL, or to its own notification_url',
    'pay-in',
    'request',
  ),

  // payment_cft
  payoutStatus: either('3.2', 'the status of an accepted payout', 0, 2000),
  payoutUrl: either('3.2', 'whether a payout’s notification_url counts, or only the account’s', 'request', 'account'),
  payoutCurrency: either('3.2', 'a payout on a transaction "should" have its currency', 'as paid', 'any'),
  takesFirstId: either(
    '6.3',
    'refund and payout accept the preauthorize’s id too, not only that of the capture',
    false,
    true,
  ),
  payoutName: either(
    '3.2',
    'the fields with the name of a new account’s holder',
    'firstname and lastname',
    'accountname',
    'not at all',
  ),
  payoutBirthday: either('3.2', 'the format of a new account’s birthday', 'ddmmyyyy', 'any'),
  payoutAccount: either('7', 'accounts: by the formats of the underlying system, or any', 'by country', 'any'),
  shortBalance: either(
    '3.2',
    'above the balance: accepted and then reported as failed, or refused',
    'notified',
    'refused',
  ),
  shortBalanceErrorcode: free('5', 'the code of an insufficient balance, which is not published', '-5008'),
  tellsPayoutFailures: either('3.2', 'a failed payout is notified; the page also says "no callbacks"', true, false),
  payoutFailureType: free('4', 'type in the notification of a failed payout', 'cft'),
  payoutFailureErrorcode: free('13', 'errorcode in the notification of a failed payout', '-5008'),

  // Notifications
  captureId: either('6.3', 'notifications of a pay-in have the id of a capture, or of the preauthorize', 'own', 'same'),
  chargebackId: either('13', 'a chargeback has its own id, or the pay-in’s', 'new', 'original'),
  notCreditedErrorcode: free('4', 'errorcode beside payment_state=not_credited', '0'),
  tellsAborts: either('6.1', 'whether a pay-in that ends before the payment is notified', true, false),
  abortErrorcode: free('6.1', 'errorcode when the customer cancels', '-5003'),
  expiryErrorcode: free('6.1', 'errorcode when the customer does nothing', '-1315'),
  abortState: either('4', 'payment_state of a pay-in that ends before the payment', 'not_credited', 'absent'),
  tellsRefunds: either('4', 'whether a refund is notified', false, true),
  refundType: free('4', 'type in the notification of a refund', 'refund'),
  tellsChargebacks: either('4', 'whether a chargeback is notified', true, false),
  chargebackType: free('4', 'type in the notification of a chargeback', 'chb'),
  omittedFields: free<readonly string[]>('4', 'fields that support has switched off for the account', []),
  customerFields: either(
    '4',
    'the bank fields on request, in an encoding that no page states',
    'none',
    'utf8',
    'latin1',
  ),
  bankCountry: either('7', 'letters of bank_country', 'alpha-2', 'alpha-3'),
  acknowledgement: either(
    '4',
    'what counts as an acknowledgement: any 2xx, or 200 with the body OK',
    'any 2xx',
    '200 OK',
  ),
  resendTimestamp: either('4', 'timestamp of a notification that send_notification repeats', 'new', 'same'),

  // tx_diagnose
  diagnoseDates: either('3.6', 'start_date and end_date beside type=orderid', 'mandatory', 'optional'),
  widestDiagnoseDays: free('3.6', 'the longest range in days, above which the response is 504: "more than months"', 62),
  visibleAfterSeconds: free('9', 'seconds until a new transaction can be found', 0),
  diagnoseNothing: either('6.1', 'without a match: a success without transactions, or -6000', 'success', 'error'),
  diagnoseNotCreditedYet: either('3.6', 'error_code of a pay-in that is not credited yet', '0', '2000'),
  diagnoseState: either('3.6', 'an element payment_state in steps', 'absent', 'present'),
  stepType: either(
    '3.6',
    'type of a step: the transaction’s, or invoice as in the recorded response',
    'own',
    'invoice',
  ),
  emptyStep: either('3.6', 'an additional empty step after the last', 'absent', 'present'),
  moreLists: either('3.6', 'the lists pending and failed, which only the SDK names', 'served', 'unknown'),
  listedCaptures: either(
    '3.6',
    'type=capture lists pay-ins from the acceptance on, or only credited ones',
    'accepted',
    'credited',
  ),
  bookingDate: either('3.6', 'booking_date in a list before the credit', 'filled', 'empty'),
  transactionDate: either('3.6', 'an element transaction_date in lists, which only the SDK reads', 'absent', 'present'),
  spaceBeforeListedId: either('3.6', 'the space before transaction_id in lists, as published', true, false),
  timeZone: free<string>(
    '3.6',
    'the time zone of dates in XML, start_date and end_date: an IANA name',
    'Europe/Berlin',
    isTimeZone,
  ),
}
