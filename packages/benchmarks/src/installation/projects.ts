import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** The libraries beside which users compare sizes and times. */
const peers = { stripe: '23.1.0', '@mollie/api-client': '4.6.0', '@adyen/api-library': '32.1.0' } as const

/** Projects in a temporary folder, in which packages are installed as a user installs them. */
export interface Projects {
  /** The folder of a project with our packed tarballs. */
  readonly ours: string
  /** By the name of the peer. */
  readonly peers: ReadonlyMap<string, string>
}

let created: Promise<Projects> | null = null

/** Created once for all figures, and deleted when the process ends. */
export const installedProjects = (progress: (text: string) => void): Promise<Projects> => {
  created ??= createProjects(progress)
  return created
}

const createProjects = async (progress: (text: string) => void): Promise<Projects> => {
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  progress('packing')
  const tarballs = join(folder, 'tarballs')
  await execute('node', ['.ci/pack.mjs', tarballs], { cwd: root, maxBuffer: 2 ** 26 })
  const needed = /^railswitch-(?:core|callbacks|trustly-direct|payabl-trustly|\d)/
  const files = readdirSync(tarballs).filter((file) => needed.test(file))
  progress('installing railswitch')
  const ours = await install(
    join(folder, 'ours'),
    files.map((file) => join(tarballs, file)),
  )
  const installed = new Map<string, string>()
  for (const [name, version] of Object.entries(peers)) {
    progress(`installing ${name}`)
    installed.set(name, await install(join(folder, `peer-${installed.size}`), [`${name}@${version}`]))
  }
  return { ours, peers: installed }
}

const install = async (folder: string, packages: readonly string[]): Promise<string> => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "name": "measured", "private": true, "type": "module" }\n')
  const options = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--loglevel=error']
  await execute('npm', ['install', ...options, ...packages], { cwd: folder, maxBuffer: 2 ** 26 })
  return folder
}

/** Runs a module in a new process of Node in the project. Resolves with what it wrote. */
export const runIn = async (folder: string, program: string, env: NodeJS.ProcessEnv = {}): Promise<string> => {
  const { stdout } = await execute('node', ['--input-type=module', '--eval', program], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  return stdout
}
