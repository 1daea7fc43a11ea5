import { toBirthdayParameter, toDiagnoseDate } from './dates.ts'

describe('dates in payabl`s spelling', () => {
  it.each([
    ['1970-01-31', '31011970', '31.01.1970'],
    ['2000-02-29', '29022000', '29.02.2000'],
    ['2026-02-29', undefined, undefined],
    ['2026-13-01', undefined, undefined],
    ['2026-04-31', undefined, undefined],
    ['1970-1-1', undefined, undefined],
    ['1970-01-01T00:00:00Z', undefined, undefined],
    ['', undefined, undefined],
  ])('makes of %s %s and %s', (iso, birthday, queried) => {
    expect([toBirthdayParameter(iso), toDiagnoseDate(iso)]).toEqual([birthday, queried])
  })
})
