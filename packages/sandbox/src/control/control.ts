import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { HttpRequest, HttpResponse, Route } from '../platform/routes.ts'
import { ControlProblem, readControlRequest } from './control-request.ts'
import type { Endpoint } from './endpoint.ts'

const controlPath = '/control'

export interface Control {
  readonly path: string
  readonly token: string
  readonly routes: readonly Route[]
}

/** The operator's API: JSON over HTTP, protected by a bearer token: a new one unless given. */
export const createControl = (
  endpoints: readonly Endpoint[],
  token = randomBytes(24).toString('base64url'),
): Control => {
  const isAllowed = createBearerCheck(token)
  const all = [listing(endpoints), ...endpoints]
  const handle = (request: HttpRequest) => (isAllowed(request.headers.authorization) ? run(all, request) : unauthorized)
  return {
    path: controlPath,
    token,
    routes: [controlPath, `${controlPath}/`].map((path) => ({
      path,
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      handle,
    })),
  }
}

const listing = (endpoints: readonly Endpoint[]): Endpoint => ({
  method: 'GET',
  path: '',
  does: 'lists all operations',
  answer: () => endpoints.map(({ method, path, does }) => ({ method, path: `${controlPath}${path}`, does })),
})

const run = async (
  endpoints: readonly Endpoint[],
  { method, path, query, body }: HttpRequest,
): Promise<HttpResponse> => {
  try {
    const { endpoint, parts } = choose(endpoints, method, path.slice(controlPath.length).replace(/\/$/, ''))
    return json(200, await endpoint.answer(readControlRequest({ parts, query, body })))
  } catch (error) {
    // The vendors throw when a payment's state does not allow the action.
    const status = error instanceof ControlProblem ? error.status : 409
    return json(status, { error: error instanceof Error ? error.message : 'The operation failed.' })
  }
}

const choose = (endpoints: readonly Endpoint[], method: string, path: string) => {
  const there = endpoints.flatMap((endpoint) => {
    const parts = match(endpoint.path, path)
    return parts ? [{ endpoint, parts }] : []
  })
  const chosen = there.find(({ endpoint }) => endpoint.method === method)
  if (chosen) return chosen
  if (there.length === 0) throw new ControlProblem(404, `There is no such operation; GET ${controlPath} lists all.`)
  throw new ControlProblem(405, `The only method here is ${there.map(({ endpoint }) => endpoint.method).join(' or ')}.`)
}

const match = (pattern: string, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  const fits = wanted.length === given.length && wanted.every((word, at) => word.startsWith(':') || word === given[at])
  if (!fits) return undefined
  return Object.fromEntries(
    wanted.flatMap((word, at) => (word.startsWith(':') ? [[word.slice(1), decode(given[at] ?? '')]] : [])),
  )
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const json = (status: number, content: unknown): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
  body: `${JSON.stringify(content)}\n`,
})

const unauthorized: HttpResponse = {
  status: 401,
  headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Bearer' },
  body: '{"error":"Send the token: Authorization: Bearer …"}\n',
}

/** Decides whether an Authorization header carries the token. The comparison takes the same time for every header. */
const createBearerCheck = (token: string): ((authorization: string | undefined) => boolean) => {
  const wanted = digest(`Bearer ${token}`)
  return (authorization = '') => timingSafeEqual(digest(authorization.replace(/^bearer /i, 'Bearer ')), wanted)
}

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest()
