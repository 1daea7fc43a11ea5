import { type Bound, judge } from './figure.ts'

test.each<[string, { value: number; control: number | null }, Bound, string]>([
  ['a value above its bound', { value: 0.96, control: 1 }, { least: 0.93 }, 'holds'],
  ['a value below its bound', { value: 0.7, control: 1.01 }, { least: 0.93 }, 'fails'],
  ['a value over the most', { value: 2.2, control: 0.99 }, { most: 1.8 }, 'fails'],
  ['a value at the most', { value: 1.8, control: 1 }, { most: 1.8 }, 'holds'],
  ['a value nearer to its bound than the noise', { value: 0.92, control: 1.02 }, { least: 0.93 }, 'cannot tell'],
  ['any value on a machine that is too noisy', { value: 0.2, control: 1.2 }, { least: 0.93 }, 'cannot tell'],
  ['a counted value', { value: 0, control: null }, { most: 0 }, 'holds'],
  ['a counted value over the most', { value: 1, control: null }, { most: 0 }, 'fails'],
  ['no value', { value: Number.NaN, control: 1 }, { least: 0.93 }, 'cannot tell'],
])('%s', (_, measured, bound, judgement) => {
  expect(judge(measured, bound)).toBe(judgement)
})
