import { fact } from '../__fixtures__/bank.ts'
import { deposit, recordOf, report } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import { interpretRecord } from './interpret-record.ts'

const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`

test('facts are sorted by their time, then by their key, then by their type, in whatever order a provider returns them', () => {
  const sorted: readonly Fact[] = [
    fact('deposit.credited', { at: on(1), key: 'c' }),
    fact('deposit.not_credited', { at: on(2), key: 'a' }),
    fact('deposit.credited', { at: on(2), key: 'b' }),
    fact('deposit.not_credited', { at: on(2), key: 'b' }),
    fact('deposit.reversed', { at: on(2), key: 'b' }),
    fact('deposit.credited', { at: on(3), key: 'a' }),
  ]
  const [a, b, c, d, e, f] = sorted as readonly [Fact, Fact, Fact, Fact, Fact, Fact]
  for (const listed of [sorted, [...sorted].reverse(), [d, b, f, a, e, c], [e, f, c, a, d, b]]) {
    const rails = new Map([['bank', { interpret: () => listed }]])
    expect(interpretRecord(recordOf([deposit()]), rails)).toEqual(sorted)
  }
})

test('reports of persons are interpreted even if a rail of the record is not configured', () => {
  const personReport = report('p', 'person:credited', { proof: 'person' })
  expect(() => interpretRecord(recordOf([deposit()], { reports: [personReport] }), new Map())).not.toThrow()
})
