import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type EventStream, type HttpResponse, largestBody, type Route, respond } from './routes.ts'
import { createHostGuard } from './web-address.ts'

export interface HttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** The last response is that of every other path. */
  readonly serve: (routes: ReadonlyArray<Route<HttpResponse | EventStream>>, unknownPath?: HttpResponse) => void
  readonly close: () => Promise<void>
}

interface Address {
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  /** Host names of this machine that are accepted besides its addresses. */
  readonly hostNames?: readonly string[]
}

/** A plain HTTP server for the vendors' routes. */
export const listen = async ({ port, host, hostNames = [] }: Address): Promise<HttpServer> => {
  const routes: Route<HttpResponse | EventStream>[] = []
  let unknown: HttpResponse | undefined
  const isOwnHost = createHostGuard(host, hostNames)
  const server = createServer((incoming, outgoing) => {
    const response = isOwnHost(incoming.headers.host)
      ? receive(routes, incoming, unknown)
      : Promise.resolve(misdirected)
    // Writing an invalid header throws too.
    void response.then((response) => send(response, outgoing)).catch(() => send({ status: 500 }, outgoing))
  })
  // Longer than Node's 5 seconds, as at load balancers: clients may send a request on a connection that is being closed.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const serve: HttpServer['serve'] = (more, unknownPath) => {
    routes.push(...more)
    unknown = unknownPath ?? unknown
  }
  return { url: urlOf(server), port: Number(new URL(urlOf(server)).port) || 80, serve, close: () => close(server) }
}

const misdirected: HttpResponse = {
  status: 421,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: 'The Host header names no address of this sandbox.\n',
}

const receive = async (
  routes: ReadonlyArray<Route<HttpResponse | EventStream>>,
  incoming: IncomingMessage,
  unknown: HttpResponse | undefined,
): Promise<HttpResponse | EventStream> => {
  const { method = 'GET', url: target = '/', headers } = incoming
  return respond(routes, { method, target, headers, body: await readBody(incoming) }, unknown)
}

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

const send = (response: HttpResponse | EventStream, outgoing: ServerResponse): void => {
  if (response === 'hang up') {
    outgoing.destroy()
    return
  }
  if ('stream' in response) {
    outgoing.writeHead(response.status, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    outgoing.flushHeaders()
    outgoing.once(
      'close',
      response.stream((data) => outgoing.write(`data: ${data}\n\n`)),
    )
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
