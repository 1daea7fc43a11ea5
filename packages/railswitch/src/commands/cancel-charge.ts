import {
  conflict,
  deriveDeposit,
  intentOf,
  isLeft,
  notFound,
  type PaymentRef,
  parsePaymentRef,
  unsupported,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { callProvider } from '../operations/call-provider.ts'

/** Cancels a charge. The vendor reports the result. Rejects with `not_found`, `conflict`, `unsupported`, or the vendor's error. */
export const cancelCharge = async <Tx>(config: ReadyConfig<Tx>, charge: PaymentRef): Promise<void> => {
  const { rails, rules, store } = config
  const record = await store.find(parsePaymentRef(charge)?.reference ?? '')
  const recorded = record && intentOf(record, charge)
  const deposit = record && deriveDeposit(record, rules.derive(record).facts)
  const attempt = deposit?.attempts.find(({ ref }) => ref === charge)
  if (!record || !attempt || !recorded?.intent.account) throw notFound({ message: 'The charge was not found.', hint })
  if (attempt.state === 'not_credited') return
  if (attempt.state === 'credited' || attempt.state === 'reversed')
    throw conflict({ message: `The charge is ${attempt.state}: refund it instead.`, hint })
  const { rail } = recorded.intent
  const provider = rails.get(rail)
  const cancel = provider?.cancelCharge
  if (!provider || !cancel) throw unsupported({ message: `Rail ${rail} cannot cancel charges.`, hint, retry: 'never' })
  const response = await callProvider(config, {
    provider,
    about: { payment: charge },
    retry: 'same_attempt',
    run: (signal) => cancel(record, charge, signal),
  })
  if (isLeft(response)) throw response.left
}

const hint = 'Pass the payment ref that charge() returned, before the payment date of the charge.'
