import type { IncomingMessage, ServerResponse } from 'node:http'
import { largestCallback, type Receive, readAddress } from './address.ts'

/** The face for `node:http` servers. Never rejects. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export const nodeHandler =
  (receive: Receive, isRail: (name: string) => boolean): NodeHandler =>
  async (request, response) => {
    const end = (status: number, headers: Record<string, string> = {}, body = ''): void => {
      response.writeHead(status, headers).end(body)
    }
    const [path = ''] = (request.url ?? '').split('?')
    const address = readAddress(path, isRail)
    if (!address) return end(404)
    if (request.method !== 'POST') return end(405, { allow: 'POST' })
    // A body parser that ran first has destroyed the bytes that are signed.
    if (request.readableEnded) return end(500)
    const body = await readBody(request).catch(() => undefined)
    if (body === undefined) return
    if (body === null) return end(413, { connection: 'close' })
    const contentType = request.headers['content-type'] ?? ''
    const reply = await receive(address.rail, address.token, { body, contentType })
    end(reply.status, { 'content-type': reply.contentType }, reply.body)
  }

const readBody = async (request: IncomingMessage): Promise<Uint8Array | null> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > largestCallback) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
