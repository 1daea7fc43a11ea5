import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { bundled } from '../__fixtures__/bundled.ts'
import { depositOf } from '../__fixtures__/material.ts'
import { embeddedStore } from '../embedded.ts'

const scripts = mkdtempSync(join(tmpdir(), 'railswitch-script-'))
const embedded = new URL('../embedded.ts', import.meta.url)
let holder: string
let folder: string
const holders: ChildProcess[] = []

beforeAll(async () => {
  holder = await bundled(new URL('../__fixtures__/folder-holder.ts', import.meta.url), scripts)
})
afterAll(() => rmSync(scripts, { recursive: true, force: true }))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-folder-'))
})
afterEach(async () => {
  for (const holder of holders.splice(0)) await kill(holder)
  rmSync(folder, { recursive: true, force: true })
})

/** Another process that uses the folder, with its first message. */
const holdFolder = async (): Promise<{ readonly child: ChildProcess; readonly message: unknown }> => {
  const child = fork(holder, [folder], { execArgv: [] })
  holders.push(child)
  const [message] = await once(child, 'message')
  return { child, message }
}

const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

const locks = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.lock'))

test('of two processes on one folder the second one is refused, with the process id of the first', async () => {
  const { child, message } = await holdFolder()
  expect(message).toBe('begun')
  const [lock = ''] = locks()
  const refused = embeddedStore({ folder })
  expect(refused.startIssues?.()).toEqual([
    {
      field: 'store',
      rule: `the folder ${folder} is in use by process ${child.pid}: an embedded store works in one process only`,
      fix: expect.stringContaining(`delete ${join(folder, lock)}`),
    },
  ])
  await expect(refused.find('order-1')).rejects.toMatchObject({
    code: 'store_failed',
    message: expect.stringContaining(`in use by process ${child.pid}`),
  })
  await refused.close()
  expect((await holdFolder()).message).toContain(`in use by process ${child.pid}`)
  expect(locks()).toHaveLength(1)
})

test('after a SIGKILL the next process takes the folder over, with everything that was committed, also the application’s own rows', async () => {
  const { child } = await holdFolder()
  await kill(child)
  expect(locks()).toHaveLength(1)
  const store = embeddedStore({ folder })
  expect((await store.find('order-1'))?.intents[0]?.intent).toEqual(depositOf('order-1'))
  const database = await store.database()
  expect((await database.query('select reference from orders')).rows).toEqual([{ reference: 'order-1' }])
  await store.close()
  expect(locks()).toEqual([])
})

test('an embedded store is not durable: live refuses it', () => {
  expect(embeddedStore().durable).toBe(false)
})

test('a lock whose process id now belongs to another process is taken over', async () => {
  writeFileSync(join(folder, `railswitch.${process.ppid}.1.lock`), '')
  const store = embeddedStore({ folder })
  expect(locks()).toHaveLength(1)
  await store.close()
})

const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('a lock whose process has ended is taken over, also while its parent has not noticed (a zombie)', async () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60 3<&-'], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  })
  holders.push(parent)
  const [line] = await once(parent.stdout as Readable, 'data')
  // A shell would notice the end of its child; `sleep` does not.
  while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await turn()
  ;(parent.stdio[3] as Writable).end()
  const fieldsOf = () =>
    readFileSync(`/proc/${Number(line)}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  while (fieldsOf()[0] !== 'Z') await turn()
  writeFileSync(join(folder, `railswitch.${Number(line)}.${fieldsOf()[19]}.lock`), '')
  const store = embeddedStore({ folder })
  expect(locks()).toHaveLength(1)
  await store.close()
})

test('a second store of one process shares the folder, as after a hot reload; the last one that closes unlocks it', async () => {
  const first = embeddedStore({ folder })
  await (await first.database()).exec("create table orders (reference text); insert into orders values ('order-1')")
  const second = embeddedStore({ folder: join(folder, '.') })
  const rowsOf = async (store: typeof first) =>
    (await (await store.database()).query('select reference from orders')).rows
  expect(await rowsOf(second)).toEqual([{ reference: 'order-1' }])
  await first.close()
  await first.close()
  await expect(first.find('order-1')).rejects.toMatchObject({ code: 'store_failed' })
  expect(await rowsOf(second)).toEqual([{ reference: 'order-1' }])
  expect(locks()).toHaveLength(1)
  await second.close()
  expect(locks()).toEqual([])
})

test('a second copy of this package in one process, as a bundler makes one, shares the folder, too', async () => {
  const first = embeddedStore({ folder })
  const copy: { embeddedStore: typeof embeddedStore } = await import(await bundled(embedded, scripts))
  const second = copy.embeddedStore({ folder })
  expect(await second.database()).toBe(await first.database())
  await first.close()
  await second.close()
  expect(locks()).toEqual([])
})

test('after close() nothing is opened any more, because the folder may belong to another process', async () => {
  const store = embeddedStore({ folder })
  await store.close()
  await expect(store.find('order-1')).rejects.toMatchObject({ code: 'store_failed', hint: expect.any(String) })
  await expect(store.database()).rejects.toThrow('was closed')
  expect(readdirSync(folder)).toEqual([])
})
