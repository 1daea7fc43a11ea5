import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

const debian = '/usr/lib/postgresql'
const newest = (existsSync(debian) ? readdirSync(debian) : []).sort((a, b) => Number(a) - Number(b)).at(-1)

/** What a figure lacks without PostgreSQL. */
export const postgresMissing = (): string | null =>
  newest !== undefined && existsSync(join(debian, newest, 'bin/initdb'))
    ? null
    : `PostgreSQL in ${debian} (apt-get install postgresql)`

export interface PrivateServer {
  /** The options of a pool that leads to it. */
  readonly address: { readonly host: string; readonly user: string; readonly database: string }
  readonly stop: () => Promise<void>
}

/** A PostgreSQL with its own defaults, which write every commit to the disk; only memory is what a server of this size would have. */
export const startServer = async (): Promise<PrivateServer> => {
  const binaries = join(debian, newest ?? '', 'bin')
  const host = mkdtempSync(join(tmpdir(), 'railswitch-bench-'))
  chmodSync(host, 0o755)
  const identity = unprivileged()
  if (identity) chownSync(host, identity.uid, identity.gid)
  const data = join(host, 'data')
  const options = { stdio: 'ignore', cwd: host, ...identity } as const
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    options,
  )
  const settings = { listen_addresses: '', unix_socket_directories: host, shared_buffers: '1GB', max_wal_size: '8GB' }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...words], options)
  const address = { host, user: 'bench', database: 'postgres' }
  while (!(await accepts(address))) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`)
    await pause(50)
  }
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGQUIT')
    await ended
    rmSync(host, { recursive: true, force: true })
  }
  return { address, stop }
}

const accepts = async (address: PrivateServer['address']): Promise<boolean> => {
  const client = new pg.Client(address)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** PostgreSQL refuses to run as root. */
const unprivileged = (): { readonly uid: number; readonly gid: number } | null => {
  if (process.getuid?.() !== 0) return null
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}
