import { type Intent, intentOf, type PaymentRecord, parsePaymentRef, reportError } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/**
 * For a refund of a charge: the record of the payment that was charged, because a vendor may refund only while its mandate is young. Null
 * for other refunds, and if the store cannot be read: the vendor itself then refuses a refund that its rules exclude.
 */
export const chargedPayment = async <Tx>(
  config: Pick<ReadyConfig<Tx>, 'store' | 'logger' | 'onError'>,
  { of }: Intent,
  record: PaymentRecord,
): Promise<PaymentRecord | null> => {
  const account = of === undefined ? undefined : intentOf(record, of)?.intent.account
  if (account === undefined) return null
  try {
    return await config.store.find(parsePaymentRef(account)?.reference ?? '')
  } catch (error) {
    reportError(config, error, { during: 'store', message: 'the charged mandate could not be read', payment: account })
    return null
  }
}
