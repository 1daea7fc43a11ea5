import { isLeft } from '@railswitch/core/provider'
import { rejectionReasons, type TrustlyError, trustlyErrors, unnumberedErrors } from '../error-codes.ts'
import { type JsonObject, parseJson } from '../wire/json-text.ts'
import { mapError, readResult, rejection } from './map-error.ts'
import { methods } from './methods/methods.ts'

type Class = TrustlyError['class']

/** The published table: https://eu.developers.trustly.com/doc/reference/error-messages, read 2026-11-21; trustly.md, section 5. */
const published: readonly (readonly [string, string, Class])[] = [
  ['602', 'ERROR_FUNCTION_ACCESS_DENIED', 'config'],
  ['603', 'ERROR_INSUFFICIENT_FUNDS', 'business'],
  ['607', 'ERROR_HOST_ACCESS_DENIED', 'config'],
  ['615', 'ERROR_INVALID_AMOUNT', 'validation'],
  ['616', 'ERROR_INVALID_CREDENTIALS', 'config'],
  ['620', 'ERROR_UNKNOWN', 'unknown'],
  ['621', 'ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND', 'config'],
  ['622', 'ERROR_INVALID_CURRENCY_CODE', 'validation'],
  ['623', 'ERROR_INVALID_PARAMETERS', 'validation'],
  ['624', 'ERROR_INVALID_BANK_ACCOUNT_NUMBER', 'validation'],
  ['636', 'ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE', 'config'],
  ['637', 'ERROR_DUPLICATE_MESSAGE_ID', 'idempotency'],
  ['638', 'ERROR_ENDUSER_IS_BLOCKED', 'business'],
  ['639', 'ERROR_NO_PUBLIC_KEY', 'config'],
  ['642', 'ERROR_INVALID_EMAIL', 'validation'],
  ['645', 'ERROR_INVALID_LOCALE', 'validation'],
  ['655', 'ERROR_INVALID_ORDER_ID', 'validation'],
  ['688', 'ERROR_DUPLICATE_UUID', 'idempotency'],
  ['696', 'ERROR_ENDUSERID_IS_NULL', 'validation'],
  ['697', 'ERROR_MESSAGEID_IS_NULL', 'validation'],
  ['698', 'ERROR_INVALID_IP', 'validation'],
  ['700', 'ERROR_MALFORMED_SUCCESSURL', 'validation'],
  ['701', 'ERROR_MALFORMED_FAILURL', 'validation'],
  ['702', 'ERROR_MALFORMED_TEMPLATEURL', 'validation'],
  ['703', 'ERROR_MALFORMED_URLTARGET', 'validation'],
  ['704', 'ERROR_MALFORMED_MESSAGEID', 'validation'],
  ['705', 'ERROR_MALFORMED_NOTIFICATIONURL', 'validation'],
  ['706', 'ERROR_MALFORMED_ENDUSERID', 'validation'],
  ['712', 'ERROR_DIRECT_DEBIT_NOT_ALLOWED', 'business'],
  ['717', 'ERROR_INVALID_ORDER_ATTRIBUTE', 'validation'],
  ['718', 'ERROR_DISABLED_USER', 'config'],
  ['732', 'ERROR_PAY_AND_PLAY_NOT_ALLOWED', 'config'],
  ['734', 'ERROR_NOT_SECURE_NOTIFICATIONURL', 'validation'],
  ['737', 'ERROR_INVALID_COUNTRY', 'validation'],
]

const codeOf: { readonly [C in Class]: string } = {
  config: 'misconfigured',
  bug: 'misconfigured',
  validation: 'rejected',
  business: 'declined',
  idempotency: 'conflict',
  unknown: 'vendor_error',
}

const deposit = { method: 'Deposit', data: {} }
const novelty = { code: '999', name: 'ERROR_NOVELTY' }
const movingMethods = [
  'Refund',
  'AccountPayout',
  'RegisterAccountPayout',
  'Charge',
  'ApproveWithdrawal',
  'DenyWithdrawal',
]

