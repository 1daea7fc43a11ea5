import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createHostGuard } from './host-guard.ts'

/** One request to the twin, its body read in full. */
export type HttpRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/** One answer, or the cut of the connection without any. */
export type HttpAnswer =
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Uint8Array
      /** Sends half of it and resets the connection. */
      readonly breaksOff?: boolean
    }
  | 'hang up'

/** What a vendor serves. A path that ends in `/` also takes everything below it. */
export type Route = {
  readonly path: string
  readonly methods: readonly string[]
  readonly handle: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>
}

export type HttpServer = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly serve: (routes: readonly Route[]) => void
  readonly close: () => Promise<void>
}

const largestBody = 64 * 1024

type Address = {
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  /** Names by which others may call this machine, besides its addresses. */
  readonly hostNames?: readonly string[]
}

/** A plain HTTP server for the vendors' routes. */
export const listen = async ({ port, host, hostNames = [] }: Address): Promise<HttpServer> => {
  const routes: Route[] = []
  const isOurs = createHostGuard(host, hostNames)
  const server = createServer((incoming, outgoing) => {
    const answer = isOurs(incoming.headers.host) ? respond(routes, incoming) : Promise.resolve(misdirected)
    // A header that cannot be sent is a failure too.
    void answer.then((answer) => send(answer, outgoing)).catch(() => send({ status: 500 }, outgoing))
  })
  // As load balancers do: a server that closes within Node's 5 seconds meets requests that are on their way to it.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { url: urlOf(server), serve: (more) => routes.push(...more), close: () => close(server) }
}

const misdirected: HttpAnswer = {
  status: 421,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: 'The Host header names no address of this sandbox.\n',
}

const respond = async (routes: readonly Route[], incoming: IncomingMessage): Promise<HttpAnswer> => {
  const method = incoming.method ?? 'GET'
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2)
  const body = await readBody(incoming)
  const route = routes.find((candidate) => serves(candidate.path, path))
  if (!route) return { status: 404 }
  if (!route.methods.includes(method)) return { status: 405, headers: { Allow: route.methods.join(', ') } }
  if (!body) return { status: 413 }
  return route.handle({ method, path, query: new URLSearchParams(query), headers: incoming.headers, body })
}

const serves = (route: string, path: string): boolean =>
  route === path || (route.endsWith('/') && path.startsWith(route))

/** Reads on past the limit without keeping it, so that the sender gets the answer instead of a broken pipe. */
const readBody = async (incoming: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  }
  return size <= largestBody ? Buffer.concat(chunks) : undefined
}

const send = (answer: HttpAnswer, outgoing: ServerResponse): void => {
  if (answer === 'hang up') {
    outgoing.destroy()
    return
  }
  const { body: content = '' } = answer
  const body = typeof content === 'string' ? Buffer.from(content) : content
  outgoing.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.length })
  if (answer.breaksOff) outgoing.write(body.subarray(0, body.length / 2), () => outgoing.socket?.resetAndDestroy())
  else outgoing.end(body)
}

const urlOf = (server: Server): string => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
