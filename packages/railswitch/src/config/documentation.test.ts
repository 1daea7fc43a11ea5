import { readFileSync, writeFileSync } from 'node:fs'
import type * as z from 'zod'
import { documented, fieldsOf, generated, schemas } from './__fixtures__/option-tables.ts'

const page = new URL('../../../../docs/configuration.md', import.meta.url)

const blocks = /<!-- generated: ([a-z -]+) -->\n[\s\S]*?\n<!-- end -->/g
const rendered = (text: string): string =>
  text.replace(blocks, (_block, name: string) => `<!-- generated: ${name} -->\n\n${generated[name]}\n\n<!-- end -->`)

/** The formatter aligns the columns. */
const unaligned = (text: string): string => text.replace(/ +\|/g, ' |').replace(/\| +/g, '| ').replace(/-{3,}/g, '---')

test('the tables of docs/configuration.md are those of the code (WRITE_DOCS=1 writes them)', () => {
  const text = readFileSync(page, 'utf8')
  if (process.env.WRITE_DOCS === '1') writeFileSync(page, rendered(text))
  expect([...text.matchAll(blocks)].map(([, name]) => name).sort()).toEqual(Object.keys(generated).sort())
  expect(unaligned(readFileSync(page, 'utf8'))).toBe(unaligned(rendered(text)))
})

describe.each(['payments', 'trustly-direct', 'payabl-trustly'] as const)('the options of %s', (name) => {
  const fields = fieldsOf(schemas[name])

  test('are those of the schema', () => {
    expect(documented[name].map((option) => option.name).sort()).toEqual(fields.map(([field]) => field).sort())
  })

  test.each(documented[name].map((option) => [option.name, option] as const))(
    '%s has a meaning',
    (_name, { meaning }) => {
      expect(meaning).toMatch(/^[A-Z`].*\.$/)
    },
  )

  test.each(fields)('%s has the default of the schema', (field, schema) => {
    const option = documented[name].find((one) => one.name === field)
    const { type, defaultValue } = schema._zod.def as z.core.$ZodDefaultDef
    if (type === 'default') {
      expect(option).toMatchObject({ optional: true, default: expect.stringMatching(/./) })
      for (const value of [defaultValue].flat()) expect(option?.default).toContain(String(value))
    }
    if (schema._zod.def.type !== 'optional' && type !== 'default') expect(option?.optional).toBe(false)
  })
})
