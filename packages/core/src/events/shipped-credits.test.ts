import { fact } from '../__fixtures__/bank.ts'
import { deposit, depositRef, recordOf, refOf, sek } from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { deriveDeposit } from '../state/deposit-state.ts'
import { shippedCredits } from './shipped-credits.ts'

const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
const again = deposit({ attempt: 2 })

type Members = Partial<FactOf<'deposit.credited'>>
const credit = (vendorId: string, day: number, members: Members = {}) =>
  fact('deposit.credited', { vendorId, at: on(day), evidence: [`${vendorId} credit`], ...members })
const reversal = (vendorId: string, day: number, members: Members = {}) =>
  fact('deposit.reversed', { vendorId, at: on(day), evidence: [`${vendorId} back ${day}`], ...members })
const emitted = (vendorId: string, type: EmittedEvent['type'] = 'deposit.credited'): EmittedEvent => ({
  id: `e ${vendorId}`,
  type,
  payment: depositRef,
  answer: 'ok',
  evidence: [`${vendorId} credit`],
})

/** The transactions that pay the order, each with the day from which it does. */
const shipped = (facts: readonly Fact[], ...events: readonly EmittedEvent[]) => {
  const state = deriveDeposit(recordOf([deposit(), again]), facts)
  if (!state) throw new Error('no deposit')
  return shippedCredits(state, events).map(
    ({ transaction, at }) => `${transaction.vendorId} ${Number(at.slice(8, 10))}`,
  )
}

test('if neither of two payments is reversed, the earlier one pays the order', () => {
  expect(shipped([credit('b', 2), credit('a', 3)])).toEqual(['b 2'])
})

test('of two payments at the same time, the first attempt pays the order, or the smaller id within one attempt', () => {
  const second = { intent: refOf(again) }
  expect(shipped([credit('a', 2, second), credit('b', 2)])).toEqual(['b 2'])
  expect(shipped([credit('b', 2), credit('a', 2)])).toEqual(['a 2'])
  expect(shipped([credit('a', 2), credit('b', 2)])).toEqual(['a 2'])
})

test('a second payment pays the order from the time at which the first one is reversed', () => {
  expect(shipped([credit('a', 2), credit('b', 3), reversal('a', 5)])).toEqual(['a 2', 'b 5'])
})

test('a payment that is reversed in parts pays the order until the last part', () => {
  const parts = [reversal('a', 6, { amount: sek('60.00') }), reversal('a', 4, { amount: sek('40.00') })]
  expect(shipped([credit('a', 2), credit('b', 3), ...parts])).toEqual(['a 2', 'b 6'])
  expect(shipped([credit('a', 2), credit('b', 3), parts[1] as Fact])).toEqual(['a 2'])
})

test('a payment after the reversal of the first one pays the order from its own time', () => {
  expect(shipped([credit('a', 2), reversal('a', 3), credit('b', 4)])).toEqual(['a 2', 'b 4'])
  expect(shipped([credit('a', 2), reversal('a', 4), credit('b', 4)])).toEqual(['a 2', 'b 4'])
})

test('a second payment that is reversed before the first one never pays the order', () => {
  expect(shipped([credit('a', 2), credit('b', 3), reversal('b', 4), reversal('a', 5)])).toEqual(['a 2'])
  expect(shipped([credit('a', 2), credit('b', 3), reversal('b', 5), reversal('a', 5)])).toEqual(['a 2'])
  expect(shipped([credit('a', 2), credit('b', 3), reversal('b', 6), reversal('a', 5)])).toEqual(['a 2', 'b 5'])
})

test('a third payment waits for the second one as it does for the first', () => {
  const three = [credit('a', 2), credit('b', 3), credit('c', 4), reversal('a', 5)]
  expect(shipped(three)).toEqual(['a 2', 'b 5'])
  expect(shipped([...three, reversal('b', 7)])).toEqual(['a 2', 'b 5', 'c 7'])
})

test('a payment whose reversal has an earlier time than its credit paid the order all the same', () => {
  expect(shipped([credit('a', 4), reversal('a', 2)])).toEqual(['a 4'])
})

test('an emitted payment was shipped, even if an earlier payment is reported later', () => {
  const two = [credit('a', 2), credit('b', 3)]
  expect(shipped(two, emitted('b'))).toEqual(['b 3'])
  expect(shipped(two, emitted('b', 'review.needed'))).toEqual(['a 2'])
  expect(shipped([...two, reversal('b', 5)], emitted('b'))).toEqual(['b 3', 'a 5'])
})

test('an earlier payment that was reversed before anybody heard of it is not shipped beside the emitted one', () => {
  for (const day of [3, 4, 5]) {
    const two = [credit('a', 2), reversal('a', day), credit('b', 4)]
    expect(shipped(two, emitted('b'))).toEqual(['b 4'])
    expect(shipped(two, emitted('a'), emitted('b'))).toEqual(['a 2', 'b 4'])
  }
})

test('if the emitted payment was reversed as well, an earlier one that was reversed before it was shipped too', () => {
  const two = [credit('a', 2), reversal('a', 3), credit('b', 4), reversal('b', 5)]
  expect(shipped(two, emitted('b'))).toEqual(['a 2', 'b 4'])
})

test('a payment counts as emitted if one of its reports is evidence of an emitted event', () => {
  const more = credit('b', 3, { evidence: ['b credit', 'b again'] })
  expect(shipped([credit('a', 2), more], emitted('b'))).toEqual(['b 3'])
  expect(shipped([credit('a', 2), credit('b', 3)], emitted('a'), emitted('b'))).toEqual(['a 2', 'b 3'])
})
