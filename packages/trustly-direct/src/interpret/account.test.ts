import { accountOf, type Fact, paymentRef, type Report } from '@railswitch/core'
import { notification, recorded, recordOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

const account = recorded('account', 'account-1')
let made = 0
const told = (accountid: string, mandate?: '0' | '1'): Report => {
  made += 1
  const attributes = mandate === undefined ? {} : { directdebitmandate: mandate }
  return reported(account, notification('account', { notificationid: `${made}`, accountid, attributes }))
}
const cancel = (): Report => {
  made += 1
  return reported(account, notification('cancel', { notificationid: `${made}` }))
}
const factsOf = (...reports: readonly Report[]): readonly Fact[] => interpret(recordOf([account], reports))
const chosen = (...reports: readonly Report[]) => {
  const { account: id, mandate } = accountOf(factsOf(...reports), paymentRef(account.intent)) ?? {}
  return [id, mandate]
}
const reviews = (...reports: readonly Report[]) =>
  factsOf(...reports).flatMap((fact) => (fact.type === 'review' ? [fact.reason] : []))

test.each<readonly [string, () => readonly Report[], readonly [string, unknown]]>([
  ['without a mandate', () => [told('1')], ['1', null]],
  ['whose mandate is to come', () => [told('1', '0')], ['1', 'pending']],
  ['whose mandate is there', () => [told('1', '0'), told('1', '1')], ['1', 'active']],
  ['whose mandate is there, told in the other order', () => [told('1', '1'), told('1', '0')], ['1', 'active']],
  ['whose mandate is there at once', () => [told('1', '1')], ['1', 'active']],
  ['whose bank was switched', () => [told('1', '0'), told('1', '1'), told('1', '0'), told('2', '1')], ['2', 'active']],
  ['whose bank was switched, told the other way', () => [told('2', '1'), told('1', '0')], ['2', 'active']],
  ['whose order was cancelled', () => [told('1', '0'), told('1', '1'), cancel()], ['1', 'revoked']],
  ['whose order was cancelled before', () => [cancel(), told('1', '1')], ['1', 'revoked']],
])('row 16: an account %s', (_name, reports, expected) => {
  expect(chosen(...reports())).toEqual(expected)
})

test('row 16: a second 0 of an account needs review, and nothing is charged meanwhile', () => {
  const reports = [told('1', '0'), told('1', '1'), told('1', '0')]
  expect(chosen(...reports)).toEqual(['1', 'pending'])
  expect(reviews(...reports)).toEqual(['ambiguous_mandate'])
  expect(reviews(...reports, told('1', '1'))).toEqual([])
  expect(chosen(...reports, told('1', '1'))).toEqual(['1', 'active'])
  expect(reviews(...reports, cancel())).toEqual([])
})

test('a customer who left chose none', () => {
  expect(factsOf(cancel())).toMatchObject([{ type: 'account.not_received', reason: 'abandoned' }])
})

test('no account number is part of what names a fact: events and reviews are named by it', () => {
  const facts = factsOf(told('8812345678', '0'), told('8812345678', '1'), told('8812345678', '0'), told('9912345678'))
  expect(facts.map(({ type }) => type)).toEqual(['account.received', 'review', 'account.received'])
  expect(JSON.stringify(facts.map(({ key }) => key))).not.toMatch(/[89]812345678/)
  expect(new Set(facts.map(({ key }) => key)).size).toBe(3)
})
