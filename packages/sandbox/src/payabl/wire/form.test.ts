import { encodeForm, parseForm, textOf, toBytes, toText } from './form.ts'

// Decoded to bytes, of either encoding: protocol/payabl.md sections 1, 2.1 and 8; spaces as `+`: section 8.

const parse = (text: string) => [...parseForm(Buffer.from(text)).values]

test('decodes to bytes, and takes the last of a name that comes twice', () => {
  expect(parse('a=1+2%2B3&b=%FC&c&a=4%3D&&=x')).toEqual([
    ['b', 'ü'],
    ['c', ''],
    ['a', '4='],
    ['', 'x'],
  ])
  expect(parse('name=%C3%BC')).toEqual([['name', 'Ã¼']])
})

test('leaves a broken percent sign as it is', () => {
  expect(parse('a=100%&b=%zz')).toEqual([
    ['a', '100%'],
    ['b', '%zz'],
  ])
})

test('reads text in UTF-8, and in ISO-8859-1 what is not UTF-8', () => {
  const form = parseForm(Buffer.from('utf=%C3%BC&latin=%FC&empty='))
  expect([textOf(form, 'utf'), textOf(form, 'latin'), textOf(form, 'empty'), textOf(form, 'none')]).toEqual([
    'ü',
    'ü',
    undefined,
    undefined,
  ])
})

test('turns text into bytes, with ? for what ISO-8859-1 cannot say', () => {
  expect(toBytes('ł ü', 'latin1')).toBe('? ü')
  expect(toText(toBytes('ł ü', 'utf8'))).toBe('ł ü')
})

test('writes what it reads', () => {
  const fields = [
    ['a b', 'ü&=+%'],
    ['c', ''],
  ] as const
  expect(encodeForm(fields)).toBe('a+b=%FC%26%3D%2B%25&c=')
  expect(parse(encodeForm(fields))).toEqual(fields)
})
