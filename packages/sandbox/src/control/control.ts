import { randomBytes } from 'node:crypto'
import type { Desk } from '../back-office/desk.ts'
import type { Clock } from '../clock.ts'
import type { HttpAnswer, HttpRequest, Route } from '../http-server.ts'
import { createBearerCheck } from './bearer.ts'

const controlPath = '/control'

type Setting = { readonly desks: readonly Desk[]; readonly clock: Clock }

type Started = { readonly token: string; readonly routes: readonly Route[] }

/** The operator's desk for programs: JSON over HTTP, for whoever has the token. */
export const createControl = (setting: Setting): Started => {
  const token = randomBytes(24).toString('base64url')
  const isAllowed = createBearerCheck(token)
  const handle = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (!isAllowed(request.headers.authorization)) return unauthorized
    return json(200, { now: setting.clock.now().toISOString() })
  }
  return {
    token,
    routes: [controlPath, `${controlPath}/`].map((path) => ({
      path,
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      handle,
    })),
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
