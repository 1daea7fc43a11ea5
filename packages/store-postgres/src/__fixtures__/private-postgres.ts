import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

const debian = '/usr/lib/postgresql'
const newest = (existsSync(debian) ? readdirSync(debian) : []).sort((a, b) => Number(a) - Number(b)).at(-1)
const binaries = newest === undefined ? null : join(debian, newest, 'bin')

/** For the name of a test: why it is skipped, or null where PostgreSQL is installed. */
export const postgresMissing =
  binaries !== null && existsSync(join(binaries, 'initdb'))
    ? null
    : `skipped: no PostgreSQL in ${debian} (apt-get install postgresql)`

/** A PostgreSQL of the test's own, on a socket in a temporary folder; `host` and `user` lead to it. */
export interface PrivatePostgres {
  readonly host: string
  readonly user: string
  /** A pool of so many connections, ended by `remove`. */
  connect(max?: number): pg.Pool
  /** Starts it again after `stop`. */
  start(): Promise<void>
  /** As when the machine fails: without a word to anybody. */
  stop(): Promise<void>
  /** Stops it and deletes its folder. */
  remove(): Promise<void>
}

export const startPrivatePostgres = async (): Promise<PrivatePostgres> => {
  const host = mkdtempSync(join(tmpdir(), 'railswitch-pg-'))
  chmodSync(host, 0o755)
  const identity = unprivileged()
  if (identity) chownSync(host, identity.uid, identity.gid)
  const data = join(host, 'data')
  const user = 'test'
  const initdb = ['-D', data, '-U', user, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(binaries ?? '', 'initdb'), initdb, { stdio: 'ignore', cwd: host, ...identity })
  let server: ChildProcess | null = null
  const pools: pg.Pool[] = []
  const postgres = { host, user, connect, start, stop, remove }
  await start()
  return postgres

  function connect(max = 4): pg.Pool {
    const pool = new pg.Pool({ host, user, database: 'postgres', max })
    pool.on('error', () => {})
    pools.push(pool)
    return pool
  }

  async function start(): Promise<void> {
    const settings = { listen_addresses: '', unix_socket_directories: host, fsync: 'off', deadlock_timeout: '100ms' }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const started = spawn(join(binaries ?? '', 'postgres'), ['-D', data, ...options], {
      stdio: 'ignore',
      cwd: host,
      ...identity,
    })
    server = started
    while (!(await accepts(join(host, '.s.PGSQL.5432')))) {
      if (started.exitCode !== null) throw new Error(`PostgreSQL ended with ${started.exitCode}`)
      await pause(20)
    }
  }

  async function stop(): Promise<void> {
    const stopping = server
    if (!stopping || stopping.exitCode !== null) return
    const ended = new Promise((resolve) => stopping.once('exit', resolve))
    stopping.kill('SIGQUIT')
    await ended
  }

  async function remove(): Promise<void> {
    await stop()
    // A test that failed may hold a client for ever: nobody waits for it.
    for (const pool of pools) void pool.end()
    rmSync(host, { recursive: true, force: true })
  }
}

/** PostgreSQL refuses to run as root. */
const unprivileged = (): { readonly uid: number; readonly gid: number } | null => {
  if (process.getuid?.() !== 0) return null
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** A start-up message, answered by an authentication request (`R`) once the server is ready. */
const accepts = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(socketPath)
    const end = (ready: boolean): void => {
      socket.destroy()
      resolve(ready)
    }
    socket.once('error', () => end(false))
    socket.once('close', () => resolve(false))
    socket.once('data', (answer) => end(answer[0] === 'R'.charCodeAt(0)))
    socket.once('connect', () => {
      const parameters = Buffer.from('user\0test\0database\0postgres\0\0')
      const head = Buffer.alloc(8)
      head.writeInt32BE(8 + parameters.length, 0)
      head.writeInt32BE(196_608, 4)
      socket.write(Buffer.concat([head, parameters]))
    })
  })
