import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { bundled } from '@railswitch/store-postgres/fixtures/bundled'
import type { Commands, Setting } from './shop-setting.ts'

/** A process of the shop: each command as a call, which rejects when the process dies under it. */
export type ShopProcess = Commands & {
  readonly socket: string
  /** The signal that ended it, or null. */
  readonly ended: Promise<string | null>
  kill(): Promise<void>
}

let sockets = 0
const scripts = new Map<string, Promise<string>>()

/** Starts one, with its socket in `folder`; resolves when it listens, and rejects with its words when it refuses to start. */
export const startShopProcess = async (setting: Omit<Setting, 'socket'>, folder: string): Promise<ShopProcess> => {
  sockets += 1
  const socket = join(folder, `shop-${sockets}.sock`)
  const script = scripts.get(folder) ?? bundled(new URL('./shop-process.ts', import.meta.url), folder)
  scripts.set(folder, script)
  const child = fork(await script, [JSON.stringify({ ...setting, socket })], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.on('data', (text) => {
    complaint += text
  })
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
  const refused = ended.then(() => Promise.reject(new Error(complaint || 'The process has ended.')))
  const tell = teller(child, refused)
  await Promise.race([once(child, 'message'), refused])
  return {
    socket,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    deposit: tell('deposit'),
    refund: tell('refund'),
    state: tell('state'),
    sync: tell('sync'),
    die: tell('die'),
    shipped: tell('shipped'),
    runs: tell('runs'),
  } as ShopProcess
}

const teller = (child: ChildProcess, refused: Promise<never>) => {
  let ids = 0
  const waiting = new Map<number, (message: Answered) => void>()
  child.on('message', (message: Answered) => waiting.get(message.id)?.(message))
  return (command: keyof Commands) =>
    async (argument?: unknown): Promise<unknown> => {
      ids += 1
      const id = ids
      const answered = new Promise<Answered>((resolve) => waiting.set(id, resolve))
      child.send({ id, command, argument })
      const { answer, error } = await Promise.race([answered, refused])
      waiting.delete(id)
      if (error !== undefined) throw new Error(error)
      return answer
    }
}

interface Answered {
  readonly id: number
  readonly answer?: unknown
  readonly error?: string
}

/** What stands before the shop's processes: their one address on the internet, whoever is behind it now. */
export interface Front {
  readonly url: string
  /** Who gets the callbacks; null: nobody, 503. */
  send(to: ((request: IncomingMessage, response: ServerResponse) => void) | null): void
  close(): Promise<void>
}

export const startFront = async (): Promise<Front> => {
  let listener: ((request: IncomingMessage, response: ServerResponse) => void) | null = null
  const server = createServer((request, response) => {
    if (listener) listener(request, response)
    else response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
    send: (to) => {
      listener = to
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Hands a callback on to a process; one that dies meanwhile is a 502. */
export const handOnTo =
  ({ socket: socketPath }: Pick<ShopProcess, 'socket'>) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const { url: path, method, headers } = request
    const onward = ask({ socketPath, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writableEnded || response.writeHead(502).end())
    request.pipe(onward)
  }
