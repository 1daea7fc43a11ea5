import type { ErrorCode } from '@railswitch/core/provider'
import { type CodeEffect, codes, describedCodes } from '../error-codes.ts'
import { classifyResponse } from '../wire/payment-response.ts'
import { mapError } from './map-error.ts'

/**
 * Every code of protocol/payabl.md, section 5 (docs.payabl.com/docs/response-codes-detailed and /docs/error-codes): our
 * code, what it means for a pay-in, what it means for money out.
 */
const rows: readonly (readonly [string, ErrorCode, CodeEffect, CodeEffect])[] = [
  ['-999', 'misconfigured', 'refused', 'unknown-outcome'],
  ['-998', 'vendor_error', 'unknown-outcome', 'unknown-outcome'],
  ['-997', 'vendor_error', 'unknown-outcome', 'unknown-outcome'],
  ['-125', 'vendor_error', 'unknown-outcome', 'unknown-outcome'],
  ['-121', 'vendor_error', 'unknown-outcome', 'unknown-outcome'],
  ['-117', 'vendor_error', 'unknown-outcome', 'unknown-outcome'],
  ['-6000', 'misconfigured', 'refused', 'refused'],
  ['-6001', 'misconfigured', 'refused', 'refused'],
  ['-1', 'misconfigured', 'refused', 'refused'],
  ['-104', 'misconfigured', 'refused', 'refused'],
  ['-119', 'misconfigured', 'refused', 'refused'],
  ['-1311', 'rejected', 'refused', 'refused'],
  ['-1313', 'rejected', 'refused', 'refused'],
  ['-1314', 'rejected', 'refused', 'refused'],
  ['-1315', 'declined', 'refused', 'unknown-outcome'],
  ['-1316', 'misconfigured', 'refused', 'refused'],
  ['-1318', 'rejected', 'refused', 'refused'],
  ['-1319', 'rejected', 'refused', 'refused'],
  ['-2400', 'declined', 'refused', 'refused'],
  ['-2402', 'declined', 'refused', 'refused'],
  ['-2404', 'declined', 'refused', 'refused'],
  ['-2405', 'declined', 'refused', 'refused'],
  ['-2406', 'declined', 'refused', 'refused'],
  ['-2407', 'declined', 'refused', 'refused'],
  ['-2454', 'declined', 'refused', 'refused'],
  ['-2455', 'declined', 'refused', 'refused'],
  ['-5000', 'vendor_error', 'unknown-outcome', 'unknown-outcome'],
  ['-5002', 'declined', 'refused', 'refused'],
  ['-5003', 'declined', 'refused', 'refused'],
  ['-5004', 'declined', 'refused', 'refused'],
  ['-5007', 'declined', 'refused', 'refused'],
  ['-5008', 'declined', 'refused', 'refused'],
  ['-5010', 'declined', 'refused', 'refused'],
  ['-5011', 'declined', 'refused', 'refused'],
  ['-5012', 'declined', 'refused', 'refused'],
  ['-6005', 'misconfigured', 'refused', 'refused'],
  ...Array.from({ length: 21 }, (_, index) => `-${6102 + index}`)
    .filter((code) => code !== '-6104')
    .map((code) => [code, 'rejected', 'refused', 'refused'] as const),
]

/** "final" in section 5. An aborted refund or payout is final, too, but a new attempt is another one to payabl. */
const final = '-2405 -2406 -2454 -2455 -5002 -5004 -5010 -5011 -5012'.split(' ')

test('every code is there as data', () => {
  expect(describedCodes()).toHaveLength(rows.length + 2)
  expect(describedCodes().find(({ code }) => code === '-6113')).toEqual({
    code: '-6113',
    text: 'Wrong firstname',
    class: 'field',
    parameter: 'firstname',
    hint: 'Check the format and the length of firstname.',
    effect: { in: 'refused', out: 'refused' },
    errorCode: 'rejected',
    retry: 'next_attempt',
    reason: 'failed',
    listed: true,
  })
})

