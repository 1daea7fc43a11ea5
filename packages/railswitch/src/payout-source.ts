import { type Either, left, PaymentError, parsePaymentRef, paymentRef, right } from '@railswitch/core'
import type { Asked, Extras } from './operate.ts'
import type { ReadyConfig } from './payments-config.ts'

/** The deposit whose account a payout is for. Left: `not_found`, or the store failed; nothing was sent. */
export const sourceOf = async <Tx>(
  { store }: ReadyConfig<Tx>,
  { to }: Asked,
): Promise<Either<PaymentError, Extras>> => {
  if (!to) return right({})
  try {
    const source = await store.find(parsePaymentRef(to)?.reference ?? '')
    return source?.intents.some(({ intent }) => paymentRef(intent) === to) ? right({ source }) : left(unknownDeposit())
  } catch {
    return left(storeFailed())
  }
}

const unknownDeposit = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'never',
    message: 'The deposit whose account is to be paid is not known here.',
    hint: 'Pass the `payment` that deposit() or get() gave as `to.payment`, or bank details as `to.account`.',
  })

const storeFailed = (): PaymentError =>
  new PaymentError({
    code: 'store_failed',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'The store could not read the deposit.',
    hint: 'Nothing was sent: mend the store, then call again.',
  })
