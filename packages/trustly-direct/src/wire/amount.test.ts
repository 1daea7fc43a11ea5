import { toAmount } from './amount.ts'

test.each([
  ['2500.00', 'HUF', '2500'],
  ['2500', 'HUF', '2500'],
  ['2500.50', 'HUF', '2500.50'],
  ['2500.00', 'SEK', '2500.00'],
])('%s %s is sent as %s', (value, currency, amount) => {
  expect(toAmount({ value, currency })).toBe(amount)
})
