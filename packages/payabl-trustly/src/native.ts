import {
  type Either,
  either,
  isLeft,
  left,
  type PaymentError,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import { mapError } from './map-error.ts'
import { type Answer, looksLikeAnswer, parseAnswer } from './wire/answer.ts'
import { answerLost, callPayabl, type PayablAccount, type PayablReply, queryLost, queryTooWide } from './wire/call.ts'
import { type Diagnosis, parseDiagnosis } from './wire/diagnose.ts'
import type { Parameter } from './wire/parameters.ts'
import type { QueryResult } from './wire/query-answer.ts'
import { parseResent, type Resent } from './wire/resend.ts'

/** Parameters in payabl's spelling, without merchantid and signature; absent ones are left out. */
export type PayablParameters = Readonly<Record<string, string | undefined>>

/** payabl's own words, signed: the way out for what we do not wrap. Nothing is ever sent twice. */
export interface PayablClient {
  preauthorize(parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, Answer>
  refund(parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, Answer>
  /** A query: its status says that the query worked, nothing of the payment. */
  diagnose(parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, Diagnosis>
  /** Asks payabl to send a transaction's last notification again. */
  sendNotification(parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, Resent>
  /** Any action; the answer as it came. */
  call(action: string, parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, PayablReply>
}

export const createPayablClient = (account: PayablAccount): PayablClient => {
  const call: PayablClient['call'] = (action, parameters, signal) =>
    callPayabl(account, { action, parameters: present(parameters), ...(signal && { signal }) })
  const payment = (action: string) => (parameters: PayablParameters, signal?: AbortSignal) =>
    pipe(call(action, parameters, signal), taskEither.flatMap(readAnswer))
  const query =
    <F extends { readonly kind: string }, A extends QueryResult>(
      action: string,
      parse: (body: Uint8Array) => Promise<Either<F, A>>,
    ) =>
    (parameters: PayablParameters, signal?: AbortSignal) =>
      pipe(
        call(action, parameters, signal),
        taskEither.flatMap((reply) => readQuery(reply, parse)),
      )
  return {
    call,
    preauthorize: payment('payment_preauthorize'),
    refund: payment('payment_refund'),
    diagnose: query('tx_diagnose', parseDiagnosis),
    sendNotification: query('send_notification', parseResent),
  }
}

const present = (parameters: PayablParameters): readonly Parameter[] =>
  Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))

/** Errors of business come as HTTP 200, but a form with a `status` is payabl's word whatever stands above it. */
const readAnswer = ({ status, body }: PayablReply): TaskEither<PaymentError, Answer> =>
  taskEither.fromEither(
    status === 200 || looksLikeAnswer(body)
      ? pipe(
          parseAnswer(body),
          either.mapLeft(({ kind }) => answerLost(`it is no ${kind}`)),
        )
      : left(answerLost(`HTTP ${status}`)),
  )

const readQuery =
  <F extends { readonly kind: string }, A extends QueryResult>(
    { status, body }: PayablReply,
    parse: (body: Uint8Array) => Promise<Either<F, A>>,
  ): TaskEither<PaymentError, A> =>
  async () => {
    if (status === 504) return left(queryTooWide())
    if (status !== 200) return left(queryLost(`HTTP ${status}`))
    const parsed = await parse(body)
    if (isLeft(parsed)) return left(queryLost(`it is no ${parsed.left.kind}`))
    const { queryStatus, errorMessage = '' } = parsed.right
    return queryStatus === '0' ? parsed : left(mapError({ status: queryStatus, errormessage: errorMessage }, 'refused'))
  }
