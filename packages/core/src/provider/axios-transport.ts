import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { AxiosError, AxiosInstance } from 'axios'
import { taskEither } from '../fp.ts'
import type { Transport, TransportFailure, WireRequest, WireResponse } from './transport.ts'

/** A ledger response of a busy day is about 12 MB. */
const defaultLargestResponse = 32 * 1024 * 1024

/**
 * Idle connections are closed before the server closes them, which is commonly after 5 seconds or more. If the server closes a
 * connection during a request, the request may have been executed, and money out that cannot be repeated would need a manual review.
 */
const connections = { keepAlive: true, timeout: 4_000 }

/** Errors that occur while connecting, before a byte of the request is sent. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * The transport on axios, which is imported with the first call. `agent`: the application's own, for a proxy or other limits. By
 * default, idle connections are closed after four seconds.
 */
export const axiosTransport = ({ agent }: { readonly agent?: HttpsAgent | HttpAgent } = {}): Transport => {
  let client: Promise<AxiosInstance> | undefined
  return (request) =>
    taskEither.tryCatch(async () => {
      client ??= createClient(agent)
      return post(await client, request)
    }, toFailure)
}

const createClient = async (agent: HttpsAgent | HttpAgent | undefined): Promise<AxiosInstance> => {
  const [{ default: axios }, http, https] = await Promise.all([
    import('axios'),
    import('node:http'),
    import('node:https'),
  ])
  return axios.create({
    adapter: 'http',
    httpAgent: agent ?? new http.Agent(connections),
    httpsAgent: agent ?? new https.Agent(connections),
    maxBodyLength: 1024 * 1024,
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
  })
}

const post = async (
  client: AxiosInstance,
  { method = 'POST', url, headers, body, timeoutMs, largestResponse = defaultLargestResponse, signal }: WireRequest,
): Promise<WireResponse> => {
  const call = abortable(timeoutMs, signal)
  try {
    const response = await client.request<Uint8Array>({
      method,
      url,
      ...(method !== 'GET' && { data: Buffer.from(body) }),
      headers: { accept: '*/*', 'user-agent': 'railswitch', ...headers },
      maxContentLength: largestResponse,
      signal: call.signal,
    })
    return {
      status: response.status,
      contentType: String(response.headers['content-type'] ?? ''),
      headers: textsOf(response.headers),
      body: response.data,
    }
  } finally {
    call.end()
  }
}

/** node:http joins the values of a header, except those of `set-cookie`. */
const textsOf = (headers: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))

/**
 * Aborts after `ms` milliseconds or together with `outer`. It uses its own timer: on Node 20, an `AbortSignal.any` of an
 * `AbortSignal.timeout` is garbage-collected, and the call would wait forever.
 */
const abortable = (ms: number, outer: AbortSignal | undefined) => {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const timer = setTimeout(abort, ms)
  if (outer?.aborted) abort()
  outer?.addEventListener('abort', abort)
  const end = (): void => {
    clearTimeout(timer)
    outer?.removeEventListener('abort', abort)
  }
  return { signal: controller.signal, end }
}

/** An AxiosError contains the request's body and headers, so it is not passed on. */
const toFailure = (error: unknown): TransportFailure => {
  const { code, cause, message } = error as AxiosError
  const reason =
    code === 'ERR_CANCELED' ? 'timeout' : (code ?? (cause as { code?: string } | undefined)?.code ?? 'failed')
  if (message.startsWith('maxContentLength')) return { sent: true, reason: 'response_too_large' }
  return { sent: isOpen(cause) || !beforeSending.has(reason), reason }
}

/** The same codes are also reported for a host that is lost during an open connection; the system call is then a read or a write. */
const isOpen = (cause: unknown): boolean =>
  /^(?:read|write)/.test((cause as { syscall?: string } | undefined)?.syscall ?? '')
