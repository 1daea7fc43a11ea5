// Processes of a set: without `run`, it is no set.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Starts a command of a shell. `end` also ends what the command started. */
export const start = (command, cwd, env) => {
  // In a group of its own, so that the signal reaches what npm starts.
  const child = spawn(command, {
    cwd,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'close')
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk
    })
  const isRunning = () => child.exitCode === null && child.signalCode === null
  const until = async (happens) => {
    while (isRunning()) {
      if (await happens()) return
      await pause(100)
    }
    throw new Error('it ended')
  }
  return {
    output: () => text,
    listens: (port) => until(() => fetch(`http://127.0.0.1:${port}/nothing`).catch(() => null)),
    prints: (words) => until(() => text.includes(words)),
    /** What it wrote until it ended by itself. */
    ended: async () => {
      await ended
      return text
    },
    end: async () => {
      if (isRunning()) process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}
