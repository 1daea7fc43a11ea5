import { endedCurrencies, endOfCurrency } from './ended-currencies.ts'

/** Source of the dates: protocol/trustly.md, section 15, and the pages that the data names. */
test.each([
  ['BGN', '2025-12-31T23:59:59.999Z', null],
  ['BGN', '2026-01-01T00:00:00.000Z', 'EUR'],
  ['HRK', '2022-12-31T23:59:59.999Z', null],
  ['HRK', '2023-01-01T00:00:00.000Z', 'EUR'],
  ['SEK', '2026-11-30T00:00:00.000Z', null],
])('%s at %s is replaced by %s', (currency, at, successor) => {
  expect(endOfCurrency(currency, new Date(at))?.successor ?? null).toBe(successor)
})

test('each end has a source with the day on which it was read', () => {
  for (const { source } of endedCurrencies) expect(source).toMatch(/^https:\/\/\S+ \(read \d{4}-\d{2}-\d{2}\)$/)
})
