import { ownMethods, type Report } from '@railswitch/core/provider'
import {
  callback,
  credited,
  depositIntent,
  derived,
  eur,
  recordOf,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'

const reviewsOf = (...reports: readonly Report[]) => derived(recordOf([depositIntent()], reports)).reviews
const idsOf = (...reports: readonly Report[]) => reviewsOf(credited(), ...reports).map(({ id }) => id)
const at = (minutes: number, type: string) => ({ type, amount: '4.00', timestamp: secondsAfter(minutes) })

describe('after a review was resolved, the same money at another time is another review', () => {
  test.each<[string, (minutes: number) => Report]>([
    ['a refund that nobody asked for', (minutes) => callback(at(minutes, 'refund'))],
    ['a payout that nobody asked for', (minutes) => callback(at(minutes, 'cft'))],
    ['a refund without our token', (minutes) => unproven(at(minutes, 'refund'))],
    ['a chargeback without our token', (minutes) => unproven(at(minutes, 'chb'))],
  ])('%s', (_name, reported) => {
    const [first, second, third] = [reported(60), reported(6000), reported(3000)]
    const resolved = idsOf(first)
    const again = idsOf(first, second)
    expect(resolved).toHaveLength(1)
    expect(again).toHaveLength(1)
    expect(again).not.toEqual(resolved)
    // One that is reported late, too.
    expect(idsOf(first, second, third)).not.toEqual(again)
    expect(idsOf(third, second, first)).toEqual(idsOf(first, second, third))
    // The same timestamp is a redelivery.
    expect(idsOf(first, second, second)).toEqual(again)
  })

  test('a chargeback with our token, reported later than one after it', () => {
    const [first, second, late] = [60, 6000, 3000].map((minutes) => callback(at(minutes, 'chb')))
    if (!first || !second || !late) throw new Error('Three are needed.')
    expect(idsOf(first, second)).toHaveLength(1)
    expect(idsOf(first, second, late)).not.toEqual(idsOf(first, second))
  })
})

describe('a person has decided that a transaction is credited', () => {
  const paid = (transactionid: string, minutes: number) =>
    unproven({ transactionid, payment_state: 'credited', timestamp: secondsAfter(minutes) })
  const decided = (vendorId: string) =>
    report({
      method: ownMethods.personCredited,
      proof: 'person',
      vendorId,
      money: eur('10.00'),
      members: { by: 'Ada', why: 'seen in the back office' },
      at: '2026-11-20T12:00:00.000Z',
    })

  test('then its own report needs no review', () => {
    expect(reviewsOf(paid('104900001', 0), decided('104900001'))).toEqual([])
  })

  test('then a second payment that was made before and is reported after needs review', () => {
    expect(reviewsOf(paid('104900001', 0), decided('104900001'), paid('104900777', 30))).toMatchObject([
      { reason: 'unsigned_money', vendorId: '104900777' },
    ])
  })
})
