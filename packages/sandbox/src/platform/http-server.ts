import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createHostGuard } from './web-address.ts'

/** One request to the sandbox, its body read in full. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/** One response, or `hang up`: the connection is closed without a response. */
export type HttpResponse =
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Uint8Array
      /** Sends half of the body and resets the connection. */
      readonly breaksOff?: boolean
    }
  | 'hang up'

/** One path that is served. A path that ends in `/` includes everything below it. */
export interface Route {
  readonly path: string
  readonly methods: readonly string[]
  readonly handle: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>
}

export interface HttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly serve: (routes: readonly Route[]) => void
  readonly close: () => Promise<void>
}

const largestBody = 64 * 1024

interface Address {
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  /** Host names of this machine that are accepted besides its addresses. */
  readonly hostNames?: readonly string[]
}

/** A plain HTTP server for the vendors' routes. */
export const listen = async ({ port, host, hostNames = [] }: Address): Promise<HttpServer> => {
  const routes: Route[] = []
  const isOwnHost = createHostGuard(host, hostNames)
  const server = createServer((incoming, outgoing) => {
    const response = isOwnHost(incoming.headers.host) ? respond(routes, incoming) : Promise.resolve(misdirected)
    // Writing an invalid header throws too.
    void response.then((response) => send(response, outgoing)).catch(() => send({ status: 500 }, outgoing))
  })
  // Longer than Node's 5 seconds, as at load balancers: clients may send a request on a connection that is being closed.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { url: urlOf(server), serve: (more) => routes.push(...more), close: () => close(server) }
}

const misdirected: HttpResponse = {
  status: 421,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: 'The Host header names no address of this sandbox.\n',
}

const respond = async (routes: readonly Route[], incoming: IncomingMessage): Promise<HttpResponse> => {
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

/** Reads past the limit without storing, so that the sender gets a response instead of a broken pipe. */
const readBody = async (incoming: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  }
  return size <= largestBody ? Buffer.concat(chunks) : undefined
}

const send = (response: HttpResponse, outgoing: ServerResponse): void => {
  if (response === 'hang up') {
    outgoing.destroy()
    return
  }
  const { body: content = '' } = response
  const body = typeof content === 'string' ? Buffer.from(content) : content
  outgoing.writeHead(response.status, { ...response.headers, 'Content-Length': body.length })
  if (response.breaksOff) outgoing.write(body.subarray(0, body.length / 2), () => outgoing.socket?.resetAndDestroy())
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
