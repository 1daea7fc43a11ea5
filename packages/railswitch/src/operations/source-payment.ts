import { type Either, intentOf, left, notFound, type PaymentError, parsePaymentRef, right } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { storeError } from '../config/store-errors.ts'
import type { IntentDraft, RequestExtras } from './operation-context.ts'

/** The payment whose account is paid or charged. Left: `not_found` or `store_failed`; nothing was sent. */
export const sourceOf = async <Tx>(
  { store }: ReadyConfig<Tx>,
  { account }: IntentDraft,
): Promise<Either<PaymentError, RequestExtras>> => {
  if (!account) return right({})
  try {
    const source = await store.find(parsePaymentRef(account)?.reference ?? '')
    return source && intentOf(source, account) ? right({ source }) : left(sourceNotFound())
  } catch (cause) {
    return left(storeError('find', cause))
  }
}

const sourceNotFound = (): PaymentError =>
  notFound({
    message: 'The payment whose account is used is not stored.',
    hint: 'Pass the `payment` that deposit(), account() or mandate() returned; a payout may go to bank details instead.',
  })
