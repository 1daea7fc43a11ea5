import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { documentedBlocks } from './__fixtures__/documented-blocks.ts'
import { docsPages, readPage, root } from './__fixtures__/pages.ts'

const folder = mkdtempSync(fileURLToPath(new URL('../.docs-', import.meta.url)))
afterAll(() => rmSync(folder, { recursive: true }))

const blocksOf = (page: string): readonly string[] =>
  [...readPage(`docs/${page}`).matchAll(/^( *)```(?:ts|js|tsx|mjs)\n([\s\S]*?)^\1```$/gm)].map(
    ([, , code = '']) => code,
  )

/** The pages of docs/api are generated from the sources, and have no examples of their own. */
const withBlocks = docsPages
  .map((page) => page.slice('docs/'.length))
  .filter((page) => !page.startsWith('api/') && blocksOf(page).length > 0)

test('every page with examples is run or compiled, and the list has no other page', () => {
  expect(Object.keys(documentedBlocks).sort()).toEqual([...withBlocks].sort())
})

/** In the text of a message, `;` ends the statement, and the page shows an error in place of the picture. */
test.each(docsPages)('the pictures of %s have no statement that ends early', (page) => {
  const pictures = [...readPage(page).matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, picture = '']) => picture)
  expect(pictures.filter((picture) => /;|<\w+>/.test(picture))).toEqual([])
})

const run = Object.entries(documentedBlocks).flatMap(([page, how]) =>
  'runBy' in how ? [[page, how.runBy] as const] : [],
)

test.each(run)('the examples of docs/%s are run by %s', (page, path) => {
  expect(existsSync(join(root, path))).toBe(true)
  expect(readPage(path)).toContain(basename(page))
})

/** The examples of add-a-provider.md do not repeat the import of `@railswitch/core/provider`. */
const providerNames = new Set(
  [...readPage('packages/core/src/for-providers.ts').matchAll(/\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().replace(/^type /, '')),
  ),
)

const moduleOf = (page: string, declarations: string, block: string): string => {
  const code = `${declarations}\n${block}\nexport {}\n`
  if (page !== 'add-a-provider.md') return code
  const isDeclared = (name: string) =>
    RegExp(`(?:const|interface) ${name}\\b|^\\s*import [^'\\n]*\\b${name}\\b`, 'm').test(code)
  const names = new Set(code.match(/\b[A-Za-z]\w*\b/g)?.filter((name) => providerNames.has(name) && !isDeclared(name)))
  return `import { ${[...names].join(', ')} } from '@railswitch/core/provider'\n${code}`
}

test('the examples of the other pages compile', async () => {
  const store = 'packages/store-postgres/node_modules'
  const links = {
    ...Object.fromEntries(
      ['core', 'conformance', 'store-postgres'].map((name) => [`@railswitch/${name}`, `packages/${name}`]),
    ),
    railswitch: 'packages/railswitch',
    zod: 'packages/core/node_modules/zod',
    ...Object.fromEntries(
      ['pg', '@types/pg', 'drizzle-orm', 'kysely', '@electric-sql/pglite'].map((name) => [name, `${store}/${name}`]),
    ),
  }
  for (const [name, target] of Object.entries(links)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, target), link)
  }
  for (const [page, how] of Object.entries(documentedBlocks)) {
    if (!('compiled' in how)) continue
    expect({ page, blocks: blocksOf(page).length }).toEqual({ page, blocks: how.compiled.length })
    blocksOf(page).forEach((code, index) => {
      writeFileSync(
        join(folder, `${page.replace('.md', '')}-${index + 1}.ts`),
        moduleOf(page, how.compiled[index] ?? '', code),
      )
    })
  }
  for (const [page, how] of Object.entries(documentedBlocks))
    for (const [words, declarations] of Object.entries(('onlyCompiled' in how && how.onlyCompiled) || {})) {
      const blocks = blocksOf(page).filter((code) => code.includes(words))
      expect(blocks).toHaveLength(1)
      writeFileSync(join(folder, 'stand-in.d.ts'), declarations)
      writeFileSync(join(folder, 'only-compiled.ts'), blocks.join())
    }
  const options = {
    composite: false,
    declaration: false,
    declarationMap: false,
    noEmit: true,
    verbatimModuleSyntax: false,
  }
  const extended = join(root, 'tsconfig.base.json')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: extended, compilerOptions: options, include: ['*.ts'] }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const faults = await promisify(execFile)(process.execPath, [tsc, '-p', folder], { cwd: folder }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  )
  expect(faults).toBe('')
})
