import {
  type OperationResponse,
  type Outcome,
  PaymentError,
  type PaymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import { readResult } from '../client/map-error.ts'
import type { TrustlyResponse } from '../client/methods/methods.ts'

interface OutcomeContext {
  readonly method:
    | 'Refund'
    | 'AccountPayout'
    | 'RegisterAccountPayout'
    | 'Charge'
    | 'DirectDebit'
    | 'DirectCredit'
    | 'RefundDirectDebit'
    | 'ImportDirectDebitMandate'
  readonly now: () => Date
}

/**
 * The outcome of a call that moves money out. An error that leaves open whether it happened becomes the outcome `unknown`: Trustly
 * repeats its response to an identical request.
 */
export const toOutcome = (
  response: TaskEither<PaymentError, TrustlyResponse<'Refund' | 'Charge'>>,
  payment: PaymentRef,
  { method, now }: OutcomeContext,
): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  pipe(
    response,
    taskEither.flatMap(({ orderid, ...result }) =>
      pipe(
        taskEither.fromEither(readResult(method, result)),
        taskEither.map((status) => ({ result: { status, payment }, vendorIds: orderid === null ? [] : [orderid] })),
      ),
    ),
    taskEither.orElse((error) =>
      error.effect === 'may_have_happened'
        ? taskEither.right<PaymentError, OperationResponse<Outcome>>({
            result: toUnknown(error, payment, now()),
            vendorIds: [],
          })
        : taskEither.left<PaymentError, OperationResponse<Outcome>>(
            error.vendor?.code === '637' ? mayBePaid(error) : error,
          ),
    ),
  )

const toUnknown = (error: PaymentError, payment: PaymentRef, now: Date): Outcome => ({
  status: 'unknown',
  payment,
  resolveBy: error.retry === 'same_attempt' ? 'replay' : 'operator',
  notBefore: now.toISOString(),
  error: error.toJSON(),
})

/** The existing order may be this very payment, begun by a store that has lost it: a new attempt would pay twice. */
const mayBePaid = (error: PaymentError): PaymentError =>
  new PaymentError({
    ...error.toJSON(),
    retry: 'after_lookup',
    hint: 'An order of this account already has this reference. Check the back office: if the order is this payment, import it with importPayment(); otherwise use a new attempt.',
  })
