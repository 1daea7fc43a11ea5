import { canonicalForm } from './canonical-form.ts'
import { parseJson } from './raw-json.ts'

const form = (text: string) => canonicalForm(parseJson(text))

test('sorts names by their UTF-8 bytes', () => {
  expect(form('{"b":1,"B":2,"aa":3,"a":4,"":5,"å":6,"_":7}')).toBe('5B2_7a4aa3b1å6')
  // In UTF-16 units the first would come before the second.
  expect(form('{"\\ud83d\\udc1f":1,"\\uff5e":2}')).toBe('～2🐟1')
})

test('keeps the text of numbers', () => {
  expect(form('{"a":5.00000000000000000000,"b":12345678901234567890,"c":-0,"d":1E+2}')).toBe(
    'a5.00000000000000000000b12345678901234567890c-0d1E+2',
  )
})

test('keeps the name of what is null or empty', () => {
  expect(form('{"a":null,"b":"","c":{},"d":[],"e":[null,""]}')).toBe('abcde')
})

test('reads an escaped character as the character', () => {
  expect(form('{"Firstname":"\\u00c5sa"}')).toBe(form('{"Firstname":"Åsa"}'))
})

test('cannot tell where a name ends, which is why parameters are checked after the signature', () => {
  expect(form('{"a":"bc"}')).toBe(form('{"ab":"c"}'))
})
