import { dayMs, paymentRef } from '@railswitch/core'
import { after, type SyncStep } from './sync-step.ts'

/** Reports a missing rail once a day: the state of its payments cannot be derived. */
export const reportMissingRails: SyncStep = async ({ rules, rails, logger, now }, record) => {
  const missing = rules.derive(record).missingRails
  if (missing.length === 0) return { next: null }
  const [first] = record.intents.filter(({ intent }) => !rails.has(intent.rail))
  logger.error({ rails: missing, reference: first?.intent.reference }, 'a rail is not configured: restore it')
  return {
    manualReview: first
      ? [{ payment: paymentRef(first.intent), why: `rail ${first.intent.rail} is not configured: restore it` }]
      : [],
    next: after(now(), dayMs),
  }
}
