import {
  deriveDeposit,
  intentOf,
  isLeft,
  longestCallMs,
  PaymentError,
  type PaymentRef,
  parsePaymentRef,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/** The vendor reports what becomes of it. Rejects with `not_found`, `conflict`, `unsupported`, or what the vendor said. */
export const cancelCharge = async <Tx>({ rails, rules, store }: ReadyConfig<Tx>, charge: PaymentRef): Promise<void> => {
  const record = await store.find(parsePaymentRef(charge)?.reference ?? '')
  const recorded = record && intentOf(record, charge)
  const deposit = record && deriveDeposit(record, rules.derive(record).facts)
  const attempt = deposit?.attempts.find(({ ref }) => ref === charge)
  if (!record || !attempt || !recorded?.intent.account) throw refusal('not_found', 'No such charge is known.')
  if (attempt.state === 'not_credited') return
  if (attempt.state === 'credited' || attempt.state === 'reversed')
    throw refusal('conflict', `The charge is ${attempt.state}: refund it instead.`)
  const { rail } = recorded.intent
  const cancel = rails.get(rail)?.cancelCharge
  if (!cancel) throw refusal('unsupported', `Rail ${rail} cannot cancel charges.`)
  const answer = await cancel(record, charge, AbortSignal.timeout(longestCallMs))()
  if (isLeft(answer)) throw answer.left
}

const refusal = (code: 'not_found' | 'conflict' | 'unsupported', message: string): PaymentError =>
  new PaymentError({
    code,
    effect: 'not_sent',
    retry: 'never',
    message,
    hint: 'Cancel what charge() began, by its payment ref, before its payment date.',
  })
