import { readFileSync, writeFileSync } from 'node:fs'
import { equivalencePage } from './__fixtures__/equivalence/equivalence-page.ts'
import { meridianUnderTest } from './__fixtures__/rails/meridian.ts'
import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { trustlyUnderTest } from './__fixtures__/rails/trustly.ts'

const path = new URL('../../../../docs/equivalence.md', import.meta.url)

test('docs/equivalence.md has what an application observes on each rail', async () => {
  const page = await equivalencePage([trustlyUnderTest, payablUnderTest, meridianUnderTest])
  if (process.env.RAILSWITCH_WRITE_DOCS === '1') writeFileSync(path, page)
  expect(readFileSync(path, 'utf8')).toBe(page)
})
