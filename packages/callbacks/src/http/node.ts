import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ErrorReporting, silentLogger } from '@railswitch/core'
import { largestCallback, type Receive, readAddress } from './address.ts'
import { reportUnknownAddress, reportUnreadable, reportWrongArguments } from './report-mistake.ts'

/**
 * The handler for `node:http` servers and for Express 5, before its body parsers or after `express.raw()`; and for frameworks that keep the
 * bytes in `rawBody`, such as NestJS. Never rejects.
 */
export type NodeHandler = (request: NodeRequest, response: ServerResponse) => Promise<void>

type NodeRequest = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown }

export const nodeHandler =
  (
    receive: Receive,
    isRail: (name: string) => boolean,
    reporting: ErrorReporting = { logger: silentLogger },
  ): NodeHandler =>
  async (request, response) => {
    if (!isNodeExchange(request, response)) return reportWrongArguments(reporting, 'node')
    const end = (status: number, headers: Record<string, string> = {}, body = ''): void => {
      response.writeHead(status, headers).end(body)
    }
    const [path = ''] = (request.url ?? '').split('?')
    const address = readAddress(path, isRail)
    if (!address) {
      if (request.method === 'POST') reportUnknownAddress(reporting)
      return end(404)
    }
    if (request.method !== 'POST') return end(405, { allow: 'POST' })
    const body = await bodyOf(request)
    if (body === 'aborted') return
    if (body === 'too large') return end(413, { connection: 'close' })
    if (body === 'read before') {
      reportUnreadable(reporting, address)
      return end(500)
    }
    const contentType = request.headers['content-type'] ?? ''
    const reply = await receive(address.rail, address.token, { body, contentType, headers: textsOf(request.headers) })
    end(reply.status, { 'content-type': reply.contentType }, reply.body)
  }

const textsOf = (headers: IncomingMessage['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const isNodeExchange = (
  request: Partial<IncomingMessage> | undefined,
  response: Partial<ServerResponse> | undefined,
): boolean => typeof request?.on === 'function' && typeof response?.writeHead === 'function'

type Body = Uint8Array | 'too large' | 'aborted' | 'read before'

/** A body parser or a decoder that ran first has lost the signed bytes, unless it stored them unchanged in `body` or `rawBody`. */
const bodyOf = async (request: NodeRequest): Promise<Body> => {
  const stored = [request.body, request.rawBody].find((one) => one instanceof Uint8Array)
  if (stored) return stored.byteLength > largestCallback ? 'too large' : stored
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
