import {
  addressOf,
  checkOption,
  type Either,
  isLeft,
  left,
  noValidResponse,
  type PaymentError,
  pause,
  type Runtime,
  right,
  type TaskEither,
  type Transport,
  type TransportFailure,
  unreachable,
  type WireResponse,
} from '@railswitch/core/provider'
import * as z from 'zod'
import { type MessageSigner, signingError } from '../message-signer.ts'
import { checkKey, type SignatureCheck, trustedKeysIn } from '../trusted-keys.ts'
import { decodeUtf8, readResponseEnvelope, requestBody } from '../wire/envelope.ts'
import type { JsonObject, JsonValue } from '../wire/json-text.ts'
import { mapError } from './map-error.ts'

/** One merchant account in one environment, ready to call: no key is read after the start. */
export interface TrustlyAccount extends MessageSigner, SignatureCheck {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly transport: Transport
  readonly runtime: Runtime
  /** For one exchange. Trustly names no limit; its own clients use 30 s or more. */
  readonly timeoutMs: number
  /** The pauses before the identical request is sent again, while there is no valid response. */
  readonly replayAfterMs: readonly number[]
}

export interface TrustlyRequest {
  readonly method: string
  readonly uuid: string
  /** Without Username and Password. */
  readonly data: JsonObject
  /** An earlier call of the identical request may have reached Trustly. */
  readonly resumed: boolean
  /** In bytes. Default 1 MiB, and 32 MiB for the reports of a day: a busy day takes 12 MB. */
  readonly largestResponse?: number
  readonly signal?: AbortSignal
}

/** Their responses hold a merchant's whole day or more. */
const reports: ReadonlySet<string> = new Set(['AccountLedger', 'ViewAutomaticSettlementDetailsCSV'])
const largestOf = ({ method, largestResponse }: TrustlyRequest): number =>
  largestResponse ?? (reports.has(method) ? 32 : 1) * 1024 * 1024

/**
 * Signs, sends, verifies, and only then reads. Without a valid response, the identical bytes are sent again: Trustly repeats its
 * response to a repeated UUID instead of processing the request again.
 * @see https://docs.trustly.com/api/api-protocol (read 2026-11-21)
 */
export const callTrustly =
  (account: TrustlyAccount, request: TrustlyRequest): TaskEither<PaymentError, JsonValue> =>
  async () => {
    const body = await signedBody(account, request)
    if (isLeft(body)) return body
    let mayHaveHappened = request.resumed
    let failure = 'no response'
    let hint = repeatIt
    for (const pauseMs of [0, ...account.replayAfterMs]) {
      if (!(await waited(account, pauseMs, request.signal))) break
      const response = await send(account, request, body.right)
      if (isLeft(response)) {
        failure = response.left.reason
        if (failure === tooLarge) return left(responseTooLarge(request))
        if (!response.left.sent && !mayHaveHappened) return left(unreachable('Trustly', failure, account.url))
        mayHaveHappened ||= response.left.sent
        continue
      }
      const read = readVerified(account, request, response.right, mayHaveHappened)
      if (typeof read !== 'string') return read
      failure = `a response (HTTP ${response.right.status}) ${faults[read](account)}`
      hint = [hintAt[read]?.(account), repeatIt].join(' ').trim()
      mayHaveHappened = true
    }
    return left(mayHaveHappened ? responseLost(account, failure, hint) : unreachable('Trustly', failure, account.url))
  }

const signedBody = async (
  { username, password, sign }: TrustlyAccount,
  { method, uuid, data: given, resumed }: TrustlyRequest,
): Promise<Either<PaymentError, Uint8Array>> => {
  const data = { ...given, Username: username, Password: password }
  const signature = await sign({ method, uuid, data })
  if (isLeft(signature)) return left(signingError(signature.left, resumed))
  return right(new TextEncoder().encode(requestBody(method, uuid, signature.right, data)))
}

/** Whether the call goes on: it was not aborted. */
const waited = async ({ runtime }: TrustlyAccount, ms: number, signal: AbortSignal | undefined): Promise<boolean> => {
  if (ms > 0) await pause(runtime, ms, signal)
  return !signal?.aborted
}

const tooLarge = 'response_too_large'

/** Our transport cuts a large response off; the application's own transport may not. */
const send = async (
  account: TrustlyAccount,
  request: TrustlyRequest,
  body: Uint8Array,
): Promise<Either<TransportFailure, WireResponse>> => {
  const largestResponse = largestOf(request)
  const response = await account.transport({
    url: account.url,
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body,
    timeoutMs: account.timeoutMs,
    largestResponse,
    ...(request.signal && { signal: request.signal }),
  })()
  if (isLeft(response) || response.right.body.byteLength <= largestResponse) return response
  return left({ sent: true, reason: tooLarge })
}

/** Why a response is not believed. */
type ResponseFault = 'other_form' | 'wrong_signature' | 'other_request'

const faults: { readonly [F in ResponseFault]: (account: TrustlyAccount) => string } = {
  other_form: () => "that does not have the form of Trustly's responses",
  wrong_signature: ({ trustedKeys }) => `whose signature does not verify with ${trustedKeysIn(trustedKeys)}`,
  other_request: () => 'that Trustly signed for another request',
}

/** What to check if it happens again. */
const hintAt: { readonly [F in ResponseFault]?: (account: TrustlyAccount) => string } = {
  other_form: (account) =>
    `If this is so every time, the address is not that of the API: ${checkOption(account, 'url')}`,
  wrong_signature: checkKey,
}

const errorData = z.object({ code: z.string(), message: z.string() })

/** Trustly sends errors with HTTP 200. The HTTP status is not signed, and is not read. */
const readVerified = (
  account: TrustlyAccount,
  request: TrustlyRequest,
  response: WireResponse,
  mayHaveHappened: boolean,
): Either<PaymentError, JsonValue> | ResponseFault => {
  const text = decodeUtf8(response.body)
  const part = text === null ? null : readResponseEnvelope(text)
  if (part === null || isLeft(part)) return 'other_form'
  const { kind, signature, data } = part.right
  const { method, uuid } = request
  if (!account.verify(part.right, signature)) return 'wrong_signature'
  if (part.right.uuid !== uuid || part.right.method !== method) return 'other_request'
  if (kind === 'result') return right(data)
  const error = errorData.safeParse(data)
  if (!error.success) return 'other_form'
  const { code, message: name } = error.data
  return left(mapError({ code, name }, request, mayHaveHappened))
}

const responseLost = ({ url }: TrustlyAccount, reason: string, hint: string): PaymentError =>
  noValidResponse({
    retry: 'same_attempt',
    message: `Trustly gave no valid response at ${addressOf(url)} (${reason}).`,
    hint,
  })

const repeatIt =
  'Call again with the same reference and attempt: the identical request is sent again, and Trustly does not process it twice.'

/** A repetition would give the same response. */
const responseTooLarge = (request: TrustlyRequest): PaymentError =>
  noValidResponse({
    message: `The response to ${request.method} is larger than ${largestOf(request)} bytes, and was not read.`,
    hint: reports.has(request.method) ? 'Ask for a shorter period.' : 'Look into the back office before trying again.',
  })
