import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type PaymentError, storeFailed } from '@railswitch/core/store'

/**
 * Locks a folder for this process and returns the function that unlocks it. Each process writes its own lock file and then looks
 * for others: of two that start at once, at least one sees the other. A lock whose process has ended is deleted. Only processes of
 * one machine (and one container) see each other.
 * @throws PaymentError `store_failed` when another process, or this one, uses the folder, or when it cannot be created or written
 */
export const lockFolder = (folder: string): (() => void) => {
  createFolder(folder)
  const name = lockOf(process.pid)
  const own = join(resolve(folder), name)
  createOwn()
  for (const other of readdirSync(folder)) {
    const pid = Number(/^railswitch\.(\d+)\.\d+\.lock$/.exec(other)?.[1])
    if (other === name || Number.isNaN(pid)) continue
    if (isRunning(pid, other)) {
      rmSync(own, { force: true })
      throw inUse(folder, pid, other)
    }
    rmSync(join(folder, other), { force: true })
  }
  return () => rmSync(own, { force: true })

  /** Fails if it exists: a bundler may load this file twice into one process, and threads share its id. */
  function createOwn(): void {
    try {
      writeFileSync(own, '', { flag: 'wx' })
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EEXIST'
        ? inUse(folder, process.pid, name)
        : unusable(folder, error)
    }
  }
}

const createFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw unusable(folder, cause)
  }
}

const unusable = (folder: string, cause: unknown): PaymentError =>
  storeFailed(
    {
      message: `The folder ${folder} cannot be created or written.`,
      hint: 'Name a folder that this process may write, as `folder`.',
    },
    { cause },
  )

const lockOf = (pid: number): string => `railswitch.${pid}.${startOf(pid)}.lock`

/** A process id may belong to another process by now: then its start differs. */
const isRunning = (pid: number, lock: string): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return lockOf(pid) === lock
}

/**
 * When a process started, in ticks since the machine started: field 22 of proc(5). 0 where the system does not say. A process that has
 * ended keeps its id and its start until its parent asks for its exit code (states Z and X): it holds no folder.
 */
const startOf = (pid: number): string => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? '0')
  } catch {
    return '0'
  }
}

const inUse = (folder: string, pid: number, lock: string): PaymentError =>
  storeFailed({
    message: `The folder ${folder} is in use by process ${pid}: an embedded store works in one process only.`,
    hint: `End that process, give each its own folder, or use PostgreSQL. If process ${pid} is none of yours, delete ${join(folder, lock)}.`,
  })
