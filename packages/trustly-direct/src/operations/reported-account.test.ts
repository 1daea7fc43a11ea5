import { isLeft, type OperationCall, paymentRef, type Report, right } from '@railswitch/core/provider'
import { notification, recorded, recordOf, reported } from '../__fixtures__/orders.ts'
import { accountToPay, chargeableAccountOf } from './reported-account.ts'

const account = recorded('account', 'account-1')
const other = recorded('deposit', 'order-1')

/** `1:0` is account 1 without its mandate; received in this order. */
const reportOf = (word: string, index: number, intent = account): Report => {
  const [accountid = '', mandate] = word.split(':')
  const attributes = mandate === undefined ? {} : { directdebitmandate: mandate }
  const at = `2026-11-21T12:00:${String(index).padStart(2, '0')}.000Z`
  return reported(intent, notification('account', { accountid, attributes }), { id: `${index}`, at })
}

const callOf = (reports: readonly Report[], more: Partial<OperationCall> = {}): OperationCall => ({
  intent: { ...recorded('payout', 'payout-1').intent, account: paymentRef(account.intent) },
  record: recordOf([], []),
  source: recordOf([account, other], reports),
  callbackUrl: 'https://shop.example/callbacks/t/x',
  resumed: false,
  signal: AbortSignal.timeout(1_000),
  ...more,
})
const words = (text: string): readonly Report[] => text.split(' ').map((word, index) => reportOf(word, index))
const paid = (reports: readonly Report[], more: Partial<OperationCall> = {}) => {
  const chosen = accountToPay(callOf(reports, more))
  return isLeft(chosen) ? [chosen.left.code, chosen.left.effect, chosen.left.retry] : chosen.right
}

describe('the account that a payout goes to', () => {
  test('is the one that was reported, however often', () => {
    expect(paid(words('7653385737'))).toBe('7653385737')
    expect(paid(words('1 1:0 1:1'))).toBe('1')
  })

  test('is none while none is reported', () => {
    expect(paid([])).toEqual(['not_found', 'not_sent', 'same_attempt'])
  })

  test('is none where the customer switched the account during the order: nothing tells which one counts', () => {
    expect(paid(words('1 2'))).toEqual(['conflict', 'not_sent', 'same_attempt'])
    expect(paid(words('1:1 2:1'))).toEqual(['conflict', 'not_sent', 'same_attempt'])
  })

  test('stays the one of the first call when that is repeated, whatever was reported since', () => {
    expect(paid(words('2 1'), { resumed: true })).toBe('2')
    expect(accountToPay(callOf(words('1'), { resumed: true }))).toEqual(right('1'))
  })

  test('is reported by `account` only: Trustly signs its other methods for other merchants, too', () => {
    const [report] = words('9')
    for (const method of ['RegisterAccount', 'unknown', 'credit'])
      expect(paid(report ? [{ ...report, method }, reportOf('1', 5)] : [])).toBe('1')
  })

  test('is that of the payment that is meant, not of another one in its record', () => {
    expect(paid([reportOf('2', 0, other), reportOf('1', 1)])).toBe('1')
  })
})

test.each([
  ['1:0 1:1', '1'],
  ['1:0', null],
  ['1', null],
  ['1:0 1:1 1:0', null],
  ['1:0 1:1 1:0 2:1', '2'],
  ['1:1 2:1', null],
])('of %s, %s may be charged', (text, expected) => expect(chargeableAccountOf(callOf(words(text)))).toBe(expected))

test('without a payment whose account is meant, none may be charged', () => {
  const { account: _, ...intent } = callOf([]).intent
  expect(chargeableAccountOf(callOf(words('1:1'), { intent }))).toBeNull()
  const { source: __, ...call } = callOf([])
  expect(chargeableAccountOf(call)).toBeNull()
  expect(accountToPay(call)).toMatchObject({ left: { code: 'not_found' } })
})
