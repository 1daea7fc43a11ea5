import { compare, efforts } from './compare.ts'
import { median } from './median.ts'

test('runs ours and the limit, synchronous or not, and waits for each', async () => {
  const seen = { ours: 0, limit: 0, unfinished: 0 }
  const ours = async () => {
    expect(seen.unfinished).toBe(0)
    seen.unfinished += 1
    await new Promise((resolve) => setImmediate(resolve))
    seen.unfinished -= 1
    seen.ours += 1
  }
  const limit = () => {
    seen.limit += 1
  }
  const { speed, control, ours: own } = await compare(ours, limit, efforts.smoke)
  for (const value of [speed, control, own]) expect(value).toBeGreaterThan(0)
  expect(seen.ours).toBeGreaterThan(efforts.smoke.rounds)
  expect(seen.limit).toBeGreaterThan(2 * efforts.smoke.rounds)
})

test('the median', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([])).toBeNaN()
})
