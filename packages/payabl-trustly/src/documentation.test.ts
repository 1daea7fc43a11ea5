import { readFileSync, writeFileSync } from 'node:fs'
import { payoutSchemaOf } from '@railswitch/core/provider'
import { examples } from './__fixtures__/documentation-examples.ts'
import { generated } from './__fixtures__/documentation-tables.ts'
import { depositRef } from './__fixtures__/records.ts'
import { scriptedClient } from './__fixtures__/scripted-payabl.ts'

const page = new URL('../../../docs/providers/payabl-trustly.md', import.meta.url)
const sample = (name: string) => readFileSync(new URL(`./__fixtures__/samples/${name}`, import.meta.url), 'latin1')

const blocks = /<!-- generated: ([a-z ]+) -->\n[\s\S]*?\n<!-- end -->/g
const rendered = (text: string): string =>
  text.replace(blocks, (_block, name: string) => `<!-- generated: ${name} -->\n\n${generated[name]}\n\n<!-- end -->`)

test('the tables of docs/providers/payabl-trustly.md are those of the code (WRITE_DOCS=1 writes them)', () => {
  const text = readFileSync(page, 'utf8')
  if (process.env.WRITE_DOCS === '1') writeFileSync(page, rendered(text))
  expect([...text.matchAll(blocks)].map(([, name]) => name).sort()).toEqual(Object.keys(generated).sort())
  expect(readFileSync(page, 'utf8')).toBe(rendered(text))
})

test('the examples of the documentation run', async () => {
  const { client } = scriptedClient([
    sample('res-diagnose-type-authentic.xml'),
    sample('res-diagnose-tx-authentic.xml'),
  ])
  const body = sample('req-preauthorize-trustly.http').split('\r\n\r\n')[1] ?? ''
  const run = await examples(client, body, depositRef)
  for (const target of [run.toDepositor, run.toAccount]) {
    const payout = { reference: 'out-1', amount: { value: '1.00', currency: 'SEK' }, ...target }
    const { providerOptions } = run
    expect(payoutSchemaOf(payout).safeParse({ ...payout, providerOptions }).success).toBe(true)
  }
  expect(run).toMatchObject({
    listed: ['1234-123456789-4321 1.23 EUR'],
    transaction: { transaction_id: '56854852', steps: [{ error_code: '0' }] },
    excluded: ['signature', 'fields'],
  })
})
