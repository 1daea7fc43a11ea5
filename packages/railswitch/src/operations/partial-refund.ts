import {
  type DepositAttempt,
  intentOf,
  isDepositState,
  type PaymentError,
  type PaymentRecord,
  parsePaymentRef,
  paymentRef,
  supportOf,
  unsupported,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { storeError } from '../config/store-errors.ts'
import type { IntentDraft } from './operation-context.ts'

/**
 * The error of a partial refund on a rail that refunds only the whole; null: the refund may begin. The whole is what is credited. A repeated
 * call is not checked again, because its deposit may have changed since.
 */
export const partialRefundError = async <Tx>(
  { rails, rules, store }: Pick<ReadyConfig<Tx>, 'rails' | 'rules' | 'store'>,
  draft: IntentDraft,
): Promise<PaymentError | null> => {
  const { rail, of } = draft
  const provider = rails.get(rail)
  if (of === undefined || !provider) return null
  const support = supportOf(provider.capabilities, 'refund.partial')
  if (support.yes) return null
  let record: PaymentRecord | null
  try {
    record = await store.find(parsePaymentRef(of)?.reference ?? '')
  } catch (cause) {
    return storeError('find', cause)
  }
  if (!record || intentOf(record, paymentRef(draft))) return null
  const { state } = rules.derive(record)
  const attempt = state && isDepositState(state) ? state.attempts.find(({ ref }) => ref === of) : undefined
  if (attempt?.state !== 'credited' || isWhole(attempt, draft)) return null
  return unsupported({ message: `Rail ${rail} cannot do refund.partial.`, hint: support.why })
}

const isWhole = ({ credited }: DepositAttempt, { expect }: IntentDraft): boolean =>
  credited.value === expect.value && credited.currency === expect.currency
