import {
  conflict,
  type DerivedRecord,
  isDepositState,
  lookUpLimitMs,
  type PaymentState,
  railMissing,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { findRecord, type PaymentSelector } from '../queries/payment-views.ts'

export const erasePersonalData = async <Tx>(config: ReadyConfig<Tx>, of: PaymentSelector): Promise<void> => {
  const record = await findRecord(config, of)
  const derived = config.rules.derive(record)
  const { state, missingRails } = derived
  const [missing] = missingRails
  if (missing !== undefined) throw railMissing(missing)
  if (state && isOpen(state, derived, config.now()))
    throw conflict({
      message: `The payment ${state.reference} is still open or needs review.`,
      hint: 'Erase its data when its money no longer moves: open payments still need the data.',
    })
  await config.store.erasePersonalData(record.intents[0]?.intent.reference ?? '')
}

/** The states of all kinds of payments. A mandate is open as long as it lives. */
const openStates: ReadonlySet<string> = new Set([
  'pending',
  'not_credited_yet',
  'requested',
  'unknown',
  'active',
  'moved',
])

const isOpen = (payment: PaymentState, { reviews, pending }: DerivedRecord, now: Date): boolean =>
  reviews.length > 0 ||
  pending.length > 0 ||
  (openStates.has(payment.state) && !isAbandoned(payment, now)) ||
  (isDepositState(payment) && payment.refunds.some(({ state }) => state === 'unknown'))

const isAbandoned = ({ state, at }: PaymentState, now: Date): boolean =>
  state === 'pending' && now.getTime() - Date.parse(at) > lookUpLimitMs
