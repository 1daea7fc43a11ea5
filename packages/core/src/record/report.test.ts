import { deposit, depositRef, refOf, report, sek } from '../__fixtures__/records.ts'
import { importId, isOwnMethod, ownMethods, raised } from './report.ts'

const other = refOf(deposit({ attempt: 2 }))

test('a report that nobody owned becomes that of the payment which a redelivery proves', () => {
  const stored = report('a', 'credit', { intent: null, proof: 'unproven' })
  const again = report('a', 'credit', { intent: depositRef, proof: 'token' })
  expect(raised(stored, again)).toMatchObject({ intent: depositRef, proof: 'token' })
})

test('a redelivery without proof lowers nothing', () => {
  const stored = report('a', 'credit', { proof: 'token' })
  expect(raised(stored, report('a', 'credit', { proof: 'unproven' }))).toEqual(stored)
  expect(raised(stored, report('a', 'credit', { intent: null, proof: 'signature' }))).toEqual(stored)
})

test('a report of one payment never becomes another’s', () => {
  const stored = report('a', 'credit', { proof: 'unproven' })
  expect(raised(stored, report('a', 'credit', { intent: other, proof: 'signature' }))).toEqual(stored)
})

test('what a token proves is the money that came with it, not the money that was stored without proof', () => {
  const forged = report('a', 'credit', { proof: 'unproven', money: sek('9000.00'), members: { payment_state: 'x' } })
  const genuine = report('a', 'credit', { proof: 'token', money: sek('100.00'), members: { payment_state: 'y' } })
  expect(raised(forged, genuine)).toEqual(genuine)
  expect(raised(genuine, forged)).toEqual(genuine)
})

test('unproven money of nobody’s report is not believed once it is somebody’s', () => {
  const forged = report('a', 'credit', { intent: null, proof: 'unproven', money: sek('9000.00') })
  const genuine = report('a', 'credit', { proof: 'token', money: sek('100.00') })
  expect(raised(forged, genuine)).toEqual(genuine)
})

test.each(Object.values(ownMethods))('%s is a method of our own', (method) => {
  expect(isOwnMethod(method)).toBe(true)
})

test('a vendor’s method is not our own', () => {
  expect(isOwnMethod('credit')).toBe(false)
})

test('a payment is imported once', () => {
  expect(importId(depositRef)).toBe(`imported|${depositRef}`)
})
