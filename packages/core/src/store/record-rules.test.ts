import { bankSaying, fact, reportsOf } from '../__fixtures__/bank.ts'
import { deposit, recordOf, refOf } from '../__fixtures__/records.ts'
import { derivationVersion, deriveRecord } from '../derivation/derive-record.ts'
import { createRecordRules, needsReview } from './record-rules.ts'

const credited = fact('deposit.credited')
const unexpected = fact('review', { reason: 'unexpected_credit' })

test('derives a record by the rails, and names the version of the derivation', () => {
  const rails = bankSaying([credited])
  const record = recordOf([deposit()], { reports: reportsOf([credited]) })
  const rules = createRecordRules(rails)
  expect(rules.derive(record)).toEqual(deriveRecord(record, rails))
  expect(rules.version).toBe(derivationVersion)
})

test('derives the meaning of one record object once', () => {
  const rules = createRecordRules(bankSaying([credited]))
  const record = recordOf([deposit()], { reports: reportsOf([credited]) })
  expect(rules.derive(record)).toBe(rules.derive(record))
  expect(rules.derive({ ...record })).not.toBe(rules.derive(record))
})

test('a record needs a manual review while a review is open', () => {
  const record = recordOf([deposit()], { reports: reportsOf([credited]) })
  expect(needsReview(createRecordRules(bankSaying([credited])), record)).toBe(false)
  expect(needsReview(createRecordRules(bankSaying([unexpected])), record)).toBe(true)
})

test('a record whose rail is missing needs a manual review, because its reports cannot be read', () => {
  const other = deposit({ rail: 'other' })
  const elsewhere = fact('deposit.credited', { intent: refOf(other) })
  const rails = bankSaying([elsewhere])
  const record = recordOf([other], { reports: reportsOf([elsewhere]) })
  const withoutIt = new Map([...rails].filter(([name]) => name === 'bank'))
  expect(needsReview(createRecordRules(rails), record)).toBe(false)
  expect(needsReview(createRecordRules(withoutIt), record)).toBe(true)
})
