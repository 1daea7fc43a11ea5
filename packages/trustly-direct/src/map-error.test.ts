import { mapError, trustlyErrors } from './map-error.ts'

/** The published table: https://eu.developers.trustly.com/doc/reference/error-messages, read 2026-11-21. */
const published: readonly [string, string][] = [
  ['602', 'ERROR_FUNCTION_ACCESS_DENIED'],
  ['603', 'ERROR_INSUFFICIENT_FUNDS'],
  ['607', 'ERROR_HOST_ACCESS_DENIED'],
  ['615', 'ERROR_INVALID_AMOUNT'],
  ['616', 'ERROR_INVALID_CREDENTIALS'],
  ['620', 'ERROR_UNKNOWN'],
  ['621', 'ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND'],
  ['622', 'ERROR_INVALID_CURRENCY_CODE'],
  ['623', 'ERROR_INVALID_PARAMETERS'],
  ['624', 'ERROR_INVALID_BANK_ACCOUNT_NUMBER'],
  ['636', 'ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE'],
  ['637', 'ERROR_DUPLICATE_MESSAGE_ID'],
  ['638', 'ERROR_ENDUSER_IS_BLOCKED'],
  ['639', 'ERROR_NO_PUBLIC_KEY'],
  ['642', 'ERROR_INVALID_EMAIL'],
  ['645', 'ERROR_INVALID_LOCALE'],
  ['655', 'ERROR_INVALID_ORDER_ID'],
  ['688', 'ERROR_DUPLICATE_UUID'],
  ['696', 'ERROR_ENDUSERID_IS_NULL'],
  ['697', 'ERROR_MESSAGEID_IS_NULL'],
  ['698', 'ERROR_INVALID_IP'],
  ['700', 'ERROR_MALFORMED_SUCCESSURL'],
  ['701', 'ERROR_MALFORMED_FAILURL'],
  ['702', 'ERROR_MALFORMED_TEMPLATEURL'],
  ['703', 'ERROR_MALFORMED_URLTARGET'],
  ['704', 'ERROR_MALFORMED_MESSAGEID'],
  ['705', 'ERROR_MALFORMED_NOTIFICATIONURL'],
  ['706', 'ERROR_MALFORMED_ENDUSERID'],
  ['712', 'ERROR_DIRECT_DEBIT_NOT_ALLOWED'],
  ['717', 'ERROR_INVALID_ORDER_ATTRIBUTE'],
  ['718', 'ERROR_DISABLED_USER'],
  ['732', 'ERROR_PAY_AND_PLAY_NOT_ALLOWED'],
  ['734', 'ERROR_NOT_SECURE_NOTIFICATIONURL'],
  ['737', 'ERROR_INVALID_COUNTRY'],
]

test('the table holds what is published, and no more', () => {
  expect(Object.entries(trustlyErrors).map(([code, { name }]) => [code, name])).toEqual(published)
})

test.each(published)('%s %s says what it means and what may be done', (code, name) => {
  const error = mapError(code, name, false)
  expect(error.vendor).toEqual({ code, text: name })
  expect(error.effect).toBe(code === '620' || code === '688' ? 'may_have_happened' : 'refused')
  expect(error.again).toBe(error.effect === 'refused' ? 'next_attempt' : 'after_lookup')
  expect(error.hint).toMatch(/\w{3}/)
})

test('an error of which only the name is published is known by it', () => {
  expect(mapError('0', 'ERROR_INVALID_FUNCTION', false)).toMatchObject({ code: 'misconfigured' })
})

test('an unknown error is passed through verbatim', () => {
  expect(mapError('999', 'ERROR_NOVELTY', false)).toMatchObject({
    code: 'vendor_error',
    effect: 'refused',
    vendor: { code: '999', text: 'ERROR_NOVELTY' },
  })
  expect(mapError('999', 'ERROR_NOVELTY', true).effect).toBe('may_have_happened')
})
