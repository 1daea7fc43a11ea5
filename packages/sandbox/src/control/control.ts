import { randomBytes } from 'node:crypto'
import type { HttpAnswer, HttpRequest, Route } from '../platform/http-server.ts'
import { createBearerCheck } from './bearer.ts'
import { ControlProblem, readAsked } from './control-request.ts'
import type { Endpoint } from './endpoint.ts'

const controlPath = '/control'

export type Control = { readonly path: string; readonly token: string; readonly routes: readonly Route[] }

/** The operator's desk for programs: JSON over HTTP, for whoever has the token, which changes with every start. */
export const createControl = (endpoints: readonly Endpoint[]): Control => {
  const token = randomBytes(24).toString('base64url')
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
  does: 'what there is',
  answer: () => endpoints.map(({ method, path, does }) => ({ method, path: `${controlPath}${path}`, does })),
})

const run = async (endpoints: readonly Endpoint[], { method, path, query, body }: HttpRequest): Promise<HttpAnswer> => {
  try {
    const { endpoint, parts } = choose(endpoints, method, path.slice(controlPath.length).replace(/\/$/, ''))
    return json(200, await endpoint.answer(readAsked({ parts, query, body })))
  } catch (error) {
    // What the vendors throw is a sentence on why their state does not allow it.
    const status = error instanceof ControlProblem ? error.status : 409
    return json(status, { error: error instanceof Error ? error.message : 'That did not work.' })
  }
}

const choose = (endpoints: readonly Endpoint[], method: string, path: string) => {
  const there = endpoints.flatMap((endpoint) => {
    const parts = match(endpoint.path, path)
    return parts ? [{ endpoint, parts }] : []
  })
  const chosen = there.find(({ endpoint }) => endpoint.method === method)
  if (chosen) return chosen
  if (there.length === 0) throw new ControlProblem(404, `There is nothing here; GET ${controlPath} says what there is.`)
  throw new ControlProblem(405, `Here goes only ${there.map(({ endpoint }) => endpoint.method).join(' or ')}.`)
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

const json = (status: number, content: unknown): HttpAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
  body: `${JSON.stringify(content)}\n`,
})

const unauthorized: HttpAnswer = {
  status: 401,
  headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Bearer' },
  body: '{"error":"Send the token: Authorization: Bearer …"}\n',
}
