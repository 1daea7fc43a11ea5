import { factsOf } from '@railswitch/core/provider'
import { callback, depositIntent, recordOf } from './__fixtures__/records.ts'
import { mapError } from './client/map-error.ts'
import { type CodeClass, codelessTexts, codes, describeCode } from './error-codes.ts'
import { interpret } from './interpret/interpret.ts'

/** payabl's lists, copied by hand: code, text, class, parameter. */
const rows: readonly (readonly [string, string, CodeClass, string?])[] = [
  ['0', 'Approved or completed successfully', 'ok'],
  ['2000', 'Pending', 'pending'],
  ['-999', 'Unknown error', 'config'],
  ['-998', 'Unknown error', 'unknown'],
  ['-997', '', 'unknown'],
  ['-125', '', 'unknown'],
  ['-121', '', 'unknown'],
  ['-117', '', 'unknown'],
  ['-6000', 'Found wrong or missing fields', 'config'],
  ['-6001', '', 'config'],
  ['-1', 'Unknown config setting', 'config'],
  ['-104', 'Illegal command', 'permission'],
  ['-119', 'No permission', 'permission'],
  ['-1311', 'Account name wrong or missing', 'field', 'accountname'],
  ['-1313', 'Bank number wrong or missing', 'field', 'banknumber'],
  ['-1314', 'Bank country wrong or missing', 'field', 'bankcountry'],
  ['-1315', 'Response failed', 'cancelled'],
  ['-1316', 'Merchant payment method wrong or missing', 'config', 'payment_method'],
  ['-1318', 'Iban number wrong or missing', 'field', 'accountnumber'],
  ['-1319', 'Bic number wrong or missing', 'field', 'bic'],
  ['-2400', 'Too much retries', 'later'],
  ['-2402', 'Blocked temporarily after successful payment', 'later'],
  ['-2404', 'Blocked temporarily after failed payment', 'later'],
  ['-2405', 'Blocked: previous fraud', 'declined'],
  ['-2406', 'Blocked: previous chargeback', 'declined'],
  ['-2407', 'Blocked due to a currently active transaction', 'later'],
  ['-2454', 'Reattempt not permitted', 'declined'],
  ['-2455', 'Decline limit exceeded for ccn', 'declined'],
  ['-5000', 'Internal error', 'unknown'],
  ['-5002', 'Payment failed', 'declined'],
  ['-5003', 'Payment aborted by customer', 'cancelled'],
  ['-5004', 'Payment was canceled due riskmanagement-checks', 'declined'],
  ['-5007', 'Refund aborted', 'declined'],
  ['-5008', 'CFT aborted', 'declined'],
  ['-5010', '3DS downgraded', 'declined'],
  ['-5011', 'Invalid attempt', 'declined'],
  ['-5012', 'Incorrect eci', 'declined'],
  ['-6005', 'Preauthorization action is disabled', 'config'],
  ['-6102', 'Wrong price', 'field', 'amount'],
  ['-6103', 'Wrong currency', 'field', 'currency'],
  ['-6105', 'Wrong lastname', 'field', 'lastname'],
  ['-6106', 'Wrong street', 'field', 'street'],
  ['-6107', 'Wrong zip', 'field', 'zip'],
  ['-6108', 'Wrong city', 'field', 'city'],
  ['-6109', 'Wrong language', 'field', 'language'],
  ['-6110', 'Wrong salutation', 'field', 'salutation'],
  ['-6111', 'Wrong title', 'field', 'title'],
  ['-6112', 'Wrong gender', 'field', 'gender'],
  ['-6113', 'Wrong firstname', 'field', 'firstname'],
  ['-6114', 'Wrong company', 'field', 'company'],
  ['-6115', 'Wrong birthday', 'field', 'birthday'],
  ['-6116', 'Wrong house', 'field', 'house'],
  ['-6117', 'Wrong postbox', 'field', 'postbox'],
  ['-6118', 'Wrong state', 'field', 'state'],
  ['-6119', 'Wrong email', 'field', 'email'],
  ['-6120', 'Wrong phone', 'field', 'phone'],
  ['-6121', 'Wrong fax', 'field', 'fax'],
  ['-6122', 'Wrong mobile', 'field', 'mobile'],
]

const codelessRows: readonly (readonly [string, CodeClass, string?])[] = [
  ['Routing error', 'config'],
  ['Wrong paymentmethod', 'field', 'payment_method'],
  ['Wrong country code', 'field', 'country'],
  ['MID is near to negative balance', 'later'],
  ['MID balance service request timeout', 'unknown'],
  ['MID balance service internal error', 'unknown'],
]

describe('payabl`s result codes', () => {
  it.each(rows.map((row) => [row] as const))('knows %j', ([code, text, codeClass, parameter]) => {
    const { listed, hint, effect, retry, code: _, ...entry } = describeCode(code, 'whatever came with it')
    expect({ listed, text: entry.text, class: entry.class, parameter: entry.parameter }).toEqual({
      listed: true,
      text,
      class: codeClass,
      parameter,
    })
    expect(hint).toMatch(/\.$/)
  })

  it.each(codelessRows.map((row) => [row] as const))(
    'knows the text, of which payabl lists no code, of %j',
    ([text, codeClass, parameter]) => {
      const entry = describeCode('-7777', ` ${text.toUpperCase()} `)
      expect([entry.listed, entry.text, entry.class, entry.parameter]).toEqual([true, text, codeClass, parameter])
    },
  )

  it('has no rows beside these', () => {
    expect(Object.keys(codes).sort()).toEqual(rows.map(([code]) => code).sort())
    expect(Object.keys(codelessTexts)).toEqual(codelessRows.map(([text]) => text.toLowerCase()))
  })

  it.each(['-7777', '1', 'constructor', '__proto__', ''])('keeps the text of a code that is not listed: %s', (code) => {
    expect(describeCode(code, 'constructor')).toMatchObject({ listed: false, class: 'unknown', text: 'constructor' })
  })
})

describe('a code means the same for a request and for a notification', () => {
  const reasonByNotification = (errorcode: string) => {
    const record = recordOf([depositIntent()], [callback({ errorcode, payment_state: 'not_credited' })])
    return factsOf(interpret(record), 'deposit.not_credited').map(({ reason }) => reason)
  }

  // No success, or of refunds and payouts only.
  const others = ['0', '2000', '-5007', '-5008']

  it.each(Object.keys(codes).filter((code) => !others.includes(code)))('%s', (code) => {
    const { code: errorCode, retry } = mapError({ status: code, errormessage: '' }, 'refused')
    const isFinal = errorCode === 'declined' && retry === 'never'
    const [reason, ...more] = reasonByNotification(code)
    expect(more).toEqual([])
    expect(reason === 'declined').toBe(isFinal)
    expect(reason).toBe(describeCode(code).reason)
  })

  it.each([
    ['-5003', 'abandoned'],
    ['-1315', 'expired'],
    ['-2405', 'declined'],
    ['-5012', 'declined'],
    ['-6113', 'failed'],
    ['-31337', 'failed'],
  ])('%s ends a deposit as %s', (code, reason) => {
    expect(reasonByNotification(code)).toEqual([reason])
  })
})
