import {
  type Either,
  isLeft,
  left,
  noValidResponse,
  type PaymentError,
  type Runtime,
  right,
  type TaskEither,
  type Transport,
  type TransportFailure,
  taskEither,
  unreachable,
  type WireResponse,
} from '@railswitch/core/provider'
import type { Config } from '../config.ts'
import { readJson, toJson } from '../wire/json.ts'
import { errorSchema } from '../wire/objects.ts'
import { isResponseSigned, signRequest } from '../wire/signature.ts'
import { mapError } from './map-error.ts'

export interface CallDependencies {
  readonly config: Config
  readonly transport: Transport
  readonly runtime: Runtime
}

/** A request of the API. A POST has an idempotency key and a body. */
export type ApiRequest = { readonly path: string; readonly signal: AbortSignal } & (
  | { readonly method: 'GET' }
  | {
      readonly method: 'POST'
      readonly idempotencyKey: string
      readonly body: object
      /** An earlier call with this key may have reached Meridian. */
      readonly resumed: boolean
    }
)

/** Sends a signed request. Right: the body of a response that Meridian signed. */
export type Call = (request: ApiRequest) => TaskEither<PaymentError, unknown>

const timeoutMs = 30_000

/** Only the time and the signature over it differ between the repetitions of a request. */
export const createCall = ({ config, transport, runtime }: CallDependencies): Call => {
  const [secret] = config.secrets
  return (request) => async () => {
    const { method, path, signal } = request
    const { idempotencyKey, body, resumed } =
      request.method === 'POST'
        ? { idempotencyKey: request.idempotencyKey, body: toJson(request.body), resumed: request.resumed }
        : { idempotencyKey: '', body: new Uint8Array(), resumed: false }
    const time = String(Math.floor(runtime.now().getTime() / 1000))
    const signature = signRequest(secret, { time, method, path, idempotencyKey, body })
    const headers = {
      'content-type': 'application/json',
      'meridian-key': config.apiKey,
      'meridian-time': time,
      'meridian-signature': signature,
      ...(method === 'POST' && { 'idempotency-key': idempotencyKey }),
    }
    const send = async () => transport({ method, url: config.url + path, headers, body, timeoutMs, signal })()
    const response = await taskEither.tryCatch(send, thrown)()
    if (isLeft(response)) return left(response.left)
    if (isLeft(response.right)) return left(failure(response.right.left, config.url, resumed))
    return readResponse(response.right.right, { secret, request: signature, resumed })
  }
}

/** The transport of the application throws, which its contract does not allow. */
const thrown = (): PaymentError =>
  noValidResponse({
    retry: 'same_attempt',
    message: 'The transport failed.',
    hint: 'The transport of the configuration must return its failures: correct it, then repeat the call.',
  })

const failure = ({ sent, reason }: TransportFailure, url: string, resumed: boolean): PaymentError =>
  sent || resumed
    ? noValidResponse({
        retry: 'same_attempt',
        message: `Meridian sent no response (${reason}).`,
        hint: 'What happened to the call is not known: repeat it, or wait for sync().',
      })
    : unreachable('Meridian', reason, url)

interface Sent {
  readonly secret: string
  /** The signature of the request. */
  readonly request: string
  readonly resumed: boolean
}

const readResponse = (response: WireResponse, { secret, request, resumed }: Sent): Either<PaymentError, unknown> => {
  const { status, headers = {}, body } = response
  const signature = headers['meridian-signature'] ?? ''
  if (!isResponseSigned(secret, { signature, request, status, body })) return left(unsigned(status))
  const json = readJson(body)
  if (isLeft(json)) return left(unreadable(status))
  if (status >= 200 && status < 300) return right(json.right)
  const error = errorSchema.safeParse(json.right)
  return left(error.success ? mapError({ status, ...error.data.error }, resumed) : unreadable(status))
}

const unsigned = (status: number): PaymentError =>
  noValidResponse({
    retry: 'same_attempt',
    message: `The response (HTTP ${status}) has no signature of Meridian.`,
    hint:
      status === 401
        ? 'Check apiKey and secret: Meridian cannot sign its response if it does not know the account.'
        : 'Something between this machine and Meridian wrote it: check url and the proxy.',
  })

/** Signed by Meridian, and not of the documented form. */
export const unreadable = (status: number): PaymentError =>
  noValidResponse({
    retry: 'same_attempt',
    message: `The response of Meridian (HTTP ${status}) has another form than documented.`,
    hint: 'What happened to the call is not known. Report it to the author of this provider.',
  })
