import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { hasScript, runInTerminal } from './__fixtures__/in-terminal.ts'
import { startCommand } from './__fixtures__/run-command.ts'
import { runHere, testTerminal } from './__fixtures__/run-here.ts'
import { createProgram, withSubcommands } from './command-line.ts'

const run = (...words: string[]) => runHere(words)

test.each([
  [['--help'], 0],
  [['--version'], 0],
  [['help', 'sandbox'], 0],
  [['sandbox', '--help'], 0],
  [['payabl', 'verify', '-h'], 0],
  [[], 2],
  [['no-such-command'], 2],
  [['--no-such-option'], 2],
  [['payabl'], 2],
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

const paths = withSubcommands(createProgram(testTerminal().terminal)).map((command) => {
  const names: string[] = []
  for (let one: typeof command | null = command; one?.parent; one = one.parent) names.unshift(one.name())
  return { path: names, command }
})

describe.each(paths)('railswitch $path', ({ path, command }) => {
  test('has help in 80 columns, with examples', async () => {
    const { code, out } = await run(...path, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/Examples:\n/)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('documents its JSON', async () => {
    const takesJson = command.options.some(({ long }) => long === '--json')
    expect(takesJson || command.commands.length > 0 || path[0] === 'completion').toBe(true)
    if (takesJson) expect((await run(...path, '--help')).out).toMatch(/^With --json.*\{/ms)
  })
})

test('each group of the root help is one of ours', async () => {
  const { out } = await run('--help')
  expect(out).not.toMatch(/^Commands:/m)
  expect(out).toMatch(/Others:\n(?: .*\n)* {2}help \[command\] /)
})

test('the help names the options that are required, before the others', async () => {
  const { out } = await run('deposit', '--help')
  expect([...out.matchAll(/^ {2}(--\S+) <\S+> +required: /gm)].map(([, flag]) => flag)).toEqual([
    '--reference',
    '--amount',
    '--currency',
  ])
  expect(out).toMatch(/Options:\n {2}--reference/)
  expect(out).toMatch(/--config <file> +the configuration file/)
})

test.each([
  [['sandbx'], /unknown command 'sandbx'\n.*Did you mean sandbox\?/],
  [['sandbx', '--help'], /unknown command 'sandbx'\n.*Did you mean sandbox\?/],
  [['help', 'sandbx'], /unknown command 'sandbx'\n.*Did you mean sandbox\?/],
  [['payabl', 'verfy', '--help'], /unknown command 'verfy'\n.*Did you mean verify\?/],
  [['sandbox', '--prot', '1'], /unknown option '--prot'\n.*Did you mean --port\?/],
  [
    ['deposit', '--referense', 'order-1', '--amount', '1.00', '--currency', 'SEK'],
    /unknown option '--referense'\n.*Did you mean --reference\?/,
  ],
  [['deposit', '--amount', '1.00', '--currency', 'SEK'], /required option '--reference <\S+>' not specified/],
  [['sandbox', '--prot', '--help'], /unknown option '--prot'\n.*Did you mean --port\?/],
  [['sandbox', '-h', '--prot=1'], /unknown option/],
  [['nonsense', '--help'], /unknown command 'nonsense'/],
])('%j is refused with what was probably meant', async (words, message) => {
  const ran = await run(...words)
  expect(ran).toMatchObject({ code: 2, out: '' })
  expect(ran.err).toMatch(/^railswitch: /)
  expect(ran.err).toMatch(message)
})

test('with --json, a failure is one line of JSON on stderr', async () => {
  const { code, out, err } = await run('sandbox', '--json', '--no-such-option')
  expect([code, out]).toEqual([2, ''])
  expect(JSON.parse(err)).toEqual({ error: { code: 'usage', message: expect.stringContaining('--no-such-option') } })
})

test('the package railswitch contains the command', async () => {
  const script = fileURLToPath(new URL('../../railswitch/bin/railswitch.js', import.meta.url))
  const command = startCommand(['--help'], script)
  expect(await command.exit()).toBe(0)
  expect(command.out()).toMatch(/^Usage: railswitch/)
})

describe('completion', () => {
  const complete = async (line: string): Promise<readonly string[]> => {
    const { out: script } = await run('completion', 'bash')
    const words = line.split(' ')
    const program = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_railswitch
printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-u', '-c', program], { encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout.split('\n').filter(Boolean)
  }

  test.each([
    ['railswitch san', ['sandbox']],
    ['railswitch payabl ver', ['verify']],
    ['railswitch payabl sign --enc', ['--encoding']],
    ['railswitch payabl sign --encoding ', ['latin1', 'utf8']],
    ['railswitch completion ', ['bash', '--help']],
    ['railswitch sandbox --data some', []],
  ])('%j', async (line, expected) => expect(await complete(line)).toEqual(expected))

  test('refuses another shell', async () => expect(await run('completion', 'csh')).toMatchObject({ code: 2 }))
})

const inTerminal = hasScript ? test : test.skip

inTerminal('in a terminal, without `script` skipped: the help fits', async () => {
  const { shown, code } = await runInTerminal(['--help'])
  expect(code).toBe(0)
  expect(shown).toMatch(/^Usage: railswitch/)
})
