import { deriveDeposit, type Fact, type PaymentRef, type RecordedIntent, type Report } from '@railswitch/core/provider'
import * as fc from 'fast-check'
import { amount, refundAmount } from '../__fixtures__/notification-rows.ts'
import { notification, recorded, recordOf, refundOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

/** Source: protocol/trustly.md, section 4.3 (RefundDirectDebit: `refund:"1"`). Whose order id they have is not documented [?]: both are tested. */
const charge = recorded('deposit', 'charge-1', { account: 'rs1.t.mandate.mandate-1.1' as PaymentRef })
const refund = refundOf(charge)
const money = { amount: refundAmount.value, currency: refundAmount.currency }

const say = (name: string, id: string, more: object = {}, about: RecordedIntent = charge): Report =>
  reported(about, notification(name, { refund: '1', messageid: 'refund-1', ...more }), { id })
const credit = reported(charge, notification('credit', { attributes: {} }), { id: 'credit' })

const factsOf = (...reports: readonly Report[]): readonly Fact[] => interpret(recordOf([charge, refund], reports))
const depositOf = (...reports: readonly Report[]) =>
  deriveDeposit(recordOf([charge, refund], reports), factsOf(...reports))

test.each<readonly [string, readonly Report[], string, string]>([
  ['accepted', [say('pending', 'p', money)], 'accepted', 'credited'],
  ['sent', [say('pending', 'p', money), say('debit', 'd', money)], 'confirmed', 'credited'],
  ['not sent', [say('cancel', 'c', { attributes: { reason: 'INVALID_ACCOUNT' } })], 'failed', 'credited'],
  ['sent, and comes back', [say('debit', 'd', money), say('credit', 'b', money)], 'returned', 'credited'],
])(
  'the refund of a direct debit that is %s changes nothing of the direct debit itself',
  (_name, reports, state, own) => {
    const deposit = depositOf(credit, ...reports)
    expect(deposit).toMatchObject({ state: own, credited: amount, reversed: { value: '0.00' }, refunds: [{ state }] })
    expect(factsOf(credit, ...reports).filter(({ type }) => type === 'review' || type === 'unrecognised')).toEqual([])
  },
)

test('the order of the notifications changes nothing', () => {
  const all = [credit, say('pending', 'p', money), say('debit', 'd', money), say('credit', 'b', money)]
  const meaning = (reports: readonly Report[]) => depositOf(...reports)
  const property = fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) =>
    expect(meaning(shuffled)).toEqual(meaning(all)),
  )
  expect(() => fc.assert(property)).not.toThrow()
})

test('notifications under an order id of the refund mean the same', () => {
  const under = (name: string, id: string) => ({ ...say(name, id, money, refund), vendorId: '99' })
  expect(depositOf(credit, under('pending', 'p'), under('debit', 'd'))).toMatchObject({
    refunds: [{ state: 'confirmed' }],
  })
  expect(depositOf(credit, under('debit', 'd'), under('credit', 'b'))).toMatchObject({
    refunds: [{ state: 'returned' }],
  })
})

test('the refund of a refund that is not ours is reviewed, and takes nothing from ours', () => {
  const foreign = say('debit', 'd', { ...money, messageid: 'from-the-back-office' })
  expect(factsOf(credit, foreign)).toContainEqual(
    expect.objectContaining({ type: 'review', reason: 'unexpected_payout', evidence: ['d'] }),
  )
  expect(depositOf(credit, foreign)).toMatchObject({ refunds: [{ state: 'accepted' }] })
})

test('a direct debit that the bank takes back is reversed, whatever has become of its refund', () => {
  const debit = reported(charge, notification('debit', { attributes: { reason: 'CANCELLED' } }), { id: 'back' })
  expect(depositOf(credit, debit, say('debit', 'd', money))).toMatchObject({
    state: 'reversed',
    reversed: amount,
    refunds: [{ state: 'confirmed' }],
  })
})
