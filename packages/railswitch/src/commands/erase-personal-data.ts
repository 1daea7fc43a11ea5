import { conflict, type DerivedRecord, givenUpMs, isDeposit, type PaymentState, railMissing } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { findRecord, type Named } from '../queries/payment-views.ts'

export const erasePersonalData = async <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<void> => {
  const record = await findRecord(config, of)
  const derived = config.rules.derive(record)
  const { state, missingRails } = derived
  const [missing] = missingRails
  if (missing !== undefined) throw railMissing(missing)
  if (state && isUnderWay(state, derived, config.now()))
    throw conflict({
      message: `Something of ${state.reference} is under way, or needs review.`,
      hint: 'Forget it when its money has come to rest: what it needs to be finished would be erased.',
    })
  await config.store.erasePersonalData(record.intents[0]?.intent.reference ?? '')
}

const underWay: ReadonlySet<string> = new Set(['pending', 'not_credited_yet', 'requested', 'unknown'])

const isUnderWay = (payment: PaymentState, { reviews, pending }: DerivedRecord, now: Date): boolean =>
  reviews.length > 0 ||
  pending.length > 0 ||
  (underWay.has(payment.state) && !isLeft(payment, now)) ||
  (isDeposit(payment) && payment.refunds.some(({ state }) => state === 'unknown'))

const isLeft = ({ state, at }: PaymentState, now: Date): boolean =>
  state === 'pending' && now.getTime() - Date.parse(at) > givenUpMs
