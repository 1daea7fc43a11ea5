import { setTimeout as pause } from 'node:timers/promises'
import {
  type Either,
  isLeft,
  left,
  PaymentError,
  right,
  type TaskEither,
  type Transport,
  type TransportFailure,
  type WireAnswer,
} from '@railswitch/core'
import * as z from 'zod'
import { readAnswer, requestBody } from '../wire/envelope.ts'
import type { JsonObject, JsonValue } from '../wire/json-text.ts'
import type { Signed, SigningFault } from '../wire/signature.ts'
import { mapError } from './map-error.ts'

/** One merchant account at one environment, ready to call: no key is read after the start. */
export interface TrustlyAccount {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly transport: Transport
  /** For one exchange; Trustly gives no figure, and 30 s is the least that its own clients use. */
  readonly timeoutMs: number
  /** The pauses before the identical request is sent again when no answer can be believed. */
  readonly replayAfterMs: readonly number[]
  /** On the thread pool, for requests. */
  sign(message: Signed): Promise<Either<SigningFault, string>>
  /** On this thread, for acknowledgements. */
  signSync(message: Signed): Either<SigningFault, string>
  verify(message: Signed, signature: string): boolean
}

export interface TrustlyRequest {
  readonly method: string
  readonly uuid: string
  /** Without Username and Password. */
  readonly data: JsonObject
  /** An earlier call of this very request may have reached Trustly. */
  readonly resumed: boolean
  /** In bytes. Default 1 MiB; a report of a busy day takes 12 MB, and 32 MiB is its default. */
  readonly largestAnswer?: number
  readonly signal?: AbortSignal
}

/** What a merchant's whole day or more comes in. */
const reports: ReadonlySet<string> = new Set(['AccountLedger', 'ViewAutomaticSettlementDetailsCSV'])
const largestOf = ({ method, largestAnswer }: TrustlyRequest): number =>
  largestAnswer ?? (reports.has(method) ? 32 : 1) * 1024 * 1024

/**
 * Signs, sends, verifies, and only then reads. An answer that is lost or cannot be believed is asked for again with the
 * identical bytes: Trustly answers a repeated UUID as before instead of processing it again.
 * @see https://docs.trustly.com/api/api-protocol (read 2026-11-21)
 */
export const callTrustly =
  (account: TrustlyAccount, request: TrustlyRequest): TaskEither<PaymentError, JsonValue> =>
  async () => {
    const data = { ...request.data, Username: account.username, Password: account.password }
    const signature = await account.sign({ method: request.method, uuid: request.uuid, data })
    if (isLeft(signature)) return left(unsignable(request.resumed))
    const body = new TextEncoder().encode(requestBody(request.method, request.uuid, signature.right, data))
    let mayHaveHappened = request.resumed
    let lost = 'no answer'
    for (const pauseMs of [0, ...account.replayAfterMs]) {
      if (!(await waited(pauseMs, request.signal))) break
      const answer = await send(account, request, body)
      if (isLeft(answer)) {
        lost = answer.left.reason
        if (lost === tooLarge) return left(answerTooLarge(request))
        if (!answer.left.sent && !mayHaveHappened) return left(unreachable(lost))
        mayHaveHappened ||= answer.left.sent
        continue
      }
      const read = readBelievable(account, request, answer.right, mayHaveHappened)
      if (read !== 'not believed') return read
      lost = `an answer (HTTP ${answer.right.status}) that Trustly did not sign for this request`
      mayHaveHappened = true
    }
    return left(mayHaveHappened ? answerLost(lost) : unreachable(lost))
  }

const waited = async (ms: number, signal: AbortSignal | undefined): Promise<boolean> => {
  if (ms > 0) await pause(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
  return !signal?.aborted
}

const tooLarge = 'answer_too_large'

/** The transport cuts a large answer off; an application's own may not. */
const send = async (
  account: TrustlyAccount,
  request: TrustlyRequest,
  body: Uint8Array,
): Promise<Either<TransportFailure, WireAnswer>> => {
  const largestAnswer = largestOf(request)
  const answer = await account.transport({
    url: account.url,
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body,
    timeoutMs: account.timeoutMs,
    largestAnswer,
    ...(request.signal && { signal: request.signal }),
  })()
  if (isLeft(answer) || answer.right.body.byteLength <= largestAnswer) return answer
  return left({ sent: true, reason: tooLarge })
}

const errorData = z.object({ code: z.string(), message: z.string() })

/** Trustly sends errors with HTTP 200; the status is no part of what is signed. */
const readBelievable = (
  account: TrustlyAccount,
  request: TrustlyRequest,
  answer: WireAnswer,
  mayHaveHappened: boolean,
): Either<PaymentError, JsonValue> | 'not believed' => {
  const text = decode(answer.body)
  const part = text === null ? null : readAnswer(text)
  if (part === null || isLeft(part)) return 'not believed'
  const { kind, signature, data } = part.right
  const { method, uuid } = request
  if (part.right.uuid !== uuid || part.right.method !== method || !account.verify(part.right, signature))
    return 'not believed'
  if (kind === 'result') return right(data)
  const error = errorData.safeParse(data)
  if (!error.success) return 'not believed'
  const { code, message: name } = error.data
  return left(mapError({ code, name }, request, mayHaveHappened))
}

const decode = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The configuration signs a probe at the start, so that this takes a change of the host's OpenSSL policy since. */
const unsignable = (mayHaveHappened: boolean): PaymentError =>
  new PaymentError({
    code: 'misconfigured',
    effect: mayHaveHappened ? 'may_have_happened' : 'not_sent',
    again: 'same_attempt',
    message: 'This host cannot sign with `privateKey`.',
    hint: "Check the host's OpenSSL policy; nothing was sent now.",
  })

const unreachable = (reason: string): PaymentError =>
  new PaymentError({
    code: 'unreachable',
    effect: 'not_sent',
    again: 'same_attempt',
    message: `Trustly could not be reached (${reason}).`,
    hint: 'Nothing was sent: call again with the same attempt.',
  })

const answerLost = (reason: string): PaymentError =>
  new PaymentError({
    code: 'answer_lost',
    effect: 'may_have_happened',
    again: 'same_attempt',
    message: `Trustly's answer was lost (${reason}).`,
    hint: 'Call again with the same reference and attempt: the identical request is sent, and is not processed twice.',
  })

/** Asking for it again would give the same. */
const answerTooLarge = (request: TrustlyRequest): PaymentError =>
  new PaymentError({
    code: 'answer_lost',
    effect: 'may_have_happened',
    again: 'after_lookup',
    message: `The answer to ${request.method} is larger than ${largestOf(request)} bytes, and was not read.`,
    hint: reports.has(request.method) ? 'Ask for a shorter period.' : 'Look into the back office before trying again.',
  })
