import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../../.github/workflows/', import.meta.url)
const workflows = readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const)
const values = (text: string, key: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^[ -]*${key}: *(.+)$`, 'gm'))].map(([, value = '']) => value)

test('CI runs the whole check, and nothing else', () => {
  const commands = workflows.flatMap(([, text]) => values(text, 'run'))
  expect(commands.filter((command) => !command.startsWith('git config '))).toEqual(['bash .ci/run'])
})

test.each(workflows)('%s pins each action by commit and names its version', (_, text) => {
  const actions = values(text, 'uses')
  expect(actions).not.toEqual([])
  expect(actions.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
})

test.each(workflows)('%s can only read', (_, text) => {
  expect(text.match(/^ *permissions:\n(?: +.*\n)*/gm)).toEqual(['permissions:\n  contents: read\n'])
})
