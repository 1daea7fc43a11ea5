import type { Pipeline } from '@railswitch/callbacks'
import {
  conflict,
  deriveMandate,
  intentOf,
  isLeft,
  notFound,
  ownMethods,
  PaymentError,
  type PaymentRef,
  parsePaymentRef,
  supportOf,
  unsupported,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { callProvider } from '../operations/call-provider.ts'
import { recordOrThrow } from './record-or-throw.ts'

export interface CancelMandateOptions<Tx>
  extends Pick<ReadyConfig<Tx>, 'rails' | 'rules' | 'store' | 'now' | 'after' | 'logger' | 'onError'> {
  readonly pipeline: Pipeline
}

/**
 * Cancels a mandate and records it as revoked before the call resolves: no charge of it begins afterwards, even if the vendor's own
 * report of the end is late. A lost response leaves it as it was, and the call can be repeated. Rejects with `not_found`, `conflict`,
 * `unsupported`, `store_failed`, or the vendor's error.
 */
export const cancelMandate = async <Tx>(options: CancelMandateOptions<Tx>, mandate: PaymentRef): Promise<void> => {
  const { rails, rules, store, now, pipeline } = options
  const record = await store.find(parsePaymentRef(mandate)?.reference ?? '')
  const recorded = record && intentOf(record, mandate)
  const attempt =
    record && deriveMandate(record, rules.derive(record).facts)?.attempts.find(({ ref }) => ref === mandate)
  if (!record || !recorded || !attempt) throw notFound({ message: 'The mandate was not found.', hint })
  if (attempt.state === 'revoked') return
  if (!attempt.isSigned && attempt.state === 'pending')
    throw conflict({
      retry: 'same_attempt',
      message: 'The customer has not signed the mandate: there is nothing to cancel.',
      hint: 'Without a signature it ends by itself. Cancel it after `mandate.pending` or `mandate.active`.',
    })
  const { rail } = recorded.intent
  const provider = rails.get(rail)
  const cancel = provider?.cancelMandate
  if (!provider || !cancel) {
    const support = provider && supportOf(provider.capabilities, 'mandate')
    const why = support && !support.yes ? support.why : hint
    throw unsupported({ message: `Rail ${rail} cannot cancel mandates.`, hint: why, retry: 'never' })
  }
  const response = await callProvider(options, {
    provider,
    about: { payment: mandate },
    retry: 'same_attempt',
    run: (signal) => cancel(record, mandate, signal),
  })
  if (isLeft(response)) throw response.left
  await recordOrThrow(
    pipeline,
    {
      report: {
        id: `${ownMethods.mandateCancelled}|${mandate}`,
        at: now().toISOString(),
        rail,
        vendorId: '',
        method: ownMethods.mandateCancelled,
        members: {},
      },
      from: { type: 'own', intent: mandate, proof: 'response', learns: false },
    },
    notStored,
  )
}

const notStored = (cause: unknown): PaymentError =>
  new PaymentError(
    {
      code: 'store_failed',
      effect: 'may_have_happened',
      retry: 'same_attempt',
      message: 'The vendor has cancelled the mandate, but the store could not record it.',
      hint: 'Repair the store, then repeat the same call. The vendor also reports the end of the mandate.',
    },
    { cause },
  )

const hint = 'Pass the payment ref that mandate() or importMandate() returned.'
