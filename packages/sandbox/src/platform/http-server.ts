import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type HttpResponse, largestBody, type Route, respond } from './routes.ts'
import { createHostGuard } from './web-address.ts'

export interface HttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly serve: (routes: readonly Route[]) => void
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
  const routes: Route[] = []
  const isOwnHost = createHostGuard(host, hostNames)
  const server = createServer((incoming, outgoing) => {
    const response = isOwnHost(incoming.headers.host) ? receive(routes, incoming) : Promise.resolve(misdirected)
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

const receive = async (routes: readonly Route[], incoming: IncomingMessage): Promise<HttpResponse> => {
  const { method = 'GET', url: target = '/', headers } = incoming
  return respond(routes, { method, target, headers, body: await readBody(incoming) })
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
