import { sideBySide } from './timeline.ts'

test('two timelines fit 80 columns, and long texts are wrapped in their own', () => {
  const text = 'bank, log-in, one-time code, return to the shop'
  const rows = sideBySide(
    { title: 'RAILSWITCH_ACTIVE=trustly', lines: [{ leg: 'customer', text }] },
    { title: 'RAILSWITCH_ACTIVE=payabl', lines: [{ leg: 'rail → shop', text: 'paid' }] },
  ).split('\n')
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80)
  expect(rows.slice(2)).toEqual([
    'customer bank, log-in, one-time code,  │ ← rail   paid',
    '         return to the shop            │',
  ])
})
