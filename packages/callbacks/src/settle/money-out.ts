import {
  fold,
  foldPayout,
  isLeft,
  type Observation,
  type OpenWork,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type Thread,
} from '@railswitch/core'
import { keep, lookUp } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { Part, Settling } from './settling.ts'

/** A call without an answer is on its way for as long as this. */
const underwayMs = 60_000
/** A person is reminded by the listing, which may show it after all; look-ups that fail for so long are for a person, too. */
const dayMs = 86_400_000

type Found = 'resolved' | 'later' | { readonly forPerson: string }

/** Refunds, payouts and charges whose outcome is unknown: repeated where the vendor knows a repeated request, looked up elsewhere. */
export const settleMoneyOut = async <Tx>(settling: Settling<Tx>, { thread }: OpenWork): Promise<Part> => {
  const now = settling.now()
  const unknown = new Set(unknownIn(thread))
  const forPerson: { payment: PaymentRef; why: string }[] = []
  const waits: string[] = []
  let resolved = 0
  for (const recorded of thread.intents.filter(({ intent }) => unknown.has(paymentRef(intent)))) {
    const due = dueAt(recorded)
    const found = due > now.toISOString() ? 'not due' : await settleOne(settling, recorded, thread)
    if (found === 'resolved') resolved += 1
    else if (found === 'not due') waits.push(due)
    else if (found === 'later') waits.push(waitAgain(now, recorded.begunAt))
    else {
      waits.push(after(now, dayMs))
      const observation = outcomeUnknown(recorded, now)
      if (thread.observations.some(({ id }) => id === observation.id)) continue
      forPerson.push({ payment: paymentRef(recorded.intent), why: found.forPerson })
      await keep(settling, recorded.intent.rail, observation, thread)
    }
  }
  return { resolved, forPerson, next: waits.sort()[0] ?? null }
}

const dueAt = ({ begunAt, conclusion }: RecordedIntent): string =>
  conclusion?.state === 'unknown' && conclusion.result.status === 'unknown'
    ? conclusion.result.notBefore
    : after(begunAt, underwayMs)

const unknownIn = (thread: Thread): readonly PaymentRef[] => [
  ...[...(fold(thread)?.refunds ?? []), ...(foldPayout(thread)?.attempts ?? [])].flatMap(({ ref, state }) =>
    state === 'unknown' ? [ref] : [],
  ),
  ...unknownCharges(thread),
]

/** Of which neither an answer nor any news has come. */
const unknownCharges = (thread: Thread): readonly PaymentRef[] => {
  const silent = new Set(fold(thread)?.attempts.flatMap(({ ref, state }) => (state === 'pending' ? [ref] : [])))
  return thread.intents.flatMap(({ intent, conclusion }) =>
    intent.account && silent.has(paymentRef(intent)) && (conclusion?.state ?? 'unknown') === 'unknown'
      ? [paymentRef(intent)]
      : [],
  )
}

const settleOne = async <Tx>(settling: Settling<Tx>, recorded: RecordedIntent, thread: Thread): Promise<Found> => {
  const { rails, store } = settling
  const { intent, conclusion } = recorded
  if (intent.adopted) return { forPerson: 'its adoption was cut off: adopt it again' }
  const provider = rails.get(intent.rail)
  if (!provider) return { forPerson: `rail ${intent.rail} is not configured: restore it` }
  const { result } = conclusion?.state === 'unknown' ? conclusion : { result: null }
  if (result?.status === 'unknown' && result.settle === 'operator')
    return { forPerson: 'the vendor will not say: look into its back office' }
  if (provider.replays) return repeatCall(settling, recorded)
  if (!(await lookUp(settling, intent.rail, provider, thread)))
    return after(recorded.begunAt, dayMs) > settling.now().toISOString()
      ? 'later'
      : { forPerson: 'the vendor answers no look-ups of it: look into its back office' }
  const payment = await store.find(intent.reference)
  if (!payment || unknownIn(payment).includes(paymentRef(intent)))
    return { forPerson: 'the vendor does not show it, which proves nothing: look into its back office' }
  await store.conclude(intent, { state: 'accepted', result: { status: 'accepted', payment: paymentRef(intent) } }, [])
  return 'resolved'
}

const repeatCall = async <Tx>({ repeat }: Settling<Tx>, recorded: RecordedIntent): Promise<Found> => {
  const again = repeat(recorded)
  if (!again) return { forPerson: 'what it sent of the customer was never kept: repeat the very same call' }
  const outcome = await again()
  const isKnown = isLeft(outcome) ? outcome.left.effect === 'refused' : outcome.right.status === 'accepted'
  return isKnown ? 'resolved' : 'later'
}

const outcomeUnknown = ({ intent }: RecordedIntent, now: Date): Observation => {
  const ref = paymentRef(intent)
  return {
    id: `elapsed|${ref}`,
    at: now.toISOString(),
    source: 'elapsed',
    vendorId: ref,
    trust: 'bound',
    subject: ref,
    fact: { type: 'unexplained', reason: 'outcome_unknown' },
    word: { method: 'outcome unknown' },
  }
}
