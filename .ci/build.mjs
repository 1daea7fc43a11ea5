// Brings a package's build and those below it up to date: what is fresh stays as it is.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lock = `${root}node_modules/.railswitch-build`
const patienceMs = 120_000

/** Ends the process when the build fails, with the reason on stderr. */
export const build = (folder) => {
  // One at a time: a second build would write files that the first one's process is loading.
  takeLock()
  const compiler = `${root}node_modules/typescript/bin/tsc`
  const { status } = spawnSync(process.execPath, [compiler, '-b', folder], { cwd: root, stdio: ['ignore', 2, 2] })
  rmSync(lock, { recursive: true, force: true })
  if (status === 0) return
  console.error('railswitch: the build failed. In a fresh clone, `npm run build` installs what it needs first.')
  process.exit(1)
}

const takeLock = () => {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error.code === 'ENOENT') return // nothing is installed yet
    if (isAbandoned()) rmSync(lock, { recursive: true, force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    takeLock()
  }
}

const isAbandoned = () => {
  const { mtimeMs = Date.now() } = statSync(lock, { throwIfNoEntry: false }) ?? {}
  return Date.now() - mtimeMs > patienceMs
}
