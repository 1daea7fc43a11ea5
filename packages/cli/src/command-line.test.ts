import { fileURLToPath } from 'node:url'
import { startCommand } from './__fixtures__/run-command.ts'
import { commands, runCommandLine } from './command-line.ts'

const run = async (...words: string[]) => {
  const said = { out: '', err: '' }
  const code = await runCommandLine(words, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    input: () => Promise.resolve(new Uint8Array()),
    ended: () => Promise.resolve(),
  })
  return { code, ...said }
}

test.each([
  [['--help'], 0],
  [['--version'], 0],
  [['help', 'sandbox'], 0],
  [['sandbox', '--help'], 0],
  [[], 2],
  [['no-such-command'], 2],
  [['--no-such-option'], 2],
  [['sandbox', '--no-such-option'], 2],
  [['sandbox', 'one word too many'], 2],
  [['sandbox', '--port', 'eighty'], 2],
  [['sandbox', '--port', '65536'], 2],
  [['sandbox', '--seed', '-1'], 2],
])('%j exits %i', async (words, code) => {
  const ran = await run(...words)
  expect(ran.code).toBe(code)
  expect(code === 0 ? ran.err : ran.out).toBe('')
})

test('every command has help with examples', async () => {
  const names = commands.map((create) =>
    create({
      out: () => {},
      err: () => {},
      input: () => Promise.resolve(new Uint8Array()),
      ended: () => Promise.resolve(),
    }).name(),
  )
  expect(names).toContain('sandbox')
  for (const name of names) expect((await run(name, '--help')).out).toMatch(/Examples:\n/)
})

test('suggests the command with a similar name', async () => {
  expect((await run('sandbx')).err).toMatch(/Did you mean sandbox\?/)
})

test('the package railswitch contains the command', async () => {
  const script = fileURLToPath(new URL('../../railswitch/bin/railswitch.js', import.meta.url))
  const command = startCommand(['--help'], script)
  expect(await command.exit()).toBe(0)
  expect(command.out()).toMatch(/^Usage: railswitch/)
})
