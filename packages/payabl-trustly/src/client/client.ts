import {
  type Either,
  either,
  isLeft,
  left,
  type PaymentError,
  pipe,
  right,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import { type Diagnosis, type ListedTransaction, parseDiagnosis } from '../wire/diagnose.ts'
import { listParameters } from '../wire/list-parameters.ts'
import { type Answer, classifyAnswer, looksLikeAnswer, parseAnswer } from '../wire/payment-response.ts'
import type { QueryResult } from '../wire/query-result.ts'
import { parseResent, type Resent } from '../wire/resend.ts'
import { inBothSpellings } from '../wire/vendor-text.ts'
import { answerLost, callPayabl, type PayablAccount, type PayablReply, queryLost, queryTooWide } from './call.ts'
import { listTransactions } from './list-transactions.ts'
import { mapError } from './map-error.ts'
import type {
  CaptureParameters,
  CftToAccount,
  CftToPayer,
  DiagnoseSelector,
  ListedType,
  PayablParameters,
  PreauthorizeParameters,
  RefundParameters,
  ResendParameters,
  ReversalParameters,
} from './parameters.ts'

type Native<Parameters, A> = (parameters: Parameters, signal?: AbortSignal) => TaskEither<PaymentError, A>

/**
 * payabl's own words, signed: the way out for what we do not wrap. Right: accepted (`status` 0) or pending (2000), neither of
 * which is "paid". Left: every other status, and answers that were lost; for money out, codes that leave it open are
 * `may_have_happened`. Nothing is ever sent twice: payabl would do it twice.
 */
export interface PayablClient {
  readonly preauthorize: Native<PreauthorizeParameters, Answer>
  /** payment_cft: pays out, to the payer of an earlier transaction or to new account details. */
  readonly cft: Native<CftToPayer | CftToAccount, Answer>
  readonly refund: Native<RefundParameters, Answer>
  readonly capture: Native<CaptureParameters, Answer>
  readonly reversal: Native<ReversalParameters, Answer>
  /** What payabl knows of a transaction, an order or a type. Nothing found is no proof that nothing happened. */
  readonly diagnose: Native<DiagnoseSelector, Diagnosis>
  /** Everything of a type between two days (ISO dates, both inclusive), as payabl orders it, month by month. Throws
   *  PaymentError; asks for shorter times by itself where payabl gives up. */
  readonly list: (
    type: ListedType,
    days: { readonly from: string; readonly to: string },
    signal?: AbortSignal,
  ) => AsyncIterable<ListedTransaction>
  /** Asks payabl to send a transaction's last notification again. */
  readonly sendNotification: Native<ResendParameters, Resent>
  /** Any action, and the answer as it came. */
  call(action: string, parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, PayablReply>
}

export const createPayablClient = (account: PayablAccount): PayablClient => {
  const call: PayablClient['call'] = (action, parameters, signal) =>
    callPayabl(account, { action, parameters: listParameters(parameters), ...(signal && { signal }) })
  const payment =
    (action: string, money: 'in' | 'out') =>
    (parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, Answer> =>
      pipe(
        call(action, parameters, signal),
        taskEither.flatMap(
          (reply) => async () => readAnswer(reply, money, await inBothSpellings(parameters, account.encoding)),
        ),
      )
  const query =
    <F extends { readonly kind: string }, A extends QueryResult>(
      action: string,
      parse: (body: Uint8Array) => Promise<Either<F, A>>,
    ) =>
    (parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, A> =>
      pipe(
        call(action, parameters, signal),
        taskEither.flatMap((reply) => readQuery(reply, parse)),
      )
  const diagnose: PayablClient['diagnose'] = query('tx_diagnose', parseDiagnosis)
  return {
    call,
    preauthorize: payment('payment_preauthorize', 'in'),
    cft: payment('payment_cft', 'out'),
    refund: payment('payment_refund', 'out'),
    capture: payment('payment_capture', 'out'),
    reversal: payment('payment_reversal', 'out'),
    diagnose,
    list: (type, days, signal) => listTransactions(diagnose, type, days, signal),
    sendNotification: query('send_notification', parseResent),
  }
}

/** Errors of business come as HTTP 200, but a form with a `status` is payabl's word whatever stands above it. */
const readAnswer = (
  { status, body }: PayablReply,
  money: 'in' | 'out',
  sent: PayablParameters,
): Either<PaymentError, Answer> =>
  status === 200 || looksLikeAnswer(body)
    ? pipe(
        parseAnswer(body),
        either.mapLeft(({ kind }) => answerLost(`it is no ${kind}`)),
        either.flatMap((answer) => judge(answer, money, sent)),
      )
    : left(answerLost(`HTTP ${status}`))

const judge = (answer: Answer, money: 'in' | 'out', sent: PayablParameters): Either<PaymentError, Answer> => {
  const verdict = classifyAnswer(answer, money)
  switch (verdict) {
    case 'accepted':
    case 'pending':
      return right(answer)
    case 'refused':
      return left(mapError(answer, 'refused', sent))
    case 'unknown-outcome':
      return left(mapError(answer, 'may_have_happened', sent))
    default:
      return verdict satisfies never
  }
}

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
