import {
  minuteMs,
  notFound,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PaymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { PaymentResponse } from '../wire/payment-response.ts'

/** payabl does not state how soon its lists show a call. */
const visibleAfterMs = 15 * minuteMs

interface OutcomeContext {
  readonly named: readonly string[]
  readonly now: () => Date
}

/**
 * The outcome of a call that moves money out. An error that leaves open whether it happened becomes the outcome `unknown`: payabl
 * would process a repeated call twice. `named`: the transactions that the request names; if the response repeats one, it is not a new id.
 */
export const toOutcome = (
  response: TaskEither<PaymentError, PaymentResponse>,
  payment: PaymentRef,
  { named, now }: OutcomeContext,
): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  pipe(
    response,
    taskEither.map(({ transactionid }) => ({
      result: { status: 'accepted' as const, payment },
      vendorIds: transactionid === undefined || named.includes(transactionid) ? [] : [transactionid],
    })),
    taskEither.orElse((error) =>
      error.effect === 'may_have_happened'
        ? taskEither.right<PaymentError, OperationResponse<Outcome>>({
            result: toUnknown(error, payment, now()),
            vendorIds: [],
          })
        : taskEither.left<PaymentError, OperationResponse<Outcome>>(error),
    ),
  )

const toUnknown = (error: PaymentError, payment: PaymentRef, now: Date): Outcome => ({
  status: 'unknown',
  payment,
  resolveBy: 'lookup',
  notBefore: new Date(now.getTime() + visibleAfterMs).toISOString(),
  error: error.toJSON(),
})

/** A refund or a payout to the payer needs the transaction of the deposit. */
export const notCredited = (): PaymentError =>
  notFound({
    retry: 'same_attempt',
    message: "The deposit's transaction is not known: no credited callback has reported it yet.",
    hint: 'Wait until the deposit is credited.',
  })
