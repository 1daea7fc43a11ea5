import { inspect } from 'node:util'
import fc from 'fast-check'
import { depositSchema } from '../inputs/deposit-input.ts'
import { refundSchema } from '../inputs/refund-input.ts'
import { toIssues } from './issue.ts'
import {
  callbackRefused,
  closed,
  conflict,
  handlerMissing,
  inProgress,
  invalid,
  notFound,
  noValidResponse,
  PaymentError,
  providerFailed,
  railMissing,
  reconciliationRequired,
  storeFailed,
  unreachable,
  unsupported,
} from './payment-error.ts'

test('lists every issue on its own line', () => {
  const error = invalid('invalid_input', [
    { field: 'amount.value', rule: 'must be text', fix: "write '10.00'" },
    { field: 'reference', rule: 'is required', fix: 'pass a string' },
  ])
  expect(error.message).toBe(
    "The request is not valid.\n  amount.value: must be text. Write '10.00'.\n  reference: is required. Pass a string.",
  )
  expect(error).toMatchObject({ code: 'invalid_input', effect: 'not_sent', name: 'PaymentError' })
})

test('is the same after a round trip through JSON', () => {
  const error = new PaymentError({
    code: 'declined',
    effect: 'refused',
    retry: 'next_attempt',
    message: 'no',
    hint: 'none',
    vendor: { code: '638', text: 'ERROR_ENDUSER_IS_BLOCKED' },
  })
  expect(new PaymentError(JSON.parse(JSON.stringify(error))).toJSON()).toEqual(error.toJSON())
})

const good = {
  reference: 'order-1',
  amount: { value: '10.00', currency: 'EUR' },
  customer: { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country: 'SE', locale: 'sv-SE' },
  returnUrl: 'https://shop.example/',
}

test.each([
  ['reference', { reference: '' }],
  ['reference', { reference: 'with space' }],
  ['reference', { reference: undefined }],
  ['attempt', { attempt: 0 }],
  ['attempt', { attempt: 1.5 }],
  ['attempt', { attempt: 100 }],
  ['amount.value', { amount: { value: '0', currency: 'EUR' } }],
  ['amount.currency', { amount: { value: '1', currency: 'XXQ' } }],
  ['customer.country', { customer: { ...good.customer, country: 'UK' } }],
  ['customer.country', { customer: { ...good.customer, country: 'EU' } }],
  ['customer.locale', { customer: { ...good.customer, locale: 'sv_SE' } }],
  ['customer.locale', { customer: { ...good.customer, locale: 'xx' } }],
  ['customer.email', { customer: { ...good.customer, email: 'nobody' } }],
  ['customer.phone', { customer: { ...good.customer, phone: '0701234567' } }],
  ['customer.ip', { customer: { ...good.customer, ip: '1.2.3.4, 5.6.7.8' } }],
  ['customer.firstName', { customer: { ...good.customer, firstName: ' A' } }],
  ['customer.lastName', { customer: { ...good.customer, lastName: 'x'.repeat(51) } }],
  ['customer.nickname', { customer: { ...good.customer, nickname: 'A' } }],
  ['returnUrl', { returnUrl: 'shop.example' }],
  ['returnUrl', { returnUrl: 'javascript:alert(1)' }],
  ['returnUrl', { returnUrl: undefined }],
  ['returnUrl.cancel', { returnUrl: { success: 'https://a.example/', failure: 'https://a.example/', cancel: 'no' } }],
  ['ammount', { ammount: 1 }],
])('a wrong %s is reported with its rule and its fix', (field, change) => {
  const parsed = depositSchema.safeParse({ ...good, ...change })
  expect(parsed.success || toIssues(parsed.error)).toEqual([
    { field, rule: expect.stringMatching(/\w/), fix: expect.stringMatching(/\w/) },
  ])
})

test('a correct input is accepted', () => {
  expect(depositSchema.safeParse(good).success).toBe(true)
  const urls = { success: 'https://a.example/', failure: 'https://b.example/', cancel: 'https://c.example/' }
  const full = { ...good, attempt: 2, returnUrl: urls, statement: 'SHOP' }
  expect(depositSchema.safeParse(full).success).toBe(true)
})

test("a refund needs a deposit's ref", () => {
  const parsed = refundSchema.safeParse({
    payment: 'rs1.r.refund.a.1',
    reference: 'r-1',
    amount: { value: '1.00', currency: 'EUR' },
  })
  expect(parsed.success || toIssues(parsed.error)).toMatchObject([{ field: 'payment' }])
})

test('property: no error contains a value of the input', () => {
  const secret = 'MARKED-SECRET'
  const hide = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hide(member)]))
      : `${secret}${String(value)}\u0000`
  const paths = fc.subarray(Object.keys(good), { minLength: 1 })
  fc.assert(
    fc.property(paths, (names) => {
      const input = {
        ...good,
        ...Object.fromEntries(names.map((name) => [name, hide(good[name as keyof typeof good])])),
      }
      const parsed = depositSchema.safeParse(input)
      if (parsed.success) throw new Error('The input must be refused.')
      const error = invalid('invalid_input', toIssues(parsed.error))
      for (const text of [error.message, error.stack, inspect(error, { depth: 9 }), JSON.stringify(error)])
        expect(text).not.toContain(secret)
    }),
  )
})

