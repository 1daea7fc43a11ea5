import type { Clock } from '../platform/clock.ts'
import { dayMs } from '../platform/day.ts'
import type { HttpAnswer } from '../platform/http-server.ts'
import { pause } from '../platform/pause.ts'
import type { Chaos } from './chaos.ts'
import type { ChaosKind } from './chaos-kinds.ts'
import type { ChaosRule } from './chaos-rule.ts'
import { ifPossible, type World } from './chaos-target.ts'
import { usualDays, usualDelayMs } from './usual.ts'
import { type Dialect, isDistortion } from './wire-variants.ts'

type Struck = {
  readonly rules: readonly ChaosRule[]
  readonly dropped: boolean
  readonly chaos: Chaos
  readonly clock: Clock
  readonly dialect: Dialect
  readonly world: World
}

type Written = Exclude<HttpAnswer, 'hang up'>

/** What the rules that struck make of an answer, and of the payment that it is about. */
export const changeAnswer = async (answer: HttpAnswer, struck: Struck): Promise<HttpAnswer> => {
  if (answer === 'hang up') return answer
  const { rules, dropped, dialect } = struck
  if (rules.length === 0) return dropped ? 'hang up' : answer
  await happenBefore(answer, struck)
  let changed: Written = answer
  for (const { do: kind } of rules) {
    const { body } = changed
    if (isDistortion(kind) && typeof body === 'string')
      changed = { ...changed, body: dialect.distortAnswer(kind, body) }
  }
  return dropped ? 'hang up' : replace(changed, struck)
}

const happenBefore = async ({ body }: Written, { rules, clock, world }: Struck): Promise<void> => {
  const subject = typeof body === 'string' ? world.subjectOf(body) : undefined
  for (const rule of rules) {
    if (rule.do === 'delay') await pause(rule.ms ?? usualDelayMs)
    if (subject === undefined) continue
    if (rule.do === 'callback-first') {
      ifPossible(() => world.pay(subject))
      await world.told(subject)
    }
    if (rule.do === 'late-failure') {
      const days = rule.days ?? usualDays
      clock.at(new Date(clock.now().getTime() + days * dayMs), () => ifPossible(() => world.failPayout(subject)))
    }
  }
}

const replace = (answer: Written, { rules, chaos }: Struck): Written => {
  const has = (kind: ChaosKind) => rules.some((rule) => rule.do === kind)
  if (has('500')) return brokenPage
  if (has('garbage')) return { ...answer, body: chaos.garbage() }
  return has('reset') ? { ...answer, breaksOff: true } : answer
}

const brokenPage = {
  status: 500,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<html><body><h1>Internal Server Error</h1></body></html>',
} as const
