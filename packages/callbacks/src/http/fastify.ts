import { type ErrorReporting, silentLogger } from '@railswitch/core'
import { largestCallback, type Receive, readAddress } from './address.ts'
import { reportUnknownAddress, reportUnreadable } from './report-mistake.ts'

/**
 * The plugin for Fastify 4 and 5: `app.register(payments.callbacks.fastify, { prefix: '/callbacks' })`. Its body parser applies to the
 * callbacks alone, so the order of plugins and parsers makes no difference.
 */
export type FastifyHandler = (instance: FastifyScope, options: object) => Promise<void>

/** What is used of an instance of Fastify. A plugin has a scope of its own: it changes nothing for the rest of the application. */
export interface FastifyScope {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    contentType: string,
    options: { readonly parseAs: 'buffer'; readonly bodyLimit: number },
    parser: (request: never, body: Buffer, done: (error: Error | null, body: Buffer) => void) => void,
  ): unknown
  all(path: string, handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): unknown
}

interface FastifyRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body?: unknown
}

interface FastifyReply {
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(body?: string): unknown
}

export const fastifyHandler =
  (
    receive: Receive,
    isRail: (name: string) => boolean,
    reporting: ErrorReporting = { logger: silentLogger },
  ): FastifyHandler =>
  async (instance) => {
    instance.removeAllContentTypeParsers()
    // Without a limit of its own, the scope has the limit of the application, which may be lower than a callback.
    instance.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestCallback }, (_request, body, done) =>
      done(null, body),
    )
    instance.all('/*', async (request, reply) => {
      const address = readAddress(request.url.split('?')[0] ?? '', isRail)
      if (!address) {
        if (request.method === 'POST') reportUnknownAddress(reporting)
        return end(reply, 404)
      }
      if (request.method !== 'POST') {
        reply.header('allow', 'POST')
        return end(reply, 405)
      }
      const body = request.body ?? new Uint8Array()
      if (!(body instanceof Uint8Array)) {
        reportUnreadable(reporting, address)
        return end(reply, 500)
      }
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const contentType = headers['content-type'] ?? ''
      const response = await receive(address.rail, address.token, { body, contentType, headers })
      reply.header('content-type', response.contentType)
      return end(reply, response.status, response.body)
    })
  }

const end = (reply: FastifyReply, status: number, body = ''): FastifyReply => {
  reply.code(status)
  reply.send(body)
  return reply
}
