import type { Pipeline } from '@railswitch/callbacks'
import {
  type Fact,
  foldPayout,
  isLeft,
  merchantReference,
  type Observation,
  PaymentError,
  type PaymentRef,
  type PayoutState,
  parsePaymentRef,
  paymentRef,
  type Thread,
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
    if (decision === 'approve' && !attempt.reserved)
      throw refusal('conflict', 'Its money was not reserved: it cannot be approved.')
    const decide = rails.get(recorded.intent.rail)?.decide
    if (!decide) throw refusal('unsupported', `Rail ${recorded.intent.rail} cannot decide withdrawals.`)
    const answer = await decide(thread, withdrawal, decision, AbortSignal.timeout(longestCallMs))()
    if (isLeft(answer)) {
      // Only of a plain no it is certain that an earlier call, whose answer was lost, was not taken either.
      if (answer.left.code === 'declined')
        await keep(undecidedIn(thread, withdrawal), { type: 'withdrawal.undecided', decision })
      throw answer.left
    }
    if (!(await keep(decided[decision], { type: decided[decision] }))) throw notKept()

    async function keep(name: string, fact: Fact): Promise<boolean> {
      if (!recorded) return false
      const id = `${name}|${withdrawal}`
      const observation: Observation = {
        id,
        at: now().toISOString(),
        source: 'answer',
        vendorId: recorded.vendorIds[0] ?? withdrawal,
        trust: 'bound',
        subject: withdrawal,
        fact,
        word: { method: decision },
      }
      const kept = await pipeline.handleAgain({
        rail: recorded.intent.rail,
        id,
        vendorIds: recorded.vendorIds,
        merchantReference: merchantReference(recorded.intent),
        observe: () => observation,
      })
      return kept !== 'not_kept'
    }
  }

/** A name of its own for each time that the vendor said no. */
const undecidedIn = ({ observations }: Thread, withdrawal: PaymentRef): string => {
  const times = observations.filter(
    ({ subject, fact }) => subject === withdrawal && fact.type === 'withdrawal.undecided',
  )
  return `withdrawal.undecided.${times.length + 1}`
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
