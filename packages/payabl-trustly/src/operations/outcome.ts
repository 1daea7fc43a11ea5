import {
  type Answered,
  type Outcome,
  PaymentError,
  type PaymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { Answer } from '../wire/payment-response.ts'

/** How long payabl may take to show what it did in its listings is not published. */
const visibleAfterMs = 15 * 60_000

/**
 * What a call that moves money out came to. Accepted is never "paid"; whatever leaves it open is a value, because payabl
 * would do the same thing twice. `named`: the transactions of the deposit that the request names, which payabl may answer with:
 * they teach nothing.
 */
export const toOutcome = (
  answer: TaskEither<PaymentError, Answer>,
  payment: PaymentRef,
  { named, now }: { readonly named: readonly string[]; readonly now: () => Date },
): TaskEither<PaymentError, Answered<Outcome>> =>
  pipe(
    answer,
    taskEither.map(({ transactionid }) => ({
      result: { status: 'accepted' as const, payment },
      vendorIds: transactionid === undefined || named.includes(transactionid) ? [] : [transactionid],
    })),
    taskEither.orElse((error) =>
      error.effect === 'may_have_happened'
        ? taskEither.right<PaymentError, Answered<Outcome>>({ result: toUnknown(payment, now()), vendorIds: [] })
        : taskEither.left<PaymentError, Answered<Outcome>>(error),
    ),
  )

const toUnknown = (payment: PaymentRef, now: Date): Outcome => ({
  status: 'unknown',
  payment,
  settle: 'lookup',
  notBefore: new Date(now.getTime() + visibleAfterMs).toISOString(),
})

/** Nothing can be sent back to, or paid out to, a payer whose transaction is not known. */
export const notCredited = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: "The deposit's transaction is not known: no credited callback has reported it yet.",
    hint: 'Wait until the deposit is credited.',
  })
