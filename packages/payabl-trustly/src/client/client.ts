import {
  addressOf,
  type Either,
  either,
  isLeft,
  left,
  type PaymentError,
  pipe,
  right,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import {
  classifyResponse,
  looksLikeResponse,
  type PaymentResponse,
  readPaymentResponse,
} from '../wire/payment-response.ts'
import type { QueryResult } from '../wire/query-result.ts'
import { inBothSpellings } from '../wire/redact-error-text.ts'
import { type Resent, readResent } from '../wire/resend.ts'
import { type Diagnosis, type ListedTransaction, readDiagnosis } from '../wire/tx-diagnose.ts'
import { callPayabl, type PayablAccount, type PayablResponse, queryFailed, queryTooWide, responseLost } from './call.ts'
import { listTransactions } from './list-transactions.ts'
import { mapError } from './map-error.ts'
import {
  type CaptureParameters,
  type CftToAccount,
  type CftToPayer,
  type DiagnoseSelector,
  type ListedType,
  listParameters,
  type PayablParameters,
  type PreauthorizeParameters,
  type RefundParameters,
  type ResendParameters,
  type ReversalParameters,
} from './parameter-types.ts'

type Call<Parameters, A> = (parameters: Parameters, signal?: AbortSignal) => TaskEither<PaymentError, A>

/**
 * payabl's API in payabl's own names, signed, for what `PaymentProvider` does not cover. Right: accepted (`status` 0) or pending
 * (2000), neither of which is "paid". Left: every other status, and no valid response; for money out, codes that leave the result open
 * are `may_have_happened`. Nothing is ever sent twice: payabl would process it twice.
 */
export interface PayablClient {
  readonly preauthorize: Call<PreauthorizeParameters, PaymentResponse>
  /** payment_cft: pays out, to the payer of an earlier transaction or to new account details. */
  readonly cft: Call<CftToPayer | CftToAccount, PaymentResponse>
  readonly refund: Call<RefundParameters, PaymentResponse>
  readonly capture: Call<CaptureParameters, PaymentResponse>
  readonly reversal: Call<ReversalParameters, PaymentResponse>
  /** Looks up a transaction, an order or a type. An empty result does not prove that nothing happened. */
  readonly diagnose: Call<DiagnoseSelector, Diagnosis>
  /**
   * All transactions of a type between two days (ISO dates, both inclusive), in payabl's order, month by month. If payabl times
   * out, shorter periods are tried. Throws PaymentError.
   */
  readonly list: (
    type: ListedType,
    days: { readonly from: string; readonly to: string },
    signal?: AbortSignal,
  ) => AsyncIterable<ListedTransaction>
  /** Asks payabl to send a transaction's last notification again. */
  readonly sendNotification: Call<ResendParameters, Resent>
  /** Any action, with the response as received. */
  call(action: string, parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, PayablResponse>
}

export const createPayablClient = (account: PayablAccount): PayablClient => {
  const call: PayablClient['call'] = (action, parameters, signal) =>
    callPayabl(account, { action, parameters: listParameters(parameters), ...(signal && { signal }) })
  const payment =
    (action: string, money: 'in' | 'out') =>
    (parameters: PayablParameters, signal?: AbortSignal): TaskEither<PaymentError, PaymentResponse> =>
      pipe(
        call(action, parameters, signal),
        taskEither.flatMap(
          (response) => async () =>
            readPayment(account, response, money, await inBothSpellings(parameters, account.encoding)),
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
        taskEither.flatMap((response) => readQuery(account, response, parse)),
      )
  const diagnose: PayablClient['diagnose'] = query('tx_diagnose', readDiagnosis)
  return {
    call,
    preauthorize: payment('payment_preauthorize', 'in'),
    cft: payment('payment_cft', 'out'),
    refund: payment('payment_refund', 'out'),
    capture: payment('payment_capture', 'out'),
    reversal: payment('payment_reversal', 'out'),
    diagnose,
    list: (type, days, signal) => listTransactions(diagnose, type, days, signal),
    sendNotification: query('send_notification', readResent),
  }
}

/** Business errors have HTTP 200. A form with a `status` is payabl's response whatever the HTTP status is. */
const readPayment = (
  account: PayablAccount,
  { status, body }: PayablResponse,
  money: 'in' | 'out',
  sent: PayablParameters,
): Either<PaymentError, PaymentResponse> =>
  status === 200 || looksLikeResponse(body)
    ? pipe(
        readPaymentResponse(body),
        either.mapLeft(({ kind }) => responseLost(`it is not a ${kind}`, account)),
        either.flatMap((response) => judge(response, money, { sent, account })),
      )
    : left(responseLost(otherStatus(status, account.url), account))

const judge = (
  response: PaymentResponse,
  money: 'in' | 'out',
  context: Parameters<typeof mapError>[2],
): Either<PaymentError, PaymentResponse> => {
  const effect = classifyResponse(response, money)
  switch (effect) {
    case 'accepted':
    case 'pending':
      return right(response)
    case 'refused':
      return left(mapError(response, 'refused', context))
    case 'unknown-outcome':
      return left(mapError(response, 'may_have_happened', context))
    default:
      return effect satisfies never
  }
}

/** Whoever answers like this may not be payabl. */
const otherStatus = (status: number, url: string): string => `HTTP ${status} at ${addressOf(url)}`

const readQuery =
  <F extends { readonly kind: string }, A extends QueryResult>(
    account: PayablAccount,
    { status, body }: PayablResponse,
    parse: (body: Uint8Array) => Promise<Either<F, A>>,
  ): TaskEither<PaymentError, A> =>
  async () => {
    if (status === 504) return left(queryTooWide())
    if (status !== 200) return left(queryFailed(otherStatus(status, account.url), account))
    const parsed = await parse(body)
    if (isLeft(parsed)) return left(queryFailed(`it is not a ${parsed.left.kind}`, account))
    const { queryStatus, errorMessage = '' } = parsed.right
    return queryStatus === '0'
      ? parsed
      : left(mapError({ status: queryStatus, errormessage: errorMessage }, 'refused', { account }))
  }