test('an error without issues and without a vendor has neither in its JSON', () => {
  const data = {
    code: 'reconciliation_required',
    effect: 'not_sent',
    retry: 'same_attempt',
    message: 'm',
    hint: 'h',
  } as const
  const error = new PaymentError(data)
  expect(error.issues).toEqual([])
  expect(error.vendor).toBeUndefined()
  expect(error.toJSON()).toStrictEqual(data)
})

test('an error contains its issues and the vendor’s code and text, also in its JSON', () => {
  const data = {
    code: 'rejected',
    effect: 'refused',
    retry: 'never',
    message: 'm',
    hint: 'h',
    issues: [{ field: 'f', rule: 'r', fix: 'x' }],
    vendor: { code: '1', text: 't' },
  } as const
  const error = new PaymentError(data)
  expect(error).toMatchObject(data)
  expect(error.toJSON()).toStrictEqual(data)
})

test('the error of an invalid configuration says that nothing was sent', () => {
  expect(
    invalid('invalid_configuration', [{ field: 'key', rule: 'is short', fix: 'make one' }]).toJSON(),
  ).toStrictEqual({
    code: 'invalid_configuration',
    effect: 'not_sent',
    retry: 'same_attempt',
    message: 'The configuration is not valid.\n  key: is short. Make one.',
    hint: 'Correct each field that the message names; nothing was sent.',
    issues: [{ field: 'key', rule: 'is short', fix: 'make one' }],
  })
})

describe('the factories', () => {
  const explained = { message: 'what went wrong', hint: 'what to do' }
  const cause = new Error('of the application')

  test.each<[string, PaymentError, object]>([
    ['conflict', conflict(explained), { code: 'conflict', effect: 'not_sent', retry: 'never' }],
    ['notFound', notFound(explained), { code: 'not_found', effect: 'not_sent', retry: 'never' }],
    ['unsupported', unsupported(explained), { code: 'unsupported', effect: 'not_sent', retry: 'same_attempt' }],
    [
      'handlerMissing',
      handlerMissing(explained),
      { code: 'handler_missing', effect: 'not_sent', retry: 'same_attempt' },
    ],
    ['storeFailed', storeFailed(explained), { code: 'store_failed', effect: 'not_sent', retry: 'same_attempt' }],
    [
      'noValidResponse',
      noValidResponse(explained),
      { code: 'no_valid_response', effect: 'may_have_happened', retry: 'after_lookup' },
    ],
    ['callbackRefused', callbackRefused(explained), { code: 'callback_refused', effect: 'refused', retry: 'never' }],
    [
      'a factory with its own retry',
      noValidResponse({ ...explained, retry: 'same_attempt' }),
      { code: 'no_valid_response', effect: 'may_have_happened', retry: 'same_attempt' },
    ],
    [
      'a not_sent factory with its own retry',
      notFound({ ...explained, retry: 'same_attempt' }),
      { code: 'not_found', effect: 'not_sent', retry: 'same_attempt' },
    ],
  ])('%s', (_name, error, data) => expect(error.toJSON()).toEqual({ ...data, ...explained }))

  test.each<[string, PaymentError, object]>([
    [
      'railMissing',
      railMissing('se'),
      {
        code: 'rail_missing',
        effect: 'not_sent',
        retry: 'same_attempt',
        message: 'Rail se is not configured.',
        hint: expect.stringContaining('`providers.se`'),
      },
    ],
    [
      'reconciliationRequired',
      reconciliationRequired(),
      {
        code: 'reconciliation_required',
        effect: 'not_sent',
        retry: 'same_attempt',
        message: expect.stringContaining('not reconciled'),
        hint: expect.stringContaining('`reconciled: false`'),
      },
    ],
    [
      'closed',
      closed(),
      {
        code: 'closed',
        effect: 'not_sent',
        retry: 'same_attempt',
        message: expect.stringContaining('close()'),
        hint: expect.stringContaining('another process'),
      },
    ],
    [
      'unreachable',
      unreachable('Trustly', 'ECONNREFUSED', 'https://user:secret@test.trustly.example/api/1?key=secret'),
      {
        code: 'unreachable',
        effect: 'not_sent',
        retry: 'same_attempt',
        message: 'Trustly could not be reached at https://test.trustly.example/api/1 (ECONNREFUSED).',
        hint: expect.stringContaining('same attempt'),
      },
    ],
    [
      'inProgress',
      inProgress({ reference: 'order-1', attempt: 2 }),
      {
        code: 'in_progress',
        effect: 'may_have_happened',
        retry: 'next_attempt',
        message: 'An earlier call of order-1, attempt 2, has no response yet.',
        hint: expect.stringContaining('new attempt'),
      },
    ],
    [
      'providerFailed',
      providerFailed('mine'),
      {
        code: 'vendor_error',
        effect: 'may_have_happened',
        retry: 'after_lookup',
        message: 'The provider mine failed.',
        hint: expect.stringContaining('report it'),
      },
    ],
  ])('%s creates an error with code, effect, retry, message and hint', (_name, error, data) =>
    expect(error.toJSON()).toEqual(data),
  )

  test('set the cause, which is not part of the JSON', () => {
    const error = storeFailed(explained, { cause })
    expect(error.cause).toBe(cause)
    expect(error.toJSON()).not.toHaveProperty('cause')
    expect('cause' in storeFailed(explained)).toBe(false)
  })
})
