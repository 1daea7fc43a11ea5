import { readPage } from './__fixtures__/pages.ts'

/** The figure and the command of each row of the README's table. */
const rows = [
  ...readPage('README.md').matchAll(
    /^\| (\d[\d.]*(?: %| MB)?) +\| .* \| `npm (?:run )?([\w:]+)(?: -- ([^`]*))?` +\|$/gm,
  ),
].map(([, figure, script, words = '']) => ({ figure, script, words }))

const scores = [...readPage('docs/quality.md').matchAll(/^\| `[\w-]+` .* ([\d.]+) % +\|$/gm)].map(([, score]) =>
  Number(score),
)

/** What each figure is, where the same figure is measured or checked. */
const sources: readonly (readonly [figure: string, page: string, text: RegExp])[] = [
  ['300', '.ci/run', /^npm run --silent simulate -- --seeds 300$/m],
  ['275', 'docs/conformance-matrix.md', /^275 faults, 275 found by their own id\./m],
  ['90 %', 'docs/quality.md', /fails if an area scores less than 90 %/],
  ['12', 'docs/performance.md', /^\| the callback of its credit, with a write +\| 12, in two transactions +\|$/m],
  ['10.5 MB', 'docs/performance.md', /^P13, which is no time: 10\.5 MB in \d+ packages \(`stripe` 18\.3 MB/m],
]

test('the README has five figures', () => {
  expect(rows.map(({ figure }) => figure)).toEqual(sources.map(([figure]) => figure))
})

test.each(sources)('the figure %s of the README is that of %s', (_figure, page, text) => {
  expect(readPage(page)).toMatch(text)
})

test('the 14 areas of the README have scores of 90 % or more', () => {
  expect(scores).toHaveLength(14)
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(90)
})

test.each(rows)('the command of the figure $figure is a script of this repository', ({ script }) => {
  expect(JSON.parse(readPage('package.json')).scripts).toHaveProperty(String(script))
})
