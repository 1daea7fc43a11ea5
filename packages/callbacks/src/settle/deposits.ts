import {
  type Attempt,
  fold,
  type Observation,
  type OpenWork,
  type PaymentProvider,
  parsePaymentRef,
} from '@railswitch/core'
import { keep, lookUp } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { Part, Settling } from './settling.ts'

/** How long a customer may take before the vendor is asked. */
const overdueMs = 15 * 60_000
/** Nobody asks for ever about a checkout that was left. */
const givenUpMs = 60 * 86_400_000

/**
 * Deposits without an end are looked up, ever more rarely. When the vendor's own time for a final word has passed, a person
 * must look: the silence is kept as an observation, never turned into a verdict of ours.
 */
export const chaseDeposits = async <Tx>(settling: Settling<Tx>, { thread }: OpenWork): Promise<Part> => {
  const now = settling.now()
  const payment = fold(thread)
  const open = payment?.attempts.filter(({ state }) => state === 'pending' || state === 'not_credited_yet') ?? []
  if (!payment || open.length === 0) return { next: null }
  const asked = open.flatMap((attempt) => {
    const rail = parsePaymentRef(attempt.ref)?.rail ?? ''
    const provider = settling.rails.get(rail)
    return provider?.lookup ? [{ attempt, rail, provider }] : []
  })
  if (asked.length === 0) return { next: null }
  const due = after(payment.at, overdueMs)
  if (due > now.toISOString()) return { next: due }
  for (const rail of new Set(asked.map((one) => one.rail))) {
    const provider = settling.rails.get(rail)
    if (provider) await lookUp(settling, rail, provider, thread)
  }
  for (const { attempt, rail, provider } of asked) {
    const silent = silence(attempt, provider, payment.at, now)
    if (silent) await keep(settling, rail, silent, thread)
  }
  return { next: now.toISOString() > after(payment.at, givenUpMs) ? null : waitAgain(now, payment.at, overdueMs) }
}

/** A customer who never finished is no riddle; approved money that never came is. */
const silence = (
  { ref, state }: Attempt,
  { finalWordMs }: PaymentProvider,
  since: string,
  now: Date,
): Observation | null =>
  finalWordMs === undefined || state !== 'not_credited_yet' || after(since, finalWordMs) > now.toISOString()
    ? null
    : {
        id: `elapsed|${ref}`,
        at: now.toISOString(),
        source: 'elapsed',
        vendorId: ref,
        trust: 'bound',
        subject: ref,
        fact: { type: 'unexplained', reason: 'overdue' },
        word: { method: 'no final word' },
      }
