import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'mutation') return []
    return entry.isDirectory() ? filesIn(path) : [path]
  })

const files = ['packages', '.ci', 'docs'].flatMap(filesIn)
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...files.filter((file) => /(^docs\/.*|\/README)\.md$/.test(file)),
]

/** Paths in backticks: a file, or a file or folder without its ending. Examples (`x.ts`), an application's own files and packages (`@scope/name`) are none. */
const pathsOn = (page: string): readonly string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|mjs)|[\w-]+(?:\/[\w-]+)+\/?)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/^x\.|^railswitch\.config\./.test(path))

const exists = (path: string): boolean =>
  files.some((file) => {
    const slashed = `/${file}`
    return (
      [path, `${path}.ts`].some((name) => slashed.endsWith(`/${name}`)) ||
      slashed.includes(`/${path.replace(/\/$/, '')}/`)
    )
  })

test('the architecture page names files', () => {
  expect(pages).toContain('docs/architecture.md')
  expect(pathsOn('docs/architecture.md').length).toBeGreaterThan(50)
})

test.each(pages)('every path that %s names exists', (page) => {
  expect(pathsOn(page).filter((path) => !exists(path))).toEqual([])
})
