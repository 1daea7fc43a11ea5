import { deposit, recordOf, refOf, refund, report } from '../__fixtures__/records.ts'
import { intentOf, recordOfRail } from './payment-record.ts'

const first = deposit()
const second = deposit({ attempt: 2, rail: 'other' })
const back = refund('r-1', { rail: 'other' })
const intents = [first, second, back]

test('an intent is found by its ref, which contains rail, kind, reference and attempt', () => {
  expect(intents.map((one) => intentOf({ intents }, refOf(one)))).toEqual(intents)
  expect(intentOf({ intents }, refOf(deposit({ attempt: 2 })))).toBeUndefined()
  expect([intentOf({ intents }, null), intentOf({ intents }, undefined)]).toEqual([undefined, undefined])
})

test('a provider receives the intents of its own rail and the reports about them', () => {
  const reports = [
    report('ours', 'credit'),
    report('strange', 'credit', { intent: null }),
    report('theirs', 'credit', { rail: 'other', intent: refOf(second) }),
    report('stranger', 'credit', { rail: 'other', intent: null }),
  ]
  const record = recordOf(intents, { reports })
  expect(recordOfRail(record, 'bank')).toEqual({ ...record, intents: [first], reports: [reports[0]] })
  expect(recordOfRail(record, 'other')).toEqual({ ...record, intents: [second, back], reports: [reports[2]] })
  expect(recordOfRail(record, 'third')).toEqual({ ...record, intents: [], reports: [] })
})
