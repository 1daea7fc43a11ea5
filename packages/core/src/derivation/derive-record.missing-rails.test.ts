import { bankSaying, fact, handled, reportsOf } from '../__fixtures__/bank.ts'
import { deposit, payout, recordOf, refOf, refund } from '../__fixtures__/records.ts'
import { deriveRecord } from './derive-record.ts'
import { missingRails } from './interpret-record.ts'

const first = deposit({ rail: 'other' })
const second = deposit({ attempt: 2 })
const credited = fact('deposit.credited', { intent: refOf(first), evidence: ['credit'] })
const cancelled = fact('deposit.not_credited', { intent: refOf(second), vendorId: 'tx-2', evidence: ['cancel'] })
const both = bankSaying([credited, cancelled])
const bankOnly = new Map([...both].filter(([name]) => name === 'bank'))
const record = recordOf([first, second], { reports: reportsOf([credited, cancelled]) })

test('nothing is derived for a payment with a missing rail, not even from its other attempts', () => {
  expect(deriveRecord(record, bankOnly)).toEqual({
    facts: [],
    state: null,
    comparison: { pending: [], pairs: [], differences: [] },
    reviews: [],
    pending: [],
    missingRails: ['other'],
  })
})

test('everything is derived again when the rail is configured', () => {
  const derived = deriveRecord(record, both)
  expect(derived.missingRails).toEqual([])
  expect(derived.state).toMatchObject({ state: 'credited' })
  expect(derived.pending.map(({ event }) => event.type)).toEqual(['deposit.credited'])
})

test('emitted events are no difference while a rail is missing', () => {
  const emitted = handled(record, both)
  expect(emitted.emitted).toHaveLength(1)
  expect(deriveRecord(emitted, bankOnly)).toMatchObject({ reviews: [], pending: [] })
})

test('a missing rail is listed once, even if several intents name it', () => {
  const intents = [first, refund('r-1', { rail: 'other' }), payout({ rail: 'third' }), second]
  expect(missingRails(recordOf(intents), bankOnly)).toEqual(['other', 'third'])
  expect(missingRails(recordOf(intents), new Map())).toEqual(['other', 'third', 'bank'])
})
