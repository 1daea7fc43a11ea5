// Installs the workspace's dependencies with the pnpm that package.json pins, unless they are there already.
// Needs only Node and npm: neither pnpm nor corepack has to be on the machine.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file) => {
  try {
    return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  } catch {
    return undefined
  }
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`)
  process.exit(1)
}

// pnpm keeps a copy of the lockfile it installed from; the same text means nothing to do, and no network is touched.
if (read('pnpm-lock.yaml') !== read('node_modules/.pnpm/lock.yaml')) {
  const { packageManager } = JSON.parse(read('package.json'))
  const { status } = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'],
    { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  )
  process.exit(status ?? 1)
}
