import { comparedDays } from './compared-days.ts'

const now = new Date('2026-03-02T23:59:59.999Z')

test.each([
  [{}, '2026-02-27', '2026-03-02'],
  [{ from: '2026-01-01' }, '2026-01-01', '2026-03-02'],
  [{ to: '2026-01-02' }, '2025-12-30', '2026-01-02'],
  [{ from: '2024-02-29', to: '2024-02-29' }, '2024-02-29', '2024-02-29'],
])('%j is from %s to %s', (input, from, to) => {
  expect(comparedDays(input, now)).toEqual({ from, to })
})

test.each<[object, string, string]>([
  [{ from: '2026-02-29' }, 'from', 'is not a day'],
  [{ from: '27.02.2026' }, 'from', 'is not a day'],
  [{ to: '2026-3-2' }, 'to', 'is not a day'],
  [{ to: '2026-03-02T00:00:00Z' }, 'to', 'is not a day'],
  [{ to: new Date(0) }, 'to', 'is not a day'],
  [{ from: '2026-03-03' }, 'to', 'is before `from`'],
])('%j is refused', (input, field, rule) => {
  const compare = () => comparedDays(input, now)
  expect(compare).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  expect(compare).toThrow(
    expect.objectContaining({ issues: expect.arrayContaining([expect.objectContaining({ field, rule })]) }),
  )
})
