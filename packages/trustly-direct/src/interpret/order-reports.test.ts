import type { Report } from '@railswitch/core/provider'
import { at, deposit, ledger, said, timeless } from '../__fixtures__/deposit-reports.ts'
import { recordOf } from '../__fixtures__/orders.ts'
import {
  factOf,
  isEarlier,
  ledgerLines,
  type OrderReports,
  ofMethod,
  reviewOf,
  unreadable,
  withMoney,
} from './order-reports.ts'

const one = said('credit', '1', at(5))
const two = said('debit', '2', at(6))
const { money: _, ...bare } = said('credit', '3', at(7))

const orderOf = (...reports: readonly Report[]): OrderReports => ({
  intent: 'rs1.t.deposit.order-1.1' as OrderReports['intent'],
  recorded: deposit,
  vendorId: '87654567',
  reports,
  record: recordOf([deposit], reports),
})
const order = orderOf(one, two, bare)
const shared = { intent: 'rs1.t.deposit.order-1.1', vendorId: '87654567' }

test('a fact has the time and the key of its earliest report, and all as evidence', () => {
  expect(factOf(order, [one, two])).toEqual({
    ...shared,
    at: at(5),
    evidence: ['1', '2'],
    source: 'vendor',
    key: '1',
  })
})

test('a fact is a look-up’s where nobody else said it', () => {
  expect(factOf(order, [ledger(at(5))]).source).toBe('lookup')
  expect(factOf(order, [ledger(at(5)), one]).source).toBe('vendor')
})

test('a review is of one report, with its money where that can be read', () => {
  const fact = { ...shared, source: 'vendor', type: 'review', reason: 'unexpected_credit' }
  expect(reviewOf(order, one, 'unexpected_credit')).toEqual({
    ...fact,
    at: at(5),
    evidence: ['1'],
    key: '1',
    money: { value: '49.90', currency: 'EUR' },
  })
  expect(reviewOf(order, bare, 'unexpected_credit')).toEqual({ ...fact, at: at(7), evidence: ['3'], key: '3' })
})

test('reports are chosen by method and by readable money, in their order', () => {
  expect(ofMethod(order, 'debit', 'credit')).toEqual([one, two, bare])
  expect(ofMethod(order, 'debit')).toEqual([two])
  expect(ofMethod(order)).toEqual([])
  expect(withMoney(order.reports)).toEqual([one, two])
})

test('money that cannot be read needs review, for the methods that carry some', () => {
  expect(unreadable(order, 'credit', 'debit').map(({ evidence }) => evidence)).toEqual([['3']])
  expect(unreadable(order, 'debit')).toEqual([])
})

test('a ledger is believed as an answer to our own query alone', () => {
  const claimed = { ...ledger(at(5)), proof: 'signature' as const }
  expect(ledgerLines(orderOf(claimed, one))).toEqual([])
  expect(ledgerLines(orderOf(ledger(at(5)), one))).toEqual([ledger(at(5))])
})

test.each([
  ['the earlier one is', one, two, true],
  ['the later one is not', two, one, false],
  ['the same moment is not', one, said('debit', '4', at(5)), false],
  ['one without a time is not', timeless('credit', '5', at(4)), two, false],
  ['none is earlier than one without a time', one, timeless('debit', '6', at(6)), false],
])('of two reports, %s earlier', (_name, first, second, expected) => {
  expect(isEarlier(first, second)).toBe(expected)
})
