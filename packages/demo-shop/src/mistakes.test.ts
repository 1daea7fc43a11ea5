import { PaymentError } from 'railswitch'
import { mistakes } from './__fixtures__/mistakes/mistakes.ts'

const outcomeOf = async (make: () => unknown): Promise<unknown> => {
  try {
    await make()
  } catch (error) {
    return error
  }
  return 'no error'
}

test('at least a hundred mistakes are tried, each with a name of its own', () => {
  const names = Object.entries(mistakes).flatMap(([group, rows]) => rows.map(([name]) => `${group}: ${name}`))
  expect(names.length).toBeGreaterThanOrEqual(100)
  expect(new Set(names).size).toBe(names.length)
})

/** No error repeats the secrets of the table or prints an object, and none sends the reader elsewhere. */
const unhelpful = /marked|see the documentation|undefined\.|\[object/i

describe.each(Object.entries(mistakes))('%s', (_group, rows) => {
  test.each(rows)('%s: the error names the field, the rule and the fix', async (_name, make, [place, rule, fix]) => {
    const error = await outcomeOf(make)
    expect(error).toBeInstanceOf(PaymentError)
    const { code, effect, message, hint, issues } = error as PaymentError
    expect(effect).toBe('not_sent')
    expect(JSON.stringify(error) + message).not.toMatch(unhelpful)
    const words = { rule: expect.stringContaining(rule), fix: expect.stringContaining(fix) }
    if (!code.startsWith('invalid_')) {
      expect({ code, message, hint }).toEqual({ code: place, message: words.rule, hint: words.fix })
      return
    }
    expect(issues).toContainEqual({ field: place, ...words })
    for (const issue of issues) expect(message).toContain(`${issue.field}: ${issue.rule}. `)
  })
})
