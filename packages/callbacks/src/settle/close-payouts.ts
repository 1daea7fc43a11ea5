import {
  foldPayout,
  type Intent,
  type Observation,
  type OpenWork,
  paymentRef,
  type RecordedIntent,
  type Thread,
} from '@railswitch/core'
import { keep, lookUp } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { Part, Settling } from './settling.ts'

/**
 * Some vendors tell only of payouts that failed. Once the time is over in which one could, and a look-up shows nothing
 * else, an accepted payout counts as paid: `by: 'elapsed'` says that nobody confirmed it.
 */
export const closePayouts = async <Tx>(settling: Settling<Tx>, { thread }: OpenWork): Promise<Part> => {
  const waits: string[] = []
  const now = settling.now()
  for (const { intent, begunAt } of accepted(thread)) {
    const provider = settling.rails.get(intent.rail)
    if (provider?.payoutFailureMs === undefined) continue
    const due = after(begunAt, provider.payoutFailureMs)
    if (due > now.toISOString()) waits.push(due)
    else if (provider.lookup && !(await lookUp(settling, intent.rail, provider, thread)))
      waits.push(waitAgain(now, due))
    else if (accepted(await settling.store.find(intent.reference)).some((still) => sameRef(still.intent, intent)))
      await keep(settling, intent.rail, elapsed(intent, now), thread)
  }
  return { next: waits.sort()[0] ?? null }
}

const accepted = (thread: Thread | null): readonly RecordedIntent[] => {
  const refs = new Set(
    thread && foldPayout(thread)?.attempts.flatMap(({ ref, state }) => (state === 'accepted' ? ref : [])),
  )
  return thread?.intents.filter(({ intent }) => refs.has(paymentRef(intent))) ?? []
}

const sameRef = (a: Intent, b: Intent): boolean => paymentRef(a) === paymentRef(b)

const elapsed = (intent: Intent, now: Date): Observation => ({
  id: `elapsed|${paymentRef(intent)}|paid`,
  at: now.toISOString(),
  source: 'elapsed',
  vendorId: paymentRef(intent),
  trust: 'bound',
  subject: paymentRef(intent),
  fact: { type: 'payout.confirmed', amount: intent.expect },
  word: { method: 'no failure was told' },
})
