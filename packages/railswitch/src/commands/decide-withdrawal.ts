import type { Pipeline } from '@railswitch/callbacks'
import {
  derivePayout,
  intentOf,
  isLeft,
  longestCallMs,
  ownMethods,
  PaymentError,
  type PaymentRecord,
  type PaymentRef,
  type PayoutState,
  parsePaymentRef,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

type Decision = 'approve' | 'deny'

export interface DecideOptions<Tx> extends Pick<ReadyConfig<Tx>, 'rails' | 'rules' | 'store' | 'now'> {
  readonly pipeline: Pipeline
}

/**
 * Decides a withdrawal that waits. The vendor answers a repeated decision as before, so a lost answer is asked for again.
 * Rejects with `not_found`, with `conflict` when the other was decided, with `store_failed`, or with what the vendor said.
 */
export const createDecide =
  <Tx>({ rails, rules, store, now, pipeline }: DecideOptions<Tx>) =>
  async (withdrawal: PaymentRef, decision: Decision): Promise<void> => {
    const record = await store.find(parsePaymentRef(withdrawal)?.reference ?? '')
    const recorded = record && intentOf(record, withdrawal)
    const facts = record ? rules.derive(record).facts : []
    const attempt = record && derivePayout(record, facts)?.attempts.find(({ ref }) => ref === withdrawal)
    if (!record || !recorded || !attempt) throw refusal('not_found', 'No such withdrawal is known.')
    if (attempt.decision === decided[decision]) return
    if (attempt.decision || !waits.has(attempt.state))
      throw refusal('conflict', `The withdrawal is ${attempt.state}: it cannot be decided now.`)
    if (decision === 'approve' && attempt.reserved === false)
      throw refusal('conflict', 'Its money was not reserved: it cannot be approved.')
    const { rail } = recorded.intent
    const decide = rails.get(rail)?.decide
    if (!decide) throw refusal('unsupported', `Rail ${rail} cannot decide withdrawals.`)
    const answer = await decide(record, withdrawal, decision, AbortSignal.timeout(longestCallMs))()
    if (isLeft(answer)) {
      // Only of a plain no it is certain that an earlier call, whose response was lost, was not taken either.
      if (answer.left.code === 'declined') await recordDecision(ownMethods.undecided, undecidedIn(record, withdrawal))
      throw answer.left
    }
    if (!(await recordDecision(methods[decision], ''))) throw notStored()

    async function recordDecision(method: string, suffix: string): Promise<boolean> {
      const stored = await pipeline.record({
        report: {
          id: `${method}|${withdrawal}${suffix}`,
          at: now().toISOString(),
          rail,
          vendorId: '',
          method,
          members: { decision },
        },
        from: { type: 'own', intent: withdrawal, proof: 'response', learns: false },
      })
      return stored !== 'not_stored'
    }
  }

/** A name of its own for each time that the vendor said no. */
const undecidedIn = ({ reports }: PaymentRecord, withdrawal: PaymentRef): string => {
  const times = reports.filter(({ intent, method }) => intent === withdrawal && method === ownMethods.undecided)
  return `|${times.length + 1}`
}

const methods = { approve: ownMethods.approved, deny: ownMethods.denied } as const
const decided = { approve: 'approved', deny: 'denied' } as const

const waits: ReadonlySet<PayoutState> = new Set(['requested'])

const notStored = (): PaymentError =>
  new PaymentError({
    code: 'store_failed',
    effect: 'may_have_happened',
    retry: 'same_attempt',
    message: 'The vendor has the decision, and the store could not record it.',
    hint: 'Repair the store, then decide the same again: the vendor answers as before.',
  })

const refusal = (code: 'not_found' | 'conflict' | 'unsupported', message: string): PaymentError =>
  new PaymentError({
    code,
    effect: 'not_sent',
    retry: 'never',
    message,
    hint: 'Decide withdrawals of which `withdrawal.requested` has reported, once, by their payment ref.',
  })
