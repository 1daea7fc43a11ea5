import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { allPages, docsPages, linksOf, readPage, root, sectionsOf } from './__fixtures__/pages.ts'

const isAddress = (target: string): boolean => /^(?:https?|mailto):/.test(target)

/** What is wrong with a link; null: nothing. */
const faultOf = (page: string, target: string): string | null => {
  if (isAddress(target)) return URL.canParse(target) ? null : `${target}: is not an address`
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : posix.normalize(posix.join(dirname(page), path))
  if (!existsSync(join(root, file))) return `${target}: ${file} does not exist`
  if (anchor === undefined || !file.endsWith('.md')) return null
  return sectionsOf(file).has(anchor) ? null : `${target}: ${file} has no heading with this anchor`
}

test.each(allPages)('every link and anchor in %s resolves', (page) => {
  expect(linksOf(page).flatMap((target) => faultOf(page, target) ?? [])).toEqual([])
})

test('the check finds links', () => {
  expect(linksOf('docs/getting-started.md').length).toBeGreaterThan(10)
  expect(faultOf('docs/README.md', 'nowhere.md')).toMatch('does not exist')
  expect(faultOf('docs/README.md', 'stores.md#nowhere')).toMatch('no heading')
})

/** The other pages of docs/api are in its own index. */
const indexed = docsPages.filter(
  (page) => page === 'docs/api/README.md' || (page !== 'docs/README.md' && !/^docs\/(?:decisions|api)\//.test(page)),
)

test.each(indexed)('docs/README.md has a line with one sentence about %s', (page) => {
  const target = page.slice('docs/'.length)
  const lines = readPage('docs/README.md').split('\n')
  expect(lines.filter((line) => line.includes(`](${target})`) && /\| .{20,} \|$/.test(line))).toHaveLength(1)
})
