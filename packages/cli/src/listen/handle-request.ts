import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { largestCallback, readAddress } from '@railswitch/callbacks'
import { isLeft, type PaymentProvider } from '@railswitch/core'
import type { ReceivedCallback } from '../callback/saved-callback.ts'
import type { Terminal } from '../terminal.ts'
import type { SaveCallback } from './callback-folder.ts'
import { endToEnd, type ForwardedResponse, forwardCallback, forwardFailure } from './forward-callback.ts'
import type { ListenedCallback } from './listened-callback.ts'

interface Listener {
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly to: URL
  readonly saveCallback: SaveCallback | null
  readonly print: (callback: ListenedCallback) => void
  readonly terminal: Pick<Terminal, 'err'>
}

/** Handles each request to the listening port. */
export const listenerFor =
  (listener: Listener): RequestListener =>
  async (request, response) => {
    const at = new Date().toISOString()
    const path = request.url ?? '/'
    const address = readAddress(path.split('?')[0] ?? '', (name) => listener.rails.has(name))
    if (request.method !== 'POST') return end(response, 405, { allow: 'POST' })
    if (!address) {
      listener.print(ofNoRail(at))
      return end(response, 404)
    }
    const body = await bodyOf(request)
    if (body === 'aborted') return
    if (body === 'too large') return end(response, 413, { connection: 'close' })
    const callback: ReceivedCallback = { receivedAt: at, method: 'POST', path, headers: textsOf(request), body }
    const { rail } = address
    const file = await saved(listener, rail, callback)
    const verified = verifiedAs(listener.rails.get(rail), callback)
    const forwarded = await forwardCallback(listener.to, callback).catch(forwardFailure)
    const isFailure = typeof forwarded === 'string'
    listener.print({
      at,
      rail,
      ...verified,
      status: isFailure ? badGateway.status : forwarded.status,
      failure: isFailure ? forwarded : null,
      file,
    })
    return send(response, isFailure ? badGateway : forwarded)
  }

/** No vendor takes it for an acknowledgement. */
const badGateway: ForwardedResponse = { status: 502, headers: {}, body: new Uint8Array() }

const end = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void => {
  response.writeHead(status, headers).end()
}

const send = (response: ServerResponse, { status, headers, body }: ForwardedResponse): void => {
  response.writeHead(status, { ...headers, 'content-length': body.byteLength }).end(body)
}

const unread = { method: null, vendorId: null, reference: null, verified: false }

const ofNoRail = (at: string): ListenedCallback => ({
  at,
  rail: null,
  ...unread,
  reason: 'Its address does not end in /<rail>/<token>, with the name of a configured rail.',
  status: 404,
  failure: null,
  file: null,
})

const verifiedAs = (
  provider: PaymentProvider | undefined,
  { body, headers }: ReceivedCallback,
): Pick<ListenedCallback, 'method' | 'vendorId' | 'reference' | 'verified' | 'reason'> => {
  const contentType = headers['content-type'] ?? ''
  try {
    const verified = provider?.verifyCallback({ body, contentType, headers })
    if (!verified) return { ...unread, reason: null }
    if (isLeft(verified)) return { ...unread, reason: verified.left.message }
    const { report, merchantReference: reference } = verified.right
    return { method: report.method, vendorId: report.vendorId, reference, verified: true, reason: null }
  } catch {
    return { ...unread, reason: 'The provider of the rail failed to read it.' }
  }
}

const saved = async (
  { saveCallback, terminal }: Listener,
  rail: string,
  callback: ReceivedCallback,
): Promise<string | null> => {
  if (saveCallback === null) return null
  return saveCallback(rail, callback).catch((error: NodeJS.ErrnoException) => {
    terminal.err(`railswitch: warning: a callback could not be saved (${error.code}); it is forwarded.\n`)
    return null
  })
}

const textsOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(endToEnd(headers)).map(([name, value]) => [name, String(value)]))

/** The rest of a body that is too large is read too, because a closed connection could lose the response. */
const bodyOf = async (request: IncomingMessage): Promise<Uint8Array | 'too large' | 'aborted'> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += chunk.byteLength
      if (size <= largestCallback) chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return size > largestCallback ? 'too large' : Buffer.concat(chunks)
}
