import {
  isLeft,
  merchantReference,
  type Observation,
  type PaymentProvider,
  paymentRef,
  type Thread,
} from '@railswitch/core'
import type { Settling } from './settling.ts'

const longestLookUpMs = 120_000

/** Asks one rail about its part of a payment; what it shows takes the way of a callback. False: it did not answer. */
export const lookUp = async <Tx>(
  settling: Settling<Tx>,
  rail: string,
  provider: PaymentProvider,
  thread: Thread,
): Promise<boolean> => {
  const own = { ...thread, intents: thread.intents.filter(({ intent }) => intent.rail === rail) }
  const answer = await provider.lookup?.(own, AbortSignal.timeout(longestLookUpMs))()
  if (!answer) return false
  if (isLeft(answer)) {
    settling.logger.warn({ rail, code: answer.left.code }, 'look-up failed')
    return false
  }
  for (const observation of answer.right.found) await keep(settling, rail, observation, thread)
  return true
}

/** What we found out ourselves is handled like what a vendor told. */
export const keep = async <Tx>(
  { pipeline }: Settling<Tx>,
  rail: string,
  observation: Observation,
  { intents }: Thread,
): Promise<void> => {
  const subject = intents.find(({ intent }) => paymentRef(intent) === observation.subject)
  await pipeline.handleAgain({
    rail,
    id: observation.id,
    vendorIds: [observation.vendorId],
    merchantReference: subject ? merchantReference(subject.intent) : null,
    observe: () => observation,
  })
}

export const signalOfLookUp = (): AbortSignal => AbortSignal.timeout(longestLookUpMs)
