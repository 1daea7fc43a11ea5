import {
  type Answered,
  type Call,
  merchantReference,
  type Outcome,
  PaymentError,
  paymentRef,
  pipe,
  type RefundInput,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { PayablClient } from '../native.ts'
import type { Answer } from '../wire/answer.ts'

/** How long payabl may take to show a refund in its listings is not published. */
const visibleAfterMs = 15 * 60_000

/** payment_refund; `external_id` is ours. @see https://docs.payabl.com/docs/refund-1 (read 2026-11-21) */
export const startRefund =
  (client: PayablClient, now: () => Date) =>
  ({ amount }: RefundInput, call: Call): TaskEither<PaymentError, Answered<Outcome>> => {
    const transactionid = creditedTransaction(call)
    if (transactionid === null) return taskEither.left(notCredited())
    const payment = paymentRef(call.intent)
    const parameters = {
      transactionid,
      amount: amount.value,
      currency: amount.currency,
      external_id: merchantReference(call.intent),
    }
    return pipe(
      client.refund(parameters, call.signal),
      taskEither.map((answer) => toAccepted(answer, payment, transactionid)),
      taskEither.orElse((error) =>
        error.effect === 'may_have_happened'
          ? taskEither.right<PaymentError, Answered<Outcome>>({ result: toUnknown(payment, now()), vendorIds: [] })
          : taskEither.left<PaymentError, Answered<Outcome>>(error),
      ),
    )
  }

/** The id of the captured deposit, which the credited callback tells; the first answer's need not be it. */
const creditedTransaction = ({ intent, thread }: Call): string | null => {
  const credited = thread.observations.find(
    ({ subject, fact, trust }) => subject === intent.of && fact.type === 'deposit.credited' && trust !== 'claimed',
  )
  return credited?.vendorId ?? null
}

/** payabl answers with a new id or with the original's, which is no id of the refund. */
const toAccepted = ({ transactionid }: Answer, payment: Outcome['payment'], original: string): Answered<Outcome> => ({
  result: { status: 'accepted', payment },
  vendorIds: transactionid === undefined || transactionid === original ? [] : [transactionid],
})

const toUnknown = (payment: Outcome['payment'], now: Date): Outcome => ({
  status: 'unknown',
  payment,
  settle: 'lookup',
  notBefore: new Date(now.getTime() + visibleAfterMs).toISOString(),
})

const notCredited = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'The transaction to refund is not known: no credited callback has told it yet.',
    hint: 'Wait until the deposit is credited.',
  })
