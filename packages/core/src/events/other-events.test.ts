import { fact } from '../__fixtures__/bank.ts'
import { account, depositRef, recordOf, refOf } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import { deriveEvents } from './derive-events.ts'
import { otherEvents } from './other-events.ts'

const context = { reference: 'order-1', now: { state: 'pending', net: { value: '0.00', currency: 'SEK' } } }
const shared = { payment: depositRef, ...context, at: '2026-01-02T00:00:00.000Z' }

test('each question about a customer is one event, and says whether the vendor has ended the order', () => {
  const facts = [
    fact('kyc.received', { abort: null, evidence: ['a'] }),
    fact('kyc.received', { abort: 'underage', evidence: ['b'] }),
  ]
  expect(otherEvents(facts, context)).toEqual([
    { event: { ...shared, type: 'kyc.received', id: `${depositRef}:kyc.received:a`, abort: null }, evidence: ['a'] },
    {
      event: { ...shared, type: 'kyc.received', id: `${depositRef}:kyc.received:b`, abort: 'underage' },
      evidence: ['b'],
    },
  ])
})

test('an unrecognised report is an event with the vendor’s method', () => {
  expect(otherEvents([fact('unrecognised', { method: 'novelty', evidence: ['u'] })], context)).toEqual([
    {
      event: { ...shared, type: 'unrecognised', id: `${depositRef}:unrecognised:u`, method: 'novelty' },
      evidence: ['u'],
    },
  ])
})

describe('an account that was not received', () => {
  const accountIntent = account()
  const again = account({ attempt: 2 })
  const left = (one = accountIntent): Fact =>
    fact('account.not_received', { intent: refOf(one), reason: 'abandoned', evidence: [refOf(one)] })
  const eventsOf = (...facts: readonly Fact[]) =>
    deriveEvents(recordOf([accountIntent, again]), facts).map(({ event, evidence }) => [event.id, evidence])

  test('is one event for the newest attempt', () => {
    expect(eventsOf(left(), left(again))).toEqual([[`${refOf(again)}:account.not_received`, [refOf(again)]]])
    expect(deriveEvents(recordOf([accountIntent]), [left()])).toEqual([
      {
        event: {
          type: 'account.not_received',
          id: `${refOf(accountIntent)}:account.not_received`,
          payment: refOf(accountIntent),
          reference: 'account-1',
          now: { state: 'not_received', net: { value: '0', currency: 'XXX' } },
          at: '2026-01-02T00:00:00.000Z',
          reason: 'abandoned',
        },
        evidence: [refOf(accountIntent)],
      },
    ])
  })

  test('is no event while another attempt is open', () => {
    expect(eventsOf(left())).toEqual([])
  })
})
