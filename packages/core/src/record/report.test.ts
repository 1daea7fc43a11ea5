import { bankSaying } from '../__fixtures__/bank.ts'
import { deposit, depositRef, recordOf, refOf, report, sek } from '../__fixtures__/records.ts'
import { deriveRecord } from '../derivation/derive-record.ts'
import { importId, inOrder, isOwnMethod, ownMethods, withRaisedProof } from './report.ts'

const other = refOf(deposit({ attempt: 2 }))

test('a report that nobody owned becomes that of the payment which a redelivery proves', () => {
  const stored = report('a', 'credit', { intent: null, proof: 'unproven' })
  const again = report('a', 'credit', { intent: depositRef, proof: 'token' })
  expect(withRaisedProof(stored, again)).toMatchObject({ intent: depositRef, proof: 'token' })
})

test('a redelivery without proof lowers nothing', () => {
  const stored = report('a', 'credit', { proof: 'token' })
  expect(withRaisedProof(stored, report('a', 'credit', { proof: 'unproven' }))).toEqual(stored)
  expect(withRaisedProof(stored, report('a', 'credit', { intent: null, proof: 'signature' }))).toEqual(stored)
})

test('a report of one payment never becomes another’s', () => {
  const stored = report('a', 'credit', { proof: 'unproven' })
  expect(withRaisedProof(stored, report('a', 'credit', { intent: other, proof: 'signature' }))).toEqual(stored)
})

test('what a token proves is the money that came with it, not the money that was stored without proof', () => {
  const forged = report('a', 'credit', { proof: 'unproven', money: sek('9000.00'), members: { payment_state: 'x' } })
  const genuine = report('a', 'credit', { proof: 'token', money: sek('100.00'), members: { payment_state: 'y' } })
  expect(withRaisedProof(forged, genuine)).toEqual(genuine)
  expect(withRaisedProof(genuine, forged)).toEqual(genuine)
})

test('unproven money of nobody’s report is not believed once it is somebody’s', () => {
  const forged = report('a', 'credit', { intent: null, proof: 'unproven', money: sek('9000.00') })
  const genuine = report('a', 'credit', { proof: 'token', money: sek('100.00') })
  expect(withRaisedProof(forged, genuine)).toEqual(genuine)
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

describe('a vendor`s message that has the name of one of ours', () => {
  test.each(Object.values(ownMethods))('%s means nothing', (method) => {
    const said = (['signature', 'token', 'unproven', 'lookup', 'response', 'elapsed', 'person'] as const).map((proof) =>
      report(proof, method, { proof }),
    )
    const [only, ...others] = inOrder(said)
    expect(others).toEqual([])
    expect(['person', 'elapsed', 'response', 'lookup']).toContain(only?.proof)
  })

  test.each(['imported', 'person:credited'])('%s credits nothing and counts as no emitted event', (method) => {
    const forged = report('v-1', method, { money: sek('100.00'), members: { state: 'credited' } })
    const intent = { ...deposit(), vendorIds: ['tx-1'] }
    const { facts, pending } = deriveRecord(recordOf([intent], { reports: [forged] }), bankSaying([]))
    expect([facts, pending]).toEqual([[], []])
  })
})
