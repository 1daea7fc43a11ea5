import { type Either, intentOf, left, PaymentError, parsePaymentRef, right } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import type { Asked, Extras } from './execute-operation.ts'

/** The payment whose account is paid or charged. Left: `not_found`, or the store failed; nothing was sent. */
export const sourceOf = async <Tx>(
  { store }: ReadyConfig<Tx>,
  { account }: Asked,
): Promise<Either<PaymentError, Extras>> => {
  if (!account) return right({})
  try {
    const source = await store.find(parsePaymentRef(account)?.reference ?? '')
    return source && intentOf(source, account) ? right({ source }) : left(unknownPayment())
  } catch {
    return left(storeFailed())
  }
}

const unknownPayment = (): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'never',
    message: 'The payment whose account is meant is not known here.',
    hint: 'Pass the `payment` that deposit() or account() gave; a payout may go to bank details instead.',
  })

const storeFailed = (): PaymentError =>
  new PaymentError({
    code: 'store_failed',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'The store could not read that payment.',
    hint: 'Nothing was sent: repair the store, then call again.',
  })
