import { either, type PaymentError, pipe, type TaskEither, taskEither } from '@railswitch/core'
import { type Answer, parseAnswer } from './wire/answer.ts'
import { answerLost, callPayabl, type PayablAccount } from './wire/call.ts'
import { type Diagnosis, parseDiagnosis } from './wire/diagnose.ts'
import type { Parameter } from './wire/parameters.ts'
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
  /** Any action; the answer's bytes as they came. */
  call(action: string, parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, Uint8Array>
}

export const createPayablClient = (account: PayablAccount): PayablClient => {
  const call: PayablClient['call'] = (action, parameters, signal) =>
    callPayabl(account, { action, parameters: present(parameters), ...(signal && { signal }) })
  const payment = (action: string) => (parameters: PayablParameters, signal?: AbortSignal) =>
    pipe(
      call(action, parameters, signal),
      taskEither.flatMap((body) =>
        taskEither.fromEither(
          pipe(
            parseAnswer(body),
            either.mapLeft(({ kind }) => answerLost(`it is no ${kind}`)),
          ),
        ),
      ),
    )
  return {
    call,
    preauthorize: payment('payment_preauthorize'),
    refund: payment('payment_refund'),
    diagnose: (parameters, signal) =>
      pipe(
        call('tx_diagnose', parameters, signal),
        taskEither.flatMap((body) => read(() => parseDiagnosis(body))),
      ),
    sendNotification: (parameters, signal) =>
      pipe(
        call('send_notification', parameters, signal),
        taskEither.flatMap((body) => read(() => parseResent(body))),
      ),
  }
}

const present = (parameters: PayablParameters): readonly Parameter[] =>
  Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))

const read = <F extends { readonly kind: string }, A>(parse: TaskEither<F, A>): TaskEither<PaymentError, A> =>
  pipe(
    parse,
    taskEither.mapLeft(({ kind }) => answerLost(`it is no ${kind}`)),
  )
