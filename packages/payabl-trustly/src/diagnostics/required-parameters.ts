/**
 * The required parameters of an action for Trustly, in addition to merchantid and signature.
 * @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const requiredParameters = (action: string, names: ReadonlySet<string>): readonly string[] | undefined => {
  switch (action) {
    case 'payment_preauthorize':
      return [
        ...payment,
        'country',
        'language',
        'email',
        'firstname',
        'lastname',
        'url_success',
        'url_failed',
        'url_return',
      ]
    case 'payment_cft':
      return names.has('transactionid')
        ? [...payment, 'transactionid']
        : [...payment, 'bankcountry', 'accountnumber', 'email', 'birthday', 'firstname', 'lastname']
    case 'payment_refund':
      return ['transactionid', 'amount', 'currency']
    case 'payment_capture':
    case 'payment_reversal':
    case 'send_notification':
      return ['transactionid']
    case 'tx_diagnose':
      return names.has('transactionid')
        ? ['type', 'transactionid']
        : ['type', ...(names.has('orderid') ? ['orderid'] : []), 'start_date', 'end_date']
    default:
      return undefined
  }
}

const payment = ['amount', 'currency', 'payment_method']

/** The action of a body, guessed from its parameters: a request does not name its action. */
export const guessAction = (names: ReadonlySet<string>): string => {
  if (names.has('type')) return 'tx_diagnose'
  if (names.has('bankcountry') || names.has('accountnumber')) return 'payment_cft'
  if (names.has('url_return') || names.has('url_success') || names.has('language')) return 'payment_preauthorize'
  if (names.has('transactionid') && names.has('payment_method')) return 'payment_cft'
  if (names.has('transactionid') && names.has('amount')) return 'payment_refund'
  return names.has('transactionid') ? 'send_notification' : 'payment_preauthorize'
}
