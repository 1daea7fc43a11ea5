import { type ErrorReporting, silentLogger } from '@railswitch/core'
import { largestCallback, type Receive, readAddress } from './address.ts'
import { reportUnknownAddress, reportUnreadable, reportWrongArguments } from './report-mistake.ts'

/** The handler for servers with the Web API: Next.js route handlers, Hono, Deno, Bun. Never rejects. */
export type WebHandler = (request: Request) => Promise<Response>

export const webHandler =
  (
    receive: Receive,
    isRail: (name: string) => boolean,
    reporting: ErrorReporting = { logger: silentLogger },
  ): WebHandler =>
  async (request) => {
    if (!isWebRequest(request)) {
      reportWrongArguments(reporting, 'web')
      return new Response(null, { status: 500 })
    }
    const address = readAddress(new URL(request.url).pathname, isRail)
    if (!address) {
      if (request.method === 'POST') reportUnknownAddress(reporting)
      return new Response(null, { status: 404 })
    }
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } })
    // The signed bytes are lost if a framework has already parsed the body.
    if (request.bodyUsed || request.body?.locked) {
      reportUnreadable(reporting, address)
      return new Response(null, { status: 500 })
    }
    const body = await readBody(request.body).catch(() => 'aborted' as const)
    if (body === 'aborted') return new Response(null, { status: 400 })
    if (!body) return new Response(null, { status: 413 })
    const contentType = request.headers.get('content-type') ?? ''
    const reply = await receive(address.rail, address.token, {
      body,
      contentType,
      headers: Object.fromEntries(request.headers),
    })
    return new Response(reply.body, { status: reply.status, headers: { 'content-type': reply.contentType } })
  }

/** The `url` of a request of node:http is only a path. */
const isWebRequest = (request: Partial<Request> | undefined): boolean =>
  URL.canParse(request?.url ?? '') && typeof request?.headers?.get === 'function'

const readBody = async (stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | null> => {
  if (!stream) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength
    if (size > largestCallback) {
      await reader.cancel()
      return null
    }
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}
