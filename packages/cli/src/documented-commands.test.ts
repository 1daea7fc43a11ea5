import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testTerminal } from './__fixtures__/run-here.ts'
import { checkWords } from './check-words.ts'
import { createProgram } from './command-line.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
const pages = [
  'README.md',
  ...pagesIn('docs').filter((page) => page !== 'docs/command-reference.md'),
  ...pagesIn('docs/providers'),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
]
const textOf = (page: string): string => {
  try {
    return readFileSync(join(root, page), 'utf8')
  } catch {
    return '' // a package without a README
  }
}

/** The lines that a reader types: of blocks of commands, without what follows as a comment. */
const linesOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^( *)```(sh|console)\n([\s\S]*?)^\1```$/gm)].flatMap(([, , language, block = '']) =>
    block
      .split('\n')
      .filter((line) => language === 'sh' || line.startsWith('$ '))
      .map((line) =>
        line
          .replace(/^\$ /, '')
          .replace(/ +# .*$/, '')
          .trim(),
      ),
  )

const inText = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/`(npx railswitch [^`\n]*)`/g)].map(([, line = '']) => line)

const commands = pages.flatMap((page) =>
  [...linesOf(page), ...inText(page)]
    .filter((line) => /\bnpx railswitch /.test(line))
    .map((line) => [page, line.slice(line.indexOf('npx railswitch ') + 'npx railswitch '.length)] as const),
)

test('every command of a block is run with npx, as it is in a project', () => {
  const bare = pages.flatMap((page) => linesOf(page).filter((line) => /^railswitch\b/.test(line)))
  expect(bare).toEqual([])
})

test.each(commands)('%s: railswitch %s is a command with these options', async (_page, line) => {
  const words = line.replace(/ [<>|&].*$|\)$/, '').match(/"[^"]*"|\S+/g) ?? []
  const program = createProgram(testTerminal().terminal)
  await expect(
    checkWords(
      program,
      words.filter((word) => word !== '\\' && word !== '…'),
    ),
  ).resolves.toBeUndefined()
})

test('the check finds a misspelt command and a misspelt option', async () => {
  for (const words of [
    ['payments', 'lst'],
    ['payments', 'list', '--staet', 'pending'],
  ])
    await expect(checkWords(createProgram(testTerminal().terminal), words)).rejects.toThrow('unknown')
})

/** Pages about the repository itself, whose scripts are those of its package.json. */
const ownScripts = ['README.md', 'docs/performance.md', 'docs/quality.md', 'docs/simulator.md', 'docs/conformance.md']
const { scripts } = JSON.parse(textOf('package.json'))

test.each(ownScripts)('%s names scripts that exist', (page) => {
  const named = [...textOf(page).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
