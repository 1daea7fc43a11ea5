import { type NewsSettled, type Pipeline, settleNews } from '@railswitch/callbacks'
import {
  fold,
  isLeft,
  merchantReference,
  type Observation,
  type OpenWork,
  type PaymentError,
  type PaymentProvider,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type RefundInput,
  type TaskEither,
  type Thread,
} from '@railswitch/core'
import type { ReadyConfig } from './payments-config.ts'

/** What one run of `settle` did, and what is left for a person. */
export interface Settled extends NewsSettled {
  /** Calls whose outcome was unknown and is known now. */
  readonly resolved: number
  /** What no call can find out. */
  readonly forPerson: readonly { readonly payment: PaymentRef; readonly why: string }[]
}

export interface Settling<Tx> {
  readonly config: ReadyConfig<Tx>
  readonly pipeline: Pipeline
  /** Repeats a refund under its own key. */
  readonly refund: (input: RefundInput) => TaskEither<PaymentError, { readonly status: 'accepted' | 'unknown' }>
}

/** A call that was begun this recently is on its way. */
const underwayMs = 60_000
/** How long a customer may take before the vendor is asked, and how often it is asked. */
const overdueMs = 15 * 60_000
const longestLookUpMs = 120_000

/** Handles news that was kept, repeats or looks up what is unknown, and asks for callbacks that are overdue. */
export const createSettle = <Tx>({ config, pipeline, refund }: Settling<Tx>): (() => Promise<Settled>) => {
  const asked = new Map<string, number>()
  return async () => {
    const now = config.now().getTime()
    const { handled, failed } = await settleNews(config.store, pipeline, new Date(now).toISOString())
    let resolved = 0
    const forPerson: { readonly payment: PaymentRef; readonly why: string }[] = []
    for await (const work of config.store.open(new Date(now - underwayMs).toISOString())) {
      for (const recorded of work.thread.intents.filter((candidate) => isUnknown(candidate, now))) {
        const payment = paymentRef(recorded.intent)
        const outcome = await unlessItFails({ payment }, () => settleRefund(recorded, work))
        if (outcome === 'resolved') resolved += 1
        else if (outcome !== undefined && outcome !== 'later') forPerson.push({ payment, why: outcome })
      }
      await unlessItFails({ references: work.thread.intents.map(({ intent }) => intent.reference) }, () =>
        askForOverdue(work.thread, now),
      )
    }
    return { handled, failed, resolved, forPerson }
  }

  /** One payment that cannot be settled now must not keep the others from it. */
  async function unlessItFails<A>(about: object, run: () => Promise<A>): Promise<A | undefined> {
    try {
      return await run()
    } catch (error) {
      config.logger.error({ ...about, error: error instanceof Error ? error.name : typeof error }, 'not settled')
      return undefined
    }
  }

  async function settleRefund(recorded: RecordedIntent, { thread }: OpenWork): Promise<'resolved' | 'later' | string> {
    const { intent, conclusion } = recorded
    const provider = config.rails.get(intent.rail)
    if (!provider) return `rail ${intent.rail} is not configured: restore it`
    if (
      conclusion?.state === 'unknown' &&
      conclusion.result.status === 'unknown' &&
      conclusion.result.settle === 'operator'
    )
      return 'the vendor will not say: look into its back office'
    if (provider.replays) return repeat(intent)
    await lookUp(provider, intent.rail, thread)
    const payment = await config.store.find(intent.reference)
    const state = payment && fold(payment)?.refunds.find(({ ref }) => ref === paymentRef(intent))?.state
    if (state === undefined || state === null || state === 'unknown')
      return 'the vendor does not show it, which proves nothing: look into its back office'
    await config.store.conclude(
      intent,
      { state: 'accepted', result: { status: 'accepted', payment: paymentRef(intent) } },
      [],
    )
    return 'resolved'
  }

  async function repeat({ of, reference, attempt, expect }: RecordedIntent['intent']): Promise<'resolved' | 'later'> {
    if (!of) return 'later'
    const outcome = await refund({ payment: of, reference, attempt, amount: expect })()
    const known = isLeft(outcome) ? outcome.left.effect === 'refused' : outcome.right.status === 'accepted'
    return known ? 'resolved' : 'later'
  }

  async function askForOverdue(thread: Thread, now: number): Promise<void> {
    const payment = fold(thread)
    const last = payment && asked.get(payment.reference)
    if (!payment || (payment.state !== 'pending' && payment.state !== 'not_credited_yet')) return
    const since = Math.max(last ?? 0, new Date(thread.intents[0]?.begunAt ?? 0).getTime())
    if (now - since < overdueMs) return
    asked.set(payment.reference, now)
    for (const rail of new Set(thread.intents.map(({ intent }) => intent.rail))) {
      const provider = config.rails.get(rail)
      if (provider) await lookUp(provider, rail, thread)
    }
  }

  async function lookUp(provider: PaymentProvider, rail: string, thread: Thread): Promise<void> {
    const own = { ...thread, intents: thread.intents.filter(({ intent }) => intent.rail === rail) }
    const answer = await provider.lookup?.(own, AbortSignal.timeout(longestLookUpMs))()
    if (!answer) return
    if (isLeft(answer)) config.logger.warn({ rail, code: answer.left.code }, 'look-up failed')
    else for (const observation of answer.right.found) await keep(rail, observation, own)
  }

  async function keep(rail: string, observation: Observation, { intents }: Thread): Promise<void> {
    const subject = intents.find(({ intent }) => paymentRef(intent) === observation.subject)
    await pipeline.handleAgain({
      rail,
      id: observation.id,
      vendorIds: [observation.vendorId],
      merchantReference: subject ? merchantReference(subject.intent) : null,
      observe: () => observation,
    })
  }
}

/** Money out whose answer is missing, once it is no longer under way and asking can prove something. */
const isUnknown = ({ intent, conclusion, begunAt }: RecordedIntent, now: number): boolean => {
  if (intent.kind !== 'refund') return false
  if (conclusion === null) return new Date(begunAt).getTime() <= now - underwayMs
  return (
    conclusion.state === 'unknown' &&
    conclusion.result.status === 'unknown' &&
    new Date(conclusion.result.notBefore).getTime() <= now
  )
}
