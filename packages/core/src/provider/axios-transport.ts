import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { AxiosError, AxiosInstance } from 'axios'
import { taskEither } from '../fp.ts'
import type { Transport, TransportFailure, WireRequest, WireResponse } from './transport.ts'

/** A ledger answer of a busy day is about 12 MB. */
const defaultLargestAnswer = 32 * 1024 * 1024

/**
 * Idle connections are closed before a server closes them, commonly after 5 seconds or more: a request that meets such a close may
 * have been executed, and money out that cannot be repeated would need a person.
 */
const connections = { keepAlive: true, timeout: 4_000 }

/** These are raised while connecting, before a byte of the request leaves. */
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
 * The byte pipe on axios, which is imported with the first call. `agent`: the application's own, for a proxy or its own
 * limits; by default connections are kept alive for four seconds.
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
  { url, headers, body, timeoutMs, largestResponse = defaultLargestAnswer, signal }: WireRequest,
): Promise<WireResponse> => {
  const call = abortable(timeoutMs, signal)
  try {
    const answer = await client.post<Uint8Array>(url, Buffer.from(body), {
      headers: { accept: '*/*', 'user-agent': 'railswitch', ...headers },
      maxContentLength: largestResponse,
      signal: call.signal,
    })
    return { status: answer.status, contentType: String(answer.headers['content-type'] ?? ''), body: answer.data }
  } finally {
    call.end()
  }
}

/**
 * Aborts after a time, or with `outer`. The timer is our own: a signal composed by `AbortSignal.any` of an `AbortSignal.timeout` is
 * collected as garbage on Node 20, and the call would wait for ever.
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

/** An AxiosError holds the request's body and headers: it ends here. */
const toFailure = (error: unknown): TransportFailure => {
  const { code, cause, message } = error as AxiosError
  const reason =
    code === 'ERR_CANCELED' ? 'timeout' : (code ?? (cause as { code?: string } | undefined)?.code ?? 'failed')
  if (message.startsWith('maxContentLength')) return { sent: true, reason: 'response_too_large' }
  return { sent: isOpen(cause) || !beforeSending.has(reason), reason }
}

/** The network reports a host that went away on an open connection by the same codes, on a read or write of it. */
const isOpen = (cause: unknown): boolean =>
  /^(?:read|write)/.test((cause as { syscall?: string } | undefined)?.syscall ?? '')
