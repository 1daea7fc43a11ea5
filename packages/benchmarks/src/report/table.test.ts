import { table, toRow } from './table.ts'

const figure = {
  id: 'P4',
  what: 'a ledger, verified and read without loss',
  beside: 'JSON.parse',
  hold: { most: 1.8 },
  reach: { most: 1.3 },
  measure: async () => [],
} as const

const row = toRow(figure, { of: '12 MB', value: 2.114, control: 1.012, detail: '211 ms, limit 100 ms' })

test('a row begins with its figure and fits into 80 columns', () => {
  const lines = table([row], false).split('\n')
  expect(lines[1]).toMatch(/^P4 .* 2\.11 +≤ 1\.8 +≤ 1\.3 +1\.2 % +fails/)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
})

test('a smoke run judges nothing', () => {
  expect(table([row], true)).not.toContain('fails')
  expect(table([row], true)).toContain('not judged')
})

test('a value with bounds of its own', () => {
  const of64 = toRow(figure, { of: '', value: 1.5, control: 1, detail: '', hold: { least: 1.2 }, reach: { least: 2 } })
  expect(of64).toMatchObject({ hold: { least: 1.2 }, reach: { least: 2 }, judgement: 'holds' })
})
