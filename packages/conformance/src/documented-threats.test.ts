import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPage, root } from './__fixtures__/pages.ts'

const [, table = ''] = /<!-- threats -->([\s\S]*?)<!-- end -->/.exec(readPage('docs/quality.md')) ?? []
const threats = [...table.matchAll(/^\| ([^|]+?) *\|[^|]*\| `([^`]+)`: ([^|]+?) *\|$/gm)].map(
  ([, threat = '', file = '', name = '']) => ({ threat, file: join(root, 'packages', file), name }),
)

test('docs/quality.md has a table of threats', () => {
  expect(threats.length).toBeGreaterThanOrEqual(20)
  expect(threats).toHaveLength(table.split('\n').filter((line) => line.startsWith('|')).length - 2)
})

test.each(threats)('the test of the threat "$threat" exists', ({ file, name }) => {
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain(name)
})
