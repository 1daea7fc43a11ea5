import { readFileSync, writeFileSync } from 'node:fs'
import { conformancePage } from './__fixtures__/documented-verdicts.ts'
import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { trustlyUnderTest } from './__fixtures__/rails/trustly.ts'
import { runConformance } from './run-suite.ts'

const writes = process.env.RAILSWITCH_WRITE_DOCS === '1'
const pathOf = (name: string): URL => new URL(`../../../../docs/${name}`, import.meta.url)

test('docs/conformance.md has the verdicts of both providers', async () => {
  const verdicts = [await runConformance(trustlyUnderTest), await runConformance(payablUnderTest)]
  expect(verdicts.flatMap(({ failed }) => failed.filter(({ excluded }) => !excluded))).toEqual([])
  const page = conformancePage(verdicts)
  if (writes) writeFileSync(pathOf('conformance.md'), page)
  expect(readFileSync(pathOf('conformance.md'), 'utf8')).toBe(page)
})
