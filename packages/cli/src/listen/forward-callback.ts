import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ReceivedCallback } from '../callback/saved-callback.ts'

/** The response of an application to a callback, with its bytes unchanged. */
export interface ForwardedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: Uint8Array
}

/** Shorter than the time for which vendors wait. */
const timeoutMs = 30_000

/**
 * Sends the callback to `<to>/<rail>/<token>`: the end of its own path, below this address. Follows no redirect. Rejects if there is no
 * complete response.
 */
export const forwardCallback = (
  to: URL,
  { method, path, headers, body }: ReceivedCallback,
): Promise<ForwardedResponse> => {
  const target = new URL(to)
  target.pathname = `${to.pathname.replace(/\/+$/, '')}/${endOf(path ?? '')}`
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const sent = send(
      target,
      // A connection that is not kept alive does not delay the end of the command.
      { method, headers: { ...headers, 'content-length': String(body.byteLength) }, agent: false, signal },
      (response) => readResponse(response).then(resolve, reject),
    )
    sent.on('error', (error) => reject(signal.aborted ? new Error(`no response after ${timeoutMs / 1000} s`) : error))
    sent.end(body)
  })
}

/** The rail and the token. */
const endOf = (path: string): string => (path.split('?')[0] ?? '').split('/').filter(Boolean).slice(-2).join('/')

const readResponse = async (response: IncomingMessage): Promise<ForwardedResponse> => {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode ?? 502, headers: endToEnd(response.headers), body: Buffer.concat(chunks) }
}

const ofConnection = new Set(
  'connection content-length host keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade expect'.split(
    ' ',
  ),
)

/** Without the headers of the connection, which the next one has itself. */
export const endToEnd = (headers: IncomingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || ofConnection.has(name) ? [] : [[name, value]],
    ),
  )

/** Why there was no response, without an address: it contains a token. */
export const forwardFailure = (error: unknown): string => {
  const { code, message = 'unknown error' } = Object(error) as { readonly code?: string; readonly message?: string }
  return code === 'ECONNREFUSED' ? 'nothing listens there (ECONNREFUSED)' : (code ?? message)
}
