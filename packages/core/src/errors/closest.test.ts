import fc from 'fast-check'
import { closest } from './closest.ts'

const rails = ['trustly', 'payabl', 'trustly-se']

test.each([
  ['trusty', 'trustly'],
  ['Trustly', 'trustly'],
  ['trustlyy', 'trustly'],
  ['tursTly', 'trustly'],
  ['trustly_se', 'trustly-se'],
  ['paybal', 'payabl'],
  ['north', null],
  ['', null],
  ['t', null],
  ['x'.repeat(1000), null],
])('%p probably means %p', (word, meant) => {
  expect(closest(word, rails)).toBe(meant)
})

test('an event in camel case is found', () => {
  expect(closest('depositCredited', ['deposit.reversed', 'deposit.credited', 'deposit.not_credited'])).toBe(
    'deposit.credited',
  )
})

test('without candidates, nothing is meant', () => {
  expect(closest('trustly', [])).toBeNull()
})

test('property: a name with one wrong letter is found, and the result is always a candidate', () => {
  const name = fc.stringMatching(/^[a-z]{6,12}$/)
  fc.assert(
    fc.property(name, fc.nat(), fc.string(), (given, at, any) => {
      const wrong = `${given.slice(0, at % given.length)}0${given.slice((at % given.length) + 1)}`
      expect(closest(wrong, ['0123456789', given])).toBe(given)
      expect([null, given]).toContain(closest(any, [given]))
    }),
  )
})
