import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { hasScript, runInTerminal } from '../__fixtures__/in-terminal.ts'
import { startCommand } from '../__fixtures__/run-command.ts'
import { runHere } from '../__fixtures__/run-here.ts'
import { frameworks } from './frameworks.ts'

let folder = ''
const started: ChildProcess[] = []
const before = process.cwd()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  process.chdir(folder)
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const read = (path: string) => readFileSync(path, 'utf8')
const example = (path: string) => read(fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url)))

describe.each(Object.keys(frameworks))('%s', (framework) => {
  test('is written, with the callback route of the example that the tests start', async () => {
    const { code, out, err } = await runHere(['init', 'My Shop', '--framework', framework])
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    const route =
      { next: 'app/callbacks/[...path]/route.ts', nest: 'src/callbacks.controller.ts' }[framework] ?? 'server.ts'
    expect(read(join('My Shop', route))).toBe(example(`${framework}/${route}`))
    const { name, scripts, dependencies, devDependencies } = JSON.parse(read('My Shop/package.json'))
    expect(name).toBe('my-shop')
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'sandbox', 'test']))
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['railswitch', '@railswitch/store-postgres']))
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(['@railswitch/cli', '@railswitch/sandbox']))
    expect(statSync('My Shop/.env').mode & 0o777).toBe(0o600)
    expect(read('My Shop/.gitignore')).toMatch(/^\.env$/m)
    expect(existsSync('My Shop/smoke.test.mjs')).toBe(true)
  })
})

test('each shop has a secret of its own, which is not printed', async () => {
  const { out } = await runHere(['init', 'one', '--framework', 'hono'])
  await runHere(['init', 'other', '--framework', 'hono'])
  const secretOf = (name: string) => /^RAILSWITCH_CALLBACK_SECRETS=([\w-]{43})$/m.exec(read(`${name}/.env`))?.[1] ?? ''
  expect(secretOf('one')).not.toBe(secretOf('other'))
  expect(out).not.toContain(secretOf('one'))
})

describe('existing files', () => {
  const answering = (yes: boolean | null) => ({
    prompts: { text: async () => null, choose: async () => null, confirm: async () => yes },
  })
  const words = ['init', '--framework', 'express', '--json']
  beforeEach(() => writeFileSync('server.ts', 'mine'))

  test('are kept if nobody can be asked', async () => {
    const { code, out } = await runHere(words)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ framework: 'express', kept: ['server.ts'] })
    expect(read('server.ts')).toBe('mine')
    expect(existsSync('shop.ts')).toBe(true)
  })

  test.each([
    [false, 'mine'],
    [null, 'mine'],
    [true, example('express/server.ts')],
  ])('are overwritten only if the answer is yes: %s', async (yes, text) => {
    await runHere(words, answering(yes))
    expect(read('server.ts')).toBe(text)
  })

  test('are overwritten with --force', async () => {
    expect(JSON.parse((await runHere([...words, '--force'])).out)).toMatchObject({ kept: [] })
    expect(read('server.ts')).toBe(example('express/server.ts'))
  })

  test('a kept package.json: what to install', async () => {
    writeFileSync('package.json', '{}')
    expect((await runHere(['init', '--framework', 'express'])).out).toMatch(/npm install railswitch/)
    expect(read('package.json')).toBe('{}')
  })
})

test('needs a framework if nobody can be asked', async () => {
  expect(await runHere(['init'])).toMatchObject({ code: 2, err: expect.stringMatching(/express, fastify, hono/) })
  expect(await runHere(['init', '--framework', 'exprss'])).toMatchObject({ code: 2 })
})

const inTerminal = hasScript ? test : test.skip
inTerminal('asks for the framework in a terminal (needs Debian’s script)', async () => {
  const { shown, code } = await runInTerminal(['init', 'asked'], {
    cwd: folder,
    keys: [{ after: /Which framework/, press: '\u001b[B\u001b[B\r' }],
  })
  expect(code).toBe(0)
  expect(shown).toMatch(/Hono/)
  expect(read('asked/server.ts')).toBe(example('hono/server.ts'))
})

describe('runs', () => {
  const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

  /** The project with the packages of this repository, and its TypeScript as JavaScript. */
  const projectOf = async (framework: string) => {
    await runHere(['init', '--framework', framework])
    symlinkSync(packages, 'node_modules')
    buildSync({
      absWorkingDir: folder,
      entryPoints: ['./server.ts'],
      outfile: join(folder, 'server.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    })
  }
  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    return port
  }

  test.each(['express', 'hono'])('%s: deposits are credited and partly refunded on both rails', async (framework) => {
    await projectOf(framework)
    const [sandboxPort, port] = [await freePort(), await freePort()]
    writeFileSync('.env', read('.env').replace(':3000/', `:${port}/`))
    const runtime = { XDG_RUNTIME_DIR: folder }
    const sandbox = startCommand(['sandbox', '--port', String(sandboxPort), '--write-env'], undefined, undefined, {
      cwd: folder,
      env: runtime,
    })
    await sandbox.saw(/Press Ctrl/)
    const send = async (method: string, path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method })).json()
    for (const rail of ['trustly', 'payabl']) {
      const shop = spawn(process.execPath, ['--env-file=.env', 'server.mjs'], {
        cwd: folder,
        env: { ...process.env, PORT: String(port), RAILSWITCH_ACTIVE: rail },
      })
      started.push(shop)
      let shown = ''
      for (const stream of [shop.stdout, shop.stderr])
        stream.on('data', (chunk) => {
          shown += chunk
        })
      const saw = async (what: RegExp) => {
        while (!what.test(shown)) {
          if (shop.exitCode !== null) throw new Error(`The shop ended:\n${shown}`)
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      }
      await saw(/The shop runs at/)
      expect(await send('POST', `/orders/${rail}-1/pay`)).toMatchObject({ redirectUrl: expect.any(String) })
      expect(await runHere(['trigger', 'credit', `${rail}-1`], { env: runtime })).toMatchObject({
        code: 0,
        out: expect.stringMatching(/credited\n {2}callback .* {2}accepted/),
      })
      await saw(new RegExp(`${rail}-1: 249\\.90 SEK credited: ship the goods`))
      expect(await send('POST', `/orders/${rail}-1/refund`)).toMatchObject({ status: 'accepted' })
      expect(await send('GET', `/orders/${rail}-1`)).toEqual({
        rail,
        state: 'credited',
        credited: '249.90',
        refunded: '100.00',
      })
      const ended = new Promise((resolve) => shop.once('exit', resolve))
      shop.kill('SIGTERM')
      await ended
    }
    const env = { RAILSWITCH_ACTIVE: 'trustly' }
    expect((await runHere(['payments', 'list', '--env-file', '.env'], { env })).out).toMatch(
      /payabl-1 +deposit +249\.90 SEK +credited/,
    )
    expect(await sandbox.end('SIGINT')).toBe(0)
  })

  test('the smoke test passes', async () => {
    await projectOf('express')
    const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env
    const out = execFileSync(process.execPath, ['--test', 'smoke.test.mjs'], { cwd: folder, env, encoding: 'utf8' })
    expect(out).toMatch(/pass 2/)
  })
})
