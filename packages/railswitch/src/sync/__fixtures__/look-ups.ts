import { type FoundReport, left, PaymentError, type PaymentRef, right } from '@railswitch/core'
import type { Clock } from '../../../../callbacks/src/__fixtures__/pipeline-under-test.ts'
import { type Message, reportOf, type VendorOptions } from '../../../../callbacks/src/__fixtures__/vendor.ts'

/** A vendor's answers to look-ups: what it shows, or that it does not answer; and when (ISO 8601) it was asked. */
export const lookUpsAt = (clock: Clock) => {
  const answers: { shows: readonly FoundReport[] | 'nothing answers' } = { shows: [] }
  const askedAt: string[] = []
  const lookUp: VendorOptions['lookUp'] = () => async () => {
    askedAt.push(new Date(clock.at).toISOString())
    return answers.shows === 'nothing answers'
      ? left(unreachable)
      : right({ found: answers.shows, absenceProves: false })
  }
  return { answers, askedAt, lookUp }
}

const unreachable = new PaymentError({
  code: 'unreachable',
  effect: 'not_sent',
  retry: 'same_attempt',
  message: 'unreachable',
  hint: 'none',
})

export const foundOf = (intent: PaymentRef, message: Message, learns = true): FoundReport => ({
  report: reportOf(message),
  intent,
  learns,
})
