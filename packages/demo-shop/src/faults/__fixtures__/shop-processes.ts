import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { bundled } from '@railswitch/store-postgres/fixtures/bundled'
import type { Commands, ShopConfig } from './shop-config.ts'

/** A process of the shop. Each command is a method that rejects if the process dies during the call. */
export type ShopProcess = Commands & {
  readonly socket: string
  /** The signal that ended the process, or null. */
  readonly ended: Promise<string | null>
  kill(): Promise<void>
}

let sockets = 0
const scripts = new Map<string, Promise<string>>()

/** Starts a process with its socket in `folder`. Resolves when it listens; rejects with its stderr if it does not start. */
export const startShopProcess = async (config: Omit<ShopConfig, 'socket'>, folder: string): Promise<ShopProcess> => {
  sockets += 1
  const socket = join(folder, `shop-${sockets}.sock`)
  const script = scripts.get(folder) ?? bundled(new URL('./shop-process.ts', import.meta.url), folder)
  scripts.set(folder, script)
  const child = fork(await script, [JSON.stringify({ ...config, socket })], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let errors = ''
  child.stderr?.on('data', (text) => {
    errors += text
  })
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
  const refused = ended.then(() => Promise.reject(new Error(errors || 'The process has ended.')))
  const send = commandSender(child, refused)
  await Promise.race([once(child, 'message'), refused])
  return {
    socket,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    deposit: send('deposit'),
    refund: send('refund'),
    state: send('state'),
    sync: send('sync'),
    die: send('die'),
    shipped: send('shipped'),
    runs: send('runs'),
  } as ShopProcess
}

const commandSender = (child: ChildProcess, refused: Promise<never>) => {
  let ids = 0
  const waiting = new Map<number, (message: CommandReply) => void>()
  child.on('message', (message: CommandReply) => waiting.get(message.id)?.(message))
  return (command: keyof Commands) =>
    async (argument?: unknown): Promise<unknown> => {
      ids += 1
      const id = ids
      const answered = new Promise<CommandReply>((resolve) => waiting.set(id, resolve))
      child.send({ id, command, argument })
      const { answer, error } = await Promise.race([answered, refused])
      waiting.delete(id)
      if (error !== undefined) throw new Error(error)
      return answer
    }
}

interface CommandReply {
  readonly id: number
  readonly answer?: unknown
  readonly error?: string
}

/** A server in front of the shop's processes. Its address stays the same when processes are replaced. */
export interface Front {
  readonly url: string
  /** Sets the listener that receives callbacks. With null, the response is 503. */
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

/** Forwards callbacks to a process. If the process dies meanwhile, the response is 502. */
export const forwardTo =
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
