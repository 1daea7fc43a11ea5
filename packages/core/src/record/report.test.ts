import { bankSaying } from '../__fixtures__/bank.ts'
import { deposit, depositRef, recordOf, refOf, report, sek } from '../__fixtures__/records.ts'
import { deriveRecord } from '../derivation/derive-record.ts'
import { importReportId, inOrder, isOwnMethod, ownMethods, withRaisedProof } from './report.ts'

const other = refOf(deposit({ attempt: 2 }))

test('an unowned report is assigned to the payment that a redelivery proves', () => {
  const stored = report('a', 'credit', { intent: null, proof: 'unproven' })
  const again = report('a', 'credit', { intent: depositRef, proof: 'token' })
  expect(withRaisedProof(stored, again)).toMatchObject({ intent: depositRef, proof: 'token' })
})

test('a redelivery without proof does not lower the proof', () => {
  const stored = report('a', 'credit', { proof: 'token' })
  expect(withRaisedProof(stored, report('a', 'credit', { proof: 'unproven' }))).toEqual(stored)
  expect(withRaisedProof(stored, report('a', 'credit', { intent: null, proof: 'signature' }))).toEqual(stored)
})

test('a report of one payment is never assigned to another', () => {
  const stored = report('a', 'credit', { proof: 'unproven' })
  expect(withRaisedProof(stored, report('a', 'credit', { intent: other, proof: 'signature' }))).toEqual(stored)
})

test('a token proves the money that came with it, not the money that was stored without proof', () => {
  const forged = report('a', 'credit', { proof: 'unproven', money: sek('9000.00'), members: { payment_state: 'x' } })
  const genuine = report('a', 'credit', { proof: 'token', money: sek('100.00'), members: { payment_state: 'y' } })
  expect(withRaisedProof(forged, genuine)).toEqual(genuine)
  expect(withRaisedProof(genuine, forged)).toEqual(genuine)
})

test('the unproven money of an unowned report stays unproven when the report is assigned to a payment', () => {
  const forged = report('a', 'credit', { intent: null, proof: 'unproven', money: sek('9000.00') })
  const genuine = report('a', 'credit', { proof: 'token', money: sek('100.00') })
  expect(withRaisedProof(forged, genuine)).toEqual(genuine)
})

test.each(Object.values(ownMethods))('%s is one of our own methods', (method) => {
  expect(isOwnMethod(method)).toBe(true)
})

test('a vendor’s method is not one of our own', () => {
  expect(isOwnMethod('credit')).toBe(false)
})

test('the id of an import depends only on the payment', () => {
  expect(importReportId(depositRef)).toBe(`imported|${depositRef}`)
})

describe('a vendor’s report whose method has the name of one of ours', () => {
  test.each(Object.values(ownMethods))('%s is ignored', (method) => {
    const withEachProof = (['signature', 'token', 'unproven', 'lookup', 'response', 'elapsed', 'person'] as const).map(
      (proof) => report(proof, method, { proof }),
    )
    const [only, ...others] = inOrder(withEachProof)
    expect(others).toEqual([])
    expect(['person', 'elapsed', 'response', 'lookup']).toContain(only?.proof)
  })

  test.each(['imported', 'person:credited'])('%s credits nothing and does not count as emitted', (method) => {
    const forged = report('v-1', method, { money: sek('100.00'), members: { state: 'credited' } })
    const intent = { ...deposit(), vendorIds: ['tx-1'] }
    const { facts, pending } = deriveRecord(recordOf([intent], { reports: [forged] }), bankSaying([]))
    expect([facts, pending]).toEqual([[], []])
  })
})
