import * as z from 'zod'
import { prefixIssues, toIssues, validationRule } from './issue.ts'

const schema = z.strictObject({
  name: z.string().refine((name) => name !== 'x', validationRule('must not be x', 'choose another name')),
  age: z.number().optional(),
  item: z.strictObject({ id: z.string() }).optional(),
  to: z.union([z.string(), z.strictObject({ city: z.string(), zip: z.string().optional() })]).optional(),
  pair: z.tuple([z.string(), z.strictObject({ id: z.string().max(3) })]).optional(),
  plain: z.custom((value) => value !== 'x', 'must not be x').optional(),
})
const issuesOf = (input: unknown) => {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : toIssues(parsed.error)
}

test('a missing field is required, and a field of another type names the type that it must have', () => {
  expect(issuesOf({})).toEqual([{ field: 'name', rule: 'is required', fix: 'pass a string' }])
  expect(issuesOf({ name: 'a', age: 'ten' })).toEqual([
    { field: 'age', rule: 'must be a number', fix: 'pass a number' },
  ])
  expect(issuesOf({ name: 'a', item: 3 })).toEqual([
    { field: 'item', rule: 'must be an object', fix: 'pass an object' },
  ])
})

test('a rule of our own reports its text and its fix', () => {
  expect(issuesOf({ name: 'x' })).toEqual([{ field: 'name', rule: 'must not be x', fix: 'choose another name' }])
})

test('every unknown field is an issue of its own, with its path', () => {
  expect(
    issuesOf({ name: 'a', nmae: 'b', item: { id: '1', extra: 1 } }).map(({ field, rule }) => [field, rule]),
  ).toEqual([
    ['item.extra', 'is not a known field'],
    ['nmae', 'is not a known field'],
  ])
})

test('an input that may have several forms is reported by the form whose type it has', () => {
  expect(issuesOf({ name: 'a', to: {} })).toEqual([{ field: 'to.city', rule: 'is required', fix: 'pass a string' }])
  expect(issuesOf({ name: 'a', to: { city: 3, zip: 'a' } }).map(({ field }) => field)).toEqual(['to.city'])
  expect(issuesOf({ name: 'a', to: 3 })).toMatchObject([{ field: 'to', rule: 'has the wrong type' }])
})

test('a path through lists is written with points, and every issue has a fix', () => {
  expect(issuesOf({ name: 'a', pair: ['b', { id: '1234' }] })).toMatchObject([
    { field: 'pair.1.id', fix: 'see the documentation of this field' },
  ])
  expect(issuesOf({ name: 'a', plain: 'x' })).toEqual([
    { field: 'plain', rule: 'must not be x', fix: 'see the documentation of this field' },
  ])
  const inputs = [
    { name: 'a', to: 3 },
    { name: 'a', nmae: 'b' },
  ]
  expect(inputs.flatMap(issuesOf).filter(({ fix }) => fix === '')).toEqual([])
})

test('no issue contains the value that was passed', () => {
  const secret = 'hunter2'
  const inputs = [
    { name: 3, age: secret },
    { name: 'a', to: [secret] },
    { name: 'a', item: { id: { secret } } },
    secret,
  ]
  for (const input of inputs) {
    expect(issuesOf(input)).not.toEqual([])
    expect(JSON.stringify(issuesOf(input))).not.toContain(secret)
  }
})

test('the issues of a part are reported under the name of the part', () => {
  const issue = { rule: 'is required', fix: 'pass it' }
  expect(
    prefixIssues('providers.bank', [
      { field: 'username', ...issue },
      { field: '', ...issue },
    ]),
  ).toEqual([
    { field: 'providers.bank.username', ...issue },
    { field: 'providers.bank', ...issue },
  ])
})
