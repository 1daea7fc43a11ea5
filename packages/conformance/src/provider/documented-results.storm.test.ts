import { readFileSync, writeFileSync } from 'node:fs'
import { conformancePage } from './__fixtures__/documented-results.ts'
import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { trustlyUnderTest } from './__fixtures__/rails/trustly.ts'
import { runConformance } from './run-suite.ts'

const writes = process.env.RAILSWITCH_WRITE_DOCS === '1'
const pathOf = (name: string): URL => new URL(`../../../../docs/${name}`, import.meta.url)

test('docs/conformance.md has the results of both providers', async () => {
  const results = [await runConformance(trustlyUnderTest), await runConformance(payablUnderTest)]
  expect(results.flatMap(({ failed }) => failed.filter(({ excluded }) => !excluded))).toEqual([])
  const page = conformancePage(results)
  if (writes) writeFileSync(pathOf('conformance.md'), page)
  expect(readFileSync(pathOf('conformance.md'), 'utf8')).toBe(page)
})