describe('errors with a number', () => {
  test('the table holds what is published, and no more', () =>
    expect(Object.entries(trustlyErrors).map(([code, row]) => [code, row.name, row.class])).toEqual(published))

  test.each(published)('%s %s says what it means and what may be done', (code, name, kind) => {
    const error = mapError({ code, name }, deposit, false)
    expect(error.vendor).toEqual({ code, text: name })
    expect(error.code).toBe(codeOf[kind])
    expect(error.effect).toBe(code === '620' || code === '688' ? 'may_have_happened' : 'refused')
    expect(error.retry).toBe(error.effect === 'refused' ? 'next_attempt' : 'after_lookup')
    expect(error.message).toBe(`Trustly responded with ${name}.`)
    expect(error.hint).toMatch(/^[A-Z].{10,}\.$/)
  })

  const unproven = { 602: 'same_attempt', 607: 'same_attempt', 616: 'same_attempt', 636: 'same_attempt' }
  const alsoUnproven = { 637: 'after_lookup', 639: 'same_attempt', 718: 'same_attempt' }
  test.each(published)(
    '%s %s after a lost answer: a refusal only where it is about this very request',
    (code, name) => {
      const again = new Map(Object.entries({ ...unproven, ...alsoUnproven, 620: 'after_lookup', 688: 'after_lookup' }))
      expect(mapError({ code, name }, deposit, true)).toMatchObject({
        effect: again.has(code) ? 'may_have_happened' : 'refused',
        retry: again.get(code) ?? 'next_attempt',
      })
    },
  )

  test('603 is fixed by a new attempt; 637 and 688 say which order is meant', () => {
    expect(mapError({ code: '603', name: 'ERROR_INSUFFICIENT_FUNDS' }, deposit, false)).toMatchObject({
      code: 'declined',
      retry: 'next_attempt',
    })
    expect(mapError({ code: '637', name: 'ERROR_DUPLICATE_MESSAGE_ID' }, deposit, false).hint).toMatch(
      /another UUID.*new attempt/,
    )
    expect(mapError({ code: '688', name: 'ERROR_DUPLICATE_UUID' }, deposit, false).hint).toMatch(
      /password was changed.*valid.*back office/,
    )
  })

  const asked = (method: string, Attributes: JsonObject = {}) => ({ method, data: { Attributes } })

  test.each([
    ['999', 'ERROR_NOVELTY'],
    ['', ''],
    ['constructor', 'ERROR_NOVELTY'],
    ['__proto__', '__proto__'],
    ['603', 'ERROR_NOVELTY'],
    ['999', 'ERROR_INSUFFICIENT_FUNDS'],
    ['603', 'ERROR_NOT_FOUND'],
    ['603', 'error_insufficient_funds'],
  ])('row 11: %j %j is no published pair, so that money may have moved, and it is passed on verbatim', (code, name) => {
    for (const method of movingMethods)
      for (const mayHaveHappened of [false, true])
        expect(mapError({ code, name }, asked(method), mayHaveHappened)).toMatchObject({
          code: 'vendor_error',
          effect: 'may_have_happened',
          retry: 'after_lookup',
          vendor: { code, text: name },
        })
  })

  test('row 11: every method counts as one that moves money, unless it only reads or opens a page', () => {
    const refusing = Object.keys(methods).filter(
      (method) => mapError(novelty, asked(method), false).effect === 'refused',
    )
    expect(refusing.sort()).toEqual(
      ['AccountLedger', 'Balance', 'Deposit', 'DirectDebitMandate', 'GetWithdrawals', 'SelectAccount'].concat([
        'ViewAutomaticSettlementDetailsCSV',
        'Withdraw',
      ]),
    )
    for (const method of ['constructor', '__proto__', 'Novelty', 'deposit'])
      expect(mapError(novelty, asked(method), false).effect).toBe('may_have_happened')
  })

  /** Whoever refuses before anything is done: nothing moved. The two others may be about what an earlier call did. */
  const proven = published.filter(([code]) => code !== '620' && code !== '688')
  const effects = (vendor: { readonly code: string; readonly name: string }, mayHaveHappened: boolean) =>
    Object.fromEntries(
      Object.keys(methods).map((method) => [method, mapError(vendor, asked(method), mayHaveHappened).effect]),
    )
  const always = (effect: string) => Object.fromEntries(Object.keys(methods).map((method) => [method, effect]))

  test.each(proven)('row 11: %s %s refuses every method alike', (code, name) => {
    expect(effects({ code, name }, false)).toEqual(always('refused'))
  })

  test.each(['620 ERROR_UNKNOWN', '688 ERROR_DUPLICATE_UUID'])('row 11: %s refuses no method', (text) => {
    const [code = '', name = ''] = text.split(' ')
    for (const mayHaveHappened of [false, true])
      expect(effects({ code, name }, mayHaveHappened)).toEqual(always('may_have_happened'))
  })

  test.each(published)(
    'row 11: %s with another name than %s is unlisted, and so is its name with another code',
    (code, name) => {
      const others = [
        { code, name: `${name}_2` },
        { code, name: '' },
        { code: `${code}0`, name },
        { code: '', name },
        { code: ` ${code}`, name },
      ]
      for (const vendor of others)
        for (const method of movingMethods)
          expect(mapError(vendor, asked(method), false)).toMatchObject({
            code: 'vendor_error',
            effect: 'may_have_happened',
            retry: 'after_lookup',
          })
    },
  )

  test('row 11: an unlisted error says which of the two it is, and what to do', () => {
    expect(mapError(novelty, asked('Deposit'), false).hint).toBe(
      'This error is not in the published table: ask Trustly what it means.',
    )
    expect(mapError(novelty, asked('Refund'), false).hint).toBe(
      'This error is not in the published table, so it does not prove that nothing was done: look into the back office before trying again, and ask Trustly what it means.',
    )
    expect(mapError(novelty, asked('Refund'), false).message).toBe('Trustly responded with ERROR_NOVELTY.')
  })

  test('what Trustly says is passed on up to 200 characters', () => {
    const long = mapError({ code: '9'.repeat(201), name: 'N'.repeat(201) }, asked('Refund'), false)
    expect(long.vendor).toEqual({ code: '9'.repeat(200), text: 'N'.repeat(200) })
    expect(rejection('Charge', 'x'.repeat(201)).vendor).toEqual({ code: '0', text: 'x'.repeat(200) })
  })

  test.each([undefined, null, '', [], {}, 'ChargeAccountID'])(
    'row 11: a Deposit with attributes %j charges no account',
    (Attributes) => {
      const data = (Attributes === undefined ? {} : { Attributes }) as JsonObject
      expect(mapError(novelty, { method: 'Deposit', data }, false).effect).toBe('refused')
    },
  )

  test('row 11: an order that its customer alone can pay is refused, unless its response may have been lost', () => {
    expect(mapError(novelty, asked('Deposit'), false)).toMatchObject({ effect: 'refused', retry: 'next_attempt' })
    expect(mapError(novelty, asked('Deposit'), true)).toMatchObject({
      effect: 'may_have_happened',
      retry: 'after_lookup',
    })
  })

  test('row 11: a Deposit that charges a stored account needs no customer', () => {
    const oneClick = asked('Deposit', { QuickDeposit: '1', ChargeAccountID: '1234567890' })
    expect(mapError(novelty, oneClick, false).effect).toBe('may_have_happened')
  })
})

