import { type Outcome, PaymentError, type PaymentRef, pipe, type TaskEither, taskEither } from '@railswitch/core'
import { readResult } from '../client/map-error.ts'
import type { TrustlyAnswer } from '../client/methods/methods.ts'

interface Sent {
  readonly result: Outcome
  readonly orderId: string | null
}

/** Money out never fails with "may have happened": it is unknown then, and a repeated call is answered as before. */
export const toOutcome =
  (method: 'Refund' | 'AccountPayout' | 'RegisterAccountPayout' | 'Charge', payment: PaymentRef, now: () => Date) =>
  (sent: TaskEither<PaymentError, TrustlyAnswer<'Refund' | 'Charge'>>): TaskEither<PaymentError, Sent> =>
    pipe(
      sent,
      taskEither.flatMap((answer) =>
        pipe(
          taskEither.fromEither(readResult(method, answer)),
          taskEither.map((status): Sent => ({ result: { status, payment }, orderId: answer.orderid })),
        ),
      ),
      taskEither.orElse((error) =>
        error.effect === 'may_have_happened'
          ? taskEither.right<PaymentError, Sent>({ result: toUnknown(error, payment, now), orderId: null })
          : taskEither.left<PaymentError, Sent>(error.vendor?.code === '637' ? perhapsPaid(error) : error),
      ),
    )

const toUnknown = (error: PaymentError, payment: PaymentRef, now: () => Date): Outcome => ({
  status: 'unknown',
  payment,
  settle: error.again === 'same_attempt' ? 'replay' : 'operator',
  notBefore: now().toISOString(),
})

/** The order found may be this very payment, begun by a store that has forgotten it: a new attempt would pay again. */
const perhapsPaid = (error: PaymentError): PaymentError =>
  new PaymentError({
    ...error.toJSON(),
    again: 'after_lookup',
    hint: 'An order of this account has this reference already. Look in the back office: if it is this payment, adopt() it; if not, use a new attempt.',
  })
