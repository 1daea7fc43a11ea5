import { type Clock, dayMs } from '../platform/clock.ts'
import type { HttpResponse } from '../platform/routes.ts'
import type { Chaos } from './chaos.ts'
import type { ChaosKind } from './chaos-kinds.ts'
import { type ChaosRule, defaultDays, defaultDelayMs } from './chaos-rule.ts'
import { type ChaosTarget, ifPossible } from './chaos-target.ts'
import { isWireVariant, type WireVariants } from './wire-variants.ts'

interface AppliedChaos {
  readonly rules: readonly ChaosRule[]
  readonly dropped: boolean
  readonly chaos: Chaos
  readonly clock: Clock
  readonly variants: WireVariants
  readonly target: ChaosTarget
}

type Written = Exclude<HttpResponse, 'hang up'>

/** Applies the matching rules to a response and to the payment that it is about. */
export const changeResponse = async (response: HttpResponse, applied: AppliedChaos): Promise<HttpResponse> => {
  if (response === 'hang up') return response
  const { rules, dropped, variants } = applied
  if (rules.length === 0) return dropped ? 'hang up' : response
  await changePayment(response, applied)
  let changed: Written = response
  for (const { do: kind } of rules) {
    const { body } = changed
    if (isWireVariant(kind) && typeof body === 'string')
      changed = { ...changed, body: variants.varyResponse(kind, body) }
  }
  return dropped ? 'hang up' : replace(changed, applied)
}

const changePayment = async ({ body }: Written, { rules, clock, target }: AppliedChaos): Promise<void> => {
  const subject = typeof body === 'string' ? target.subjectOf(body) : undefined
  for (const rule of rules) {
    if (rule.do === 'delay') await pause(clock, rule.ms ?? defaultDelayMs)
    if (subject === undefined) continue
    if (rule.do === 'callback-first') {
      ifPossible(() => target.pay(subject))
      await target.attempted(subject)
    }
    if (rule.do === 'late-failure') {
      const days = rule.days ?? defaultDays
      clock.at(new Date(clock.now().getTime() + days * dayMs), () => ifPossible(() => target.failPayout(subject)))
    }
  }
}

// Delays on the network do not follow the sandbox's clock.
const pause = ({ after }: Pick<Clock, 'after'>, ms: number): Promise<void> =>
  new Promise((resolve) => after(ms, resolve))

const replace = (response: Written, { rules, chaos }: AppliedChaos): Written => {
  const has = (kind: ChaosKind) => rules.some((rule) => rule.do === kind)
  if (has('500')) return errorPage
  if (has('garbage')) return { ...response, body: chaos.garbage() }
  return has('reset') ? { ...response, breaksOff: true } : response
}

const errorPage = {
  status: 500,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<html><body><h1>Internal Server Error</h1></body></html>',
} as const
