import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CallbackRequest, type CallbackResponse, type Logger, silentLogger } from '@railswitch/core'

/** 64 KiB. The largest callback of both vendors is about 3 KiB. */
export const largestCallback = 64 * 1024

/** `Pipeline.receive`, which the HTTP handlers call. */
export type Receive = (rail: string, token: string | null, delivery: CallbackRequest) => Promise<CallbackResponse>

/** Logs how to mount the handler if something else has read the signed bytes first. */
const logUnreadable = (logger: Logger, { rail }: CallbackAddress): void =>
  logger.error(
    { rail, hint: 'mount payments.callbacks before any body parser: the signature covers the bytes as sent' },
    'callback not read: something else has read its body before',
  )

interface CallbackAddress {
  readonly rail: string
  readonly token: string | null
}

/** Reads `…/<rail>/<token>` or `…/<rail>` at the end of the path, wherever the application mounted it. Null: it is not ours. */
const readAddress = (path: string, isRail: (name: string) => boolean): CallbackAddress | null => {
  const [last = '', beforeLast = ''] = path.split('/').filter(Boolean).reverse()
  if (isRail(last)) return { rail: last, token: null }
  return isRail(beforeLast) ? { rail: beforeLast, token: last } : null
}

/** The handler for servers with the Web API: Next.js route handlers, Hono, Deno, Bun. Never rejects. */
export type WebHandler = (request: Request) => Promise<Response>

export const webHandler =
  (receive: Receive, isRail: (name: string) => boolean, logger: Logger = silentLogger): WebHandler =>
  async (request) => {
    const address = readAddress(new URL(request.url).pathname, isRail)
    if (!address) return new Response(null, { status: 404 })
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } })
    // The signed bytes are lost if a framework has already parsed the body.
    if (request.bodyUsed || request.body?.locked) {
      logUnreadable(logger, address)
      return new Response(null, { status: 500 })
    }
    const body = await readStream(request.body).catch(() => 'aborted' as const)
    if (body === 'aborted') return new Response(null, { status: 400 })
    if (!body) return new Response(null, { status: 413 })
    const contentType = request.headers.get('content-type') ?? ''
    const reply = await receive(address.rail, address.token, { body, contentType })
    return new Response(reply.body, { status: reply.status, headers: { 'content-type': reply.contentType } })
  }

const readStream = async (stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | null> => {
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

/** The handler for `node:http` servers and for Express 5, before its body parsers or after `express.raw()`. Never rejects. */
export type NodeHandler = (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => Promise<void>

export const nodeHandler =
  (receive: Receive, isRail: (name: string) => boolean, logger: Logger = silentLogger): NodeHandler =>
  async (request, response) => {
    const end = (status: number, headers: Record<string, string> = {}, body = ''): void => {
      response.writeHead(status, headers).end(body)
    }
    const [path = ''] = (request.url ?? '').split('?')
    const address = readAddress(path, isRail)
    if (!address) return end(404)
    if (request.method !== 'POST') return end(405, { allow: 'POST' })
    const body = await bodyOf(request)
    if (body === 'aborted') return
    if (body === 'too large') return end(413, { connection: 'close' })
    if (body === 'read before') {
      logUnreadable(logger, address)
      return end(500)
    }
    const contentType = request.headers['content-type'] ?? ''
    const reply = await receive(address.rail, address.token, { body, contentType })
    end(reply.status, { 'content-type': reply.contentType }, reply.body)
  }

type Body = Uint8Array | 'too large' | 'aborted' | 'read before'

/** A body parser or a decoder that ran first has lost the signed bytes, unless it stored them unchanged in `request.body`. */
const bodyOf = async (request: IncomingMessage & { body?: unknown }): Promise<Body> => {
  if (request.body instanceof Uint8Array) return request.body.byteLength > largestCallback ? 'too large' : request.body
  const wasRead = request.readableEnded || request.readableDidRead || request.readableEncoding !== null
  return wasRead ? 'read before' : readBody(request)
}

/** The rest of a body that is too large is read and discarded. If the connection were closed instead, the response could be lost. */
const readBody = (request: IncomingMessage): Promise<Body> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size <= largestCallback) chunks.push(chunk)
      else resolve('too large')
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => resolve('aborted'))
    request.on('close', () => resolve('aborted'))
  })
