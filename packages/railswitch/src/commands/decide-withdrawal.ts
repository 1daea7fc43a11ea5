import type { Pipeline } from '@railswitch/callbacks'
import {
  conflict,
  derivePayout,
  type IncomingReport,
  intentOf,
  isLeft,
  notFound,
  ownMethods,
  PaymentError,
  type PaymentRecord,
  type PaymentRef,
  type PayoutState,
  parsePaymentRef,
  unsupported,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { callProvider } from '../operations/call-provider.ts'
import { recordOrThrow } from './record-or-throw.ts'

type Decision = 'approve' | 'deny'

export interface DecideOptions<Tx>
  extends Pick<ReadyConfig<Tx>, 'rails' | 'rules' | 'store' | 'now' | 'after' | 'logger' | 'onError'> {
  readonly pipeline: Pipeline
}

/**
 * Decides a withdrawal that waits. If the response is lost, the same decision can be repeated: the vendor responds as before. Rejects
 * with `not_found`, with `conflict` if the opposite was decided, with `store_failed`, or with the vendor's error.
 */
export const createDecide =
  <Tx>(options: DecideOptions<Tx>) =>
  async (withdrawal: PaymentRef, decision: Decision): Promise<void> => {
    const { rails, rules, store, now, pipeline } = options
    const record = await store.find(parsePaymentRef(withdrawal)?.reference ?? '')
    const recorded = record && intentOf(record, withdrawal)
    const facts = record ? rules.derive(record).facts : []
    const attempt = record && derivePayout(record, facts)?.attempts.find(({ ref }) => ref === withdrawal)
    if (!record || !recorded || !attempt) throw notFound({ message: 'The withdrawal was not found.', hint })
    if (attempt.decision === decided[decision]) return
    if (attempt.decision || !decidable.has(attempt.state))
      throw conflict({ message: `The withdrawal is ${attempt.state}: it cannot be decided now.`, hint })
    if (decision === 'approve' && attempt.reserved === false)
      throw conflict({ message: 'Its money was not reserved: it cannot be approved.', hint })
    const { rail } = recorded.intent
    const provider = rails.get(rail)
    const decide = provider?.decideWithdrawal
    if (!provider || !decide)
      throw unsupported({ message: `Rail ${rail} cannot decide withdrawals.`, hint, retry: 'never' })
    const response = await callProvider(options, {
      provider,
      about: { payment: withdrawal },
      retry: 'same_attempt',
      run: (signal) => decide(record, withdrawal, decision, signal),
    })
    if (isLeft(response)) {
      // Only `declined` proves that an earlier call whose response was lost was not accepted either.
      if (response.left.code === 'declined')
        await pipeline.record(decisionReport(ownMethods.undecided, undecidedIn(record, withdrawal)))
      throw response.left
    }
    await recordOrThrow(pipeline, decisionReport(methods[decision], ''), notStored)

    function decisionReport(method: string, suffix: string): IncomingReport {
      return {
        report: {
          id: `${method}|${withdrawal}${suffix}`,
          at: now().toISOString(),
          rail,
          vendorId: '',
          method,
          members: { decision },
        },
        from: { type: 'own', intent: withdrawal, proof: 'response', learns: false },
      }
    }
  }

/** A suffix that makes the report's id unique, because the vendor can refuse several times. */
const undecidedIn = ({ reports }: PaymentRecord, withdrawal: PaymentRef): string => {
  const times = reports.filter(({ intent, method }) => intent === withdrawal && method === ownMethods.undecided)
  return `|${times.length + 1}`
}

const methods = { approve: ownMethods.approved, deny: ownMethods.denied } as const
const decided = { approve: 'approved', deny: 'denied' } as const

const decidable: ReadonlySet<PayoutState> = new Set(['requested'])

const notStored = (cause: unknown): PaymentError =>
  new PaymentError(
    {
      code: 'store_failed',
      effect: 'may_have_happened',
      retry: 'same_attempt',
      message: 'The vendor has accepted the decision, but the store could not record it.',
      hint: 'Repair the store, then repeat the same decision: the vendor responds as before.',
    },
    { cause },
  )

const hint =
  'Pass the payment ref of a withdrawal that `withdrawal.requested` has reported and that is not decided yet.'
