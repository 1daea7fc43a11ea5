import { toLocalDay, toLocalTime } from './local-time.ts'

// `dd.mm.yyyy HH:MM:SS`: protocol/payabl.md section 3.6 and the recorded answers.

test('writes times as the vendor does, in the zone', () => {
  expect(toLocalTime(new Date('2026-07-01T22:05:06Z'), 'Europe/Berlin')).toBe('02.07.2026 00:05:06')
  expect(toLocalTime(new Date('2026-12-01T22:05:06Z'), 'Europe/Berlin')).toBe('01.12.2026 23:05:06')
  expect(toLocalDay(new Date('2026-12-01T23:00:00Z'), 'Europe/Berlin')).toBe(20_261_202)
  expect(toLocalDay(new Date('2026-12-01T23:00:00Z'), 'UTC')).toBe(20_261_201)
})