/** Section 5, the rows without a number. */
test.each<[string, Class]>([
  ['ERROR_INVALID_FUNCTION', 'bug'],
  ['ERROR_MALFORMED_JSON', 'bug'],
  ['ERROR_NOT_FOUND', 'validation'],
  ['ERROR_ACCOUNT_NOT_FOUND', 'business'],
  ['ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS', 'validation'],
])('%s is known by its name, whatever its number', (name, kind) => {
  expect(unnumberedErrors.find((row) => row.name === name)?.class).toBe(kind)
  expect(mapError({ code: '1', name }, deposit, false)).toMatchObject({
    code: codeOf[kind],
    effect: 'refused',
    vendor: { code: '1' },
  })
  expect(unnumberedErrors).toHaveLength(5)
})

describe('an answer with `result`', () => {
  const resultOf = (text: string) => {
    const parsed = parseJson(text)
    if (isLeft(parsed)) throw new Error(parsed.left.code)
    const read = readResult('Charge', parsed.right as { result: string })
    return isLeft(read) ? [read.left.effect, read.left.retry, read.left.vendor?.text ?? null] : read.right
  }

  /** trustly.md, sections 3.11 and 3.17: `rejected` is null in one family of methods and "" in the other. */
  test.each(['{"result":"1","rejected":null}', '{"result":"1","rejected":""}', '{"result":"1"}', '{"result":1}'])(
    'is accepted: %s',
    (text) => expect(resultOf(text)).toBe('accepted'),
  )

  test.each([
    ['{"result":"0","rejected":"ERROR_MANDATE_NOT_FOUND"}', 'ERROR_MANDATE_NOT_FOUND'],
    ['{"result":"0","rejected":"Payment already executed"}', 'Payment already executed'],
    ['{"result":"0","rejected":null}', null],
    ['{"result":"0","rejected":""}', null],
    ['{"result":"0"}', null],
    ['{"result":0}', null],
    ['{"result":false}', null],
  ])('is a rejection, although "0" is truthy: %s', (text, reason) =>
    expect(resultOf(text)).toEqual(['refused', 'next_attempt', reason]),
  )

  test.each(['{"result":"2"}', '{"result":""}', '{"result":null}', '{}', '{"result":["1"]}'])(
    'is neither, so that it may have happened: %s',
    (text) => expect(resultOf(text)).toEqual(['may_have_happened', 'after_lookup', null]),
  )

  /** trustly.md, sections 3.11 and 3.17. */
  test.each<[string, Class]>([
    ['ERROR_MANDATE_NOT_FOUND', 'business'],
    ['ERROR_DIRECT_DEBIT_NOT_ALLOWED', 'business'],
    ['ERROR_ACCOUNT_NOT_FOUND', 'business'],
    ['ERROR_IMPORT_MANDATE_NOT_ALLOWED', 'config'],
    ['BANK_ACCOUNT_NUMBER_BLOCKED', 'business'],
    ['ERROR_INVALID_ACCOUNT_NUMBER', 'validation'],
    ['ERROR_PAYMENT_DATE_FAILURE', 'validation'],
    ['ERROR_AMOUNT_FAILURE', 'validation'],
    ['ERROR_CURRENCY_FAILURE', 'validation'],
    ['ERROR_COLLECTION_TYPE_FAILURE', 'validation'],
    ['ERROR_CHARGE_NOT_FOUND', 'validation'],
    ['ERROR_CHARGE_ALREADY_PROCESSED', 'business'],
    ['ERROR_CHARGE_NOT_REFUNDABLE', 'business'],
    ['ERROR_UNABLE_TO_READ_BATCH_FILE', 'validation'],
    ['ERROR_MISSING_BATCH_FILE', 'validation'],
    ['ERROR_INVALID_CHECKSUM', 'validation'],
  ])('rejected with %s says why and what to do', (reason, kind) => {
    expect(rejectionReasons.find((row) => row.name === reason)?.class).toBe(kind)
    expect(rejection('Charge', reason)).toMatchObject({
      code: codeOf[kind],
      effect: 'refused',
      retry: 'next_attempt',
      message: `Trustly did not accept the Charge: ${reason}.`,
      vendor: { code: '0', text: reason },
    })
    expect(rejectionReasons).toHaveLength(16)
  })

  test('an unreadable result is no proof of anything, and a rejection without a reason says so', () => {
    expect(readResult('Refund', { result: '2' })).toMatchObject({
      left: {
        code: 'no_valid_response',
        effect: 'may_have_happened',
        retry: 'after_lookup',
        message: "Trustly's signed response to Refund does not have the documented form.",
        hint: 'Look into the back office before trying again.',
      },
    })
    const bare = rejection('Refund')
    expect([bare.code, bare.message, bare.vendor]).toEqual([
      'declined',
      'Trustly did not accept the Refund.',
      undefined,
    ])
    expect(bare.hint).toBe('Trustly gives no more than this: the back office may know the reason.')
    expect(rejection('Refund', '').message).toBe('Trustly did not accept the Refund.')
    expect(readResult('Refund', { result: '0', rejected: { reason: 'x' } })).toMatchObject({
      left: { message: 'Trustly did not accept the Refund.' },
    })
  })

  test('a reason that nobody published is passed through, within bounds', () => {
    expect(rejection('Charge', 'New reason')).toMatchObject({ code: 'declined', vendor: { text: 'New reason' } })
    expect(rejection('Charge', 'x'.repeat(5_000)).message.length).toBeLessThan(300)
  })
})

test('a result may be a boolean, and means the same', () => {
  expect(readResult('Refund', { result: true })).toEqual({ _tag: 'Right', right: 'accepted' })
  expect(readResult('Refund', { result: false })).toMatchObject({ left: { code: 'declined', effect: 'refused' } })
})