test('the table has every code', () => {
  expect(rows.map(([code]) => code).sort()).toEqual(
    Object.keys(codes)
      .filter((code) => code !== '0' && code !== '2000')
      .sort(),
  )
})

test.each(rows)('%s is %s, %s for a pay-in and %s for money out', (status, code, moneyIn, moneyOut) => {
  expect(classifyResponse({ status, errormessage: undefined, redirect_url: undefined }, 'in')).toBe(moneyIn)
  expect(classifyResponse({ status, errormessage: undefined, redirect_url: undefined }, 'out')).toBe(moneyOut)
  const error = mapError({ status, errormessage: 'as payabl says' }, 'refused')
  expect(error).toMatchObject({
    code,
    effect: 'refused',
    retry: final.includes(status) ? 'never' : 'next_attempt',
    vendor: { code: status, text: 'as payabl says' },
  })
  expect(error.message).toContain(status)
  expect(error.hint).not.toBe('')
})

test.each([
  ['-6113', 'firstname'],
  ['-6102', 'amount'],
  ['-1314', 'bankcountry'],
  ['-1318', 'accountnumber'],
  ['-1316', 'payment_method'],
])('%s names the parameter %s', (status, parameter) => {
  expect(mapError({ status, errormessage: '' }, 'refused').message).toContain(`(parameter ${parameter})`)
})

test.each<[string, ErrorCode, CodeEffect]>([
  ['Routing error', 'misconfigured', 'refused'],
  ['Wrong paymentmethod', 'rejected', 'refused'],
  ['Wrong country code', 'rejected', 'refused'],
  ['MID is near to negative balance', 'declined', 'refused'],
  ['MID balance service request timeout', 'vendor_error', 'unknown-outcome'],
  ['MID balance service internal error', 'vendor_error', 'unknown-outcome'],
])('a text that payabl lists without its code serves: %s', (text, code, moneyOut) => {
  const answer = { status: '-31337', errormessage: text, redirect_url: undefined }
  expect(mapError(answer, 'refused')).toMatchObject({ code, vendor: { code: '-31337', text } })
  expect(classifyResponse(answer, 'out')).toBe(moneyOut)
})

test('a code that no list has keeps its number and text, and money out is unknown', () => {
  const answer = { status: '-31337', errormessage: 'Something new', redirect_url: undefined }
  expect([classifyResponse(answer, 'in'), classifyResponse(answer, 'out')]).toEqual(['refused', 'unknown-outcome'])
  expect(mapError(answer, 'may_have_happened')).toMatchObject({
    code: 'vendor_error',
    retry: 'after_lookup',
    vendor: { code: '-31337', text: 'Something new' },
  })
})

test('a refused signature at a sandbox may be that of an earlier secret', () => {
  const hintOf = (environment: string) =>
    mapError({ status: '-999', errormessage: '' }, 'refused', { account: { environment } }).hint
  expect(hintOf('local')).toMatch(/^If a sandbox .*restart the application: .*secret and signature/)
  expect(hintOf('test')).not.toContain('restart')
})

test('the names of an object are no codes', () => {
  for (const status of ['constructor', 'toString', '__proto__'])
    expect(mapError({ status, errormessage: '' }, 'refused').code).toBe('vendor_error')
})

test('a message is the code and its listed text, and names a parameter only where payabl does', () => {
  const messageOf = (status: string, errormessage?: string) => mapError({ status, errormessage }, 'refused').message
  expect(messageOf('-6113', 'x')).toBe('payabl responded with -6113 Wrong firstname (parameter firstname).')
  expect(messageOf('-6000')).toBe(`payabl responded with -6000 ${codes['-6000']?.text}.`)
  expect(messageOf('-31337', 'Something new')).toBe('payabl responded with -31337 Something new.')
  expect(messageOf('-31337')).toBe('payabl responded with -31337 .')
})
