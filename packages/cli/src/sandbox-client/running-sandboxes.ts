import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Terminal } from '../terminal.ts'

/** The control API of a running sandbox. */
export interface SandboxAddress {
  readonly url: string
  readonly token: string
}

/** Files that only this user can read: other commands find the sandbox by them. */
const folderOf = ({ env }: Pick<Terminal, 'env'>): string =>
  join(env.XDG_RUNTIME_DIR || tmpdir(), `railswitch-sandboxes-${userInfo().uid}`)

/** Lets other commands of this user find the sandbox. Returns the function that ends this. */
export const announceSandbox = (address: SandboxAddress, terminal: Pick<Terminal, 'env'>): (() => void) => {
  const file = join(folderOf(terminal), `${process.pid}.json`)
  try {
    mkdirSync(folderOf(terminal), { recursive: true, mode: 0o700 })
    if (!isOurs(folderOf(terminal))) return () => {}
    writeFileSync(file, JSON.stringify(address), { mode: 0o600 })
  } catch {
    // Without the file, SANDBOX_URL and SANDBOX_TOKEN name the sandbox.
    return () => {}
  }
  return () => rmSync(file, { force: true })
}

/** The sandboxes of this user that run. */
export const runningSandboxes = (terminal: Pick<Terminal, 'env'>): readonly SandboxAddress[] => {
  const folder = folderOf(terminal)
  if (!isOurs(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name)
    if (isRunning(Number(/^(\d+)\.json$/.exec(name)?.[1]))) return [JSON.parse(readFileSync(file, 'utf8'))]
    rmSync(file, { force: true })
    return []
  })
}

/** Another user could have made the folder, to receive our calls. */
const isOurs = (folder: string): boolean => {
  const stat = statSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && stat.uid === userInfo().uid && (stat.mode & 0o077) === 0
}

const isRunning = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
