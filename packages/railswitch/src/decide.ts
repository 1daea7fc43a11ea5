import type { Pipeline } from '@railswitch/callbacks'
import {
  foldPayout,
  isLeft,
  merchantReference,
  type Observation,
  PaymentError,
  type PaymentRef,
  type PayoutState,
  parsePaymentRef,
  paymentRef,
} from '@railswitch/core'
import type { ReadyConfig } from './payments-config.ts'

type Decision = 'approve' | 'deny'

export interface DecideOptions<Tx> extends Pick<ReadyConfig<Tx>, 'rails' | 'store' | 'now'> {
  readonly pipeline: Pipeline
}

const longestCallMs = 120_000

/**
 * Decides a withdrawal that waits. The vendor answers a repeated decision as before, so a lost answer is asked for again.
 * Rejects with `not_found`, with `conflict` when the other was decided, with `store_failed`, or with what the vendor said.
 */
export const createDecide =
  <Tx>({ rails, store, now, pipeline }: DecideOptions<Tx>) =>
  async (withdrawal: PaymentRef, decision: Decision): Promise<void> => {
    const thread = await store.find(parsePaymentRef(withdrawal)?.reference ?? '')
    const recorded = thread?.intents.find(({ intent }) => paymentRef(intent) === withdrawal)
    const attempt = thread && foldPayout(thread)?.attempts.find(({ ref }) => ref === withdrawal)
    if (!thread || !recorded || !attempt) throw refusal('not_found', 'No such withdrawal is known.')
    const already = thread.observations.find(({ subject, fact }) => subject === withdrawal && isDecision(fact.type))
    if (already?.fact.type === decided[decision]) return
    if (already || !waits.has(attempt.state))
      throw refusal('conflict', `The withdrawal is ${attempt.state}: it cannot be decided now.`)
    const decide = rails.get(recorded.intent.rail)?.decide
    if (!decide) throw refusal('unsupported', `Rail ${recorded.intent.rail} cannot decide withdrawals.`)
    const answer = await decide(thread, withdrawal, decision, AbortSignal.timeout(longestCallMs))()
    if (isLeft(answer)) throw answer.left
    const observation: Observation = {
      id: `${decided[decision]}|${withdrawal}`,
      at: now().toISOString(),
      source: 'answer',
      vendorId: recorded.vendorIds[0] ?? withdrawal,
      trust: 'bound',
      subject: withdrawal,
      fact: { type: decided[decision] },
      word: { method: decision },
    }
    const kept = await pipeline.handleAgain({
      rail: recorded.intent.rail,
      id: observation.id,
      vendorIds: recorded.vendorIds,
      merchantReference: merchantReference(recorded.intent),
      observe: () => observation,
    })
    if (kept === 'not_kept') throw notKept()
  }

const decided = { approve: 'withdrawal.approved', deny: 'withdrawal.denied' } as const

const isDecision = (type: string): boolean => type === decided.approve || type === decided.deny

const waits: ReadonlySet<PayoutState> = new Set(['requested'])

const notKept = (): PaymentError =>
  new PaymentError({
    code: 'store_failed',
    effect: 'may_have_happened',
    again: 'same_attempt',
    message: 'The vendor has the decision, and the store could not keep it.',
    hint: 'Mend the store, then decide the same again: the vendor answers as before.',
  })

const refusal = (code: 'not_found' | 'conflict' | 'unsupported', message: string): PaymentError =>
  new PaymentError({
    code,
    effect: 'not_sent',
    again: 'never',
    message,
    hint: 'Decide withdrawals of which `withdrawal.requested` has told, once, by their payment ref.',
  })
