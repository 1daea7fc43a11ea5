import { type FoundReport, left, PaymentError, type PaymentRef, right } from '@railswitch/core'
import type { Clock } from '../../../../callbacks/src/__fixtures__/pipeline-under-test.ts'
import { type Message, reportOf, type VendorOptions } from '../../../../callbacks/src/__fixtures__/vendor.ts'

/** A vendor's look-up. `lookUpResult.shows`: its result, or `unreachable`. `lookedUpAt`: the times of the calls, ISO 8601. */
export const lookUpsAt = (clock: Clock) => {
  const lookUpResult: { shows: readonly FoundReport[] | 'unreachable' } = { shows: [] }
  const lookedUpAt: string[] = []
  const lookUp: VendorOptions['lookUp'] = () => async () => {
    lookedUpAt.push(new Date(clock.at).toISOString())
    return lookUpResult.shows === 'unreachable' ? left(unreachable) : right({ found: lookUpResult.shows, absenceProves: false })
  }
  return { lookUpResult, lookedUpAt, lookUp }
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
