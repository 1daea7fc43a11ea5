// Brings a package's build and those below it up to date: what is fresh stays as it is.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lock = `${root}node_modules/.railswitch-build.pid`

/** Ends the process when the build fails, with the reason on stderr. */
export const build = (folder) => {
  if (isFresh(join(root, folder))) return
  const compiler = `${root}node_modules/typescript/bin/tsc`
  if (!existsSync(compiler)) run(`${root}.ci/setup.mjs`)
  // One at a time: a second build would write files that the first one's process is loading.
  takeLock()
  const started = new Date()
  const { status } = run(compiler, '-b', folder)
  if (status === 0) markFresh(join(root, folder), started)
  rmSync(lock, { force: true })
  if (status === 0) return
  console.error('railswitch: the build failed.')
  process.exit(1)
}

/** Whether the build is newer than all that it was made of; the compiler takes half a second to say so. */
const isFresh = (folder) => {
  const built = changedAt(infoOf(folder))
  const sources = readdirSync(join(folder, 'src'), { recursive: true }).filter(
    (name) => !/\.test\.ts$|__fixtures__/.test(name),
  )
  const parts = ['src', 'tsconfig.json', 'package.json', ...sources.map((name) => join('src', name))]
  return (
    changedAt(join(root, 'pnpm-lock.yaml')) < built &&
    parts.every((part) => changedAt(join(folder, part)) < built) &&
    referencesOf(folder).every(isFresh)
  )
}

/** The compiler leaves the time of a build as it was when a change makes no difference to it. */
const markFresh = (folder, time) => {
  utimesSync(infoOf(folder), time, time)
  for (const reference of referencesOf(folder)) markFresh(reference, time)
}

const infoOf = (folder) => join(folder, 'dist/.tsbuildinfo')

const referencesOf = (folder) => {
  const { references } = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'))
  return references.map(({ path }) => join(folder, path))
}

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const run = (...words) => spawnSync(process.execPath, words, { cwd: root, stdio: ['ignore', 2, 2] })

const takeLock = () => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (error.code === 'ENOENT') return // nothing is installed yet
    if (isAbandoned()) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    takeLock()
  }
}

/** True when whoever took the lock was ended before the build was. */
const isAbandoned = () => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}
