import { readReversals, writeReversals } from './reversals.ts'

test('a list of reversals survives being a text', () => {
  const list = [
    { id: 'rv_1', amount: 3000, at: '2026-03-02T08:00:00.000Z' },
    { id: 'rv_2', amount: 1, at: null },
  ]
  expect(readReversals(writeReversals(list))).toEqual(list)
  expect(readReversals(writeReversals([]))).toEqual([])
})

test('a time that cannot be read is left out, because it could look like the next entry', () => {
  expect(readReversals(writeReversals([{ id: 'rv_1', amount: 3000, at: 'x,rv_2 99 ' }]))).toEqual([
    { id: 'rv_1', amount: 3000, at: null },
  ])
})

test.each([undefined, '', 'rv_1', 'rv_1 -5 ', 'rv_1 5', 'rv_1 1e5 ', 'xx 5 ', ',,'])(
  '%p contains no reversal',
  (text) => {
    expect(readReversals(text)).toEqual([])
  },
)
