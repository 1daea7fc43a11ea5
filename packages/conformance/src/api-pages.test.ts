interface Page {
  readonly specifier: string
  readonly file: string
  readonly source: string
  readonly description: string
}
const { apiPages, indexPage, differences, withoutRowAnchors } = (await import(
  new URL('../../../.ci/api/pages.mjs', import.meta.url).href
)) as {
  readonly apiPages: (packages: readonly unknown[]) => readonly Page[]
  readonly indexPage: (pages: readonly Page[]) => string
  readonly differences: (stored: Record<string, string>, current: Record<string, string>) => readonly string[]
  readonly withoutRowAnchors: (text: string) => string
}

const root = new URL('../../../', import.meta.url).pathname
const pages = apiPages([
  {
    folder: `${root}packages/core`,
    manifest: { name: '@railswitch/core', description: 'Money' },
    entries: [
      { subpath: '.', source: './src/index.ts' },
      { subpath: './store', source: './src/for-stores.ts' },
    ],
  },
  {
    folder: `${root}packages/railswitch`,
    manifest: { name: 'railswitch', description: 'Payments' },
    entries: [{ subpath: '.', source: './src/index.ts' }],
  },
])

test('each entry has a page, those for applications first', () => {
  expect(pages.map(({ specifier, file, source }) => [specifier, file, source])).toEqual([
    ['railswitch', 'railswitch.md', 'packages/railswitch/src/index.ts'],
    ['@railswitch/core', 'core.md', 'packages/core/src/index.ts'],
    ['@railswitch/core/store', 'core-store.md', 'packages/core/src/for-stores.ts'],
  ])
})

test('the index has a line for each package, with all of its entries', () => {
  expect(indexPage(pages)).toContain(
    '| [@railswitch/core](core.md), [@railswitch/core/store](core-store.md) | Money |\n',
  )
})

test('every kind of difference is named', () => {
  const stored = { 'a.md': 'one\ntwo', 'b.md': 'same', 'c.md': 'gone', 'd.md': 'one' }
  const current = { 'a.md': 'one\n2', 'b.md': 'same', 'd.md': 'one\nmore', 'e.md': 'new' }
  expect(differences(stored, current)).toEqual([
    'docs/api/a.md:2\n  - two\n  + 2',
    'docs/api/c.md is the page of no entry',
    'docs/api/d.md:2\n  - \n  + more',
    'docs/api/e.md is missing',
  ])
  expect(differences({ 'a.md': 'one\ntwo' }, { 'a.md': 'one' })).toEqual(['docs/api/a.md:2\n  - two\n  + '])
  expect(differences(stored, stored)).toEqual([])
})

test('a new property changes no other line: rows have no numbered anchors', () => {
  const row = '| <a id="property-code-1"></a> `code` | [`Data`](#data).[`code`](core.md#property-code-2) |'
  expect(withoutRowAnchors(row)).toBe('| `code` | [`Data`](#data).`code` |')
})
