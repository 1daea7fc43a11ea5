import type { IncomingHttpHeaders } from 'node:http'

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

/** Server-sent events. `stream` gets the function that sends one, and gives the function that ends them. */
export interface EventStream {
  readonly status: 200
  readonly stream: (send: (data: string) => void) => () => void
}

/** One path that is served. A path that ends in `/` includes everything below it, except `/` itself. */
export interface Route<Response = HttpResponse> {
  readonly path: string
  readonly methods: readonly string[]
  readonly handle: (request: HttpRequest) => Response | Promise<Response>
}

/** The largest body of a request, in bytes. */
export const largestBody = 64 * 1024

/** A request before its route is known. `target` is the path with the query; the body is undefined if it is too large. */
interface ReceivedRequest extends Pick<HttpRequest, 'method' | 'headers'> {
  readonly target: string
  readonly body: Uint8Array | undefined
}

/** Gives a request to the route of its path: 404 if there is none, 405 for another method, 413 for too large a body. */
export const respond = async <Response>(
  routes: ReadonlyArray<Route<Response>>,
  { method, target, headers, body }: ReceivedRequest,
  unknownPath: HttpResponse = { status: 404 },
): Promise<HttpResponse | Response> => {
  const [path = '/', query = ''] = target.split('?', 2)
  const route = routes.find((candidate) => serves(candidate.path, path))
  if (!route) return unknownPath
  if (!route.methods.includes(method)) return { status: 405, headers: { Allow: route.methods.join(', ') } }
  if (!body) return { status: 413 }
  return route.handle({ method, path, query: new URLSearchParams(query), headers, body })
}

const serves = (route: string, path: string): boolean =>
  route === path || (route !== '/' && route.endsWith('/') && path.startsWith(route))
