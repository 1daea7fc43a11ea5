import { createRandom } from './random.ts'

test('one seed and one stream give the same draws', () => {
  const draws = (seed: number, name: string) => {
    const random = createRandom(seed).stream(name)
    return [random.number(), random.integer(1, 1_000), random.uuid(), random.pick(['a', 'b', 'c'])]
  }
  expect(draws(1, 'a')).toEqual(draws(1, 'a'))
  expect(draws(1, 'a')).not.toEqual(draws(2, 'a'))
  expect(draws(1, 'a')).not.toEqual(draws(1, 'b'))
})

test('draws from one stream do not change those of another', () => {
  const random = createRandom(7)
  const first = random.stream('b').number()
  random.stream('a').number()
  random.number()
  expect(random.stream('b').number()).toBe(first)
})

test('an integer is between its bounds, and both occur', () => {
  const random = createRandom(3)
  const drawn = new Set(Array.from({ length: 200 }, () => random.integer(4, 6)))
  expect([...drawn].sort()).toEqual([4, 5, 6])
})

test('a UUID has the form of version 4', () => {
  expect(createRandom(5).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
})
