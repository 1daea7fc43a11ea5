import { rawMember } from './raw-member.ts'

test.each([
  ['{"a":{"b": [1, {"b":2}] }}', ['a', 'b'], '[1, {"b":2}]'],
  ['{"b":"x","a":{ "c" : "}\\"" , "b" : 5.00 }}', ['a', 'b'], '5.00'],
  ['{"a":[{"b":1}],"c":{"b":{}}}', ['c', 'b'], '{}'],
  ['{"a" :\n"b","c":{"a":null}}', ['c', 'a'], 'null'],
  ['{"a":1}', ['b'], ''],
  ['{"a":{"b":1}}', ['b'], ''],
])('%s at %j', (text, path, value) => expect(rawMember(text, path)).toBe(value))
