import { endOfCurrency, intentOf, invalid, type PaymentError, paymentRef } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { storeError } from '../config/store-errors.ts'
import type { IntentDraft } from './operation-context.ts'

/**
 * The error of a new payment in a currency that has ended; null: it may begin. A refund of an old deposit is left to the vendor, and a call
 * that was recorded before the end may be repeated.
 */
export const endedCurrencyError = async <Tx>(
  { store, now }: Pick<ReadyConfig<Tx>, 'store' | 'now'>,
  draft: IntentDraft,
): Promise<PaymentError | null> => {
  const end = draft.of === undefined ? endOfCurrency(draft.expect.currency, now()) : null
  if (end === null) return null
  try {
    const record = await store.find(draft.reference)
    if (record && intentOf(record, paymentRef(draft))) return null
  } catch (cause) {
    return storeError('find', cause)
  }
  const { currency, endedOn, successor } = end
  const rule = `is ${currency}, which ended on ${endedOn}`
  return invalid('invalid_input', [{ field: 'amount.currency', rule, fix: `use its successor, ${successor}` }])
}
