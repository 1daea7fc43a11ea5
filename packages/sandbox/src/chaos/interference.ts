import type { Clock } from '../clock.ts'
import { createFaults, type Faults } from '../faults.ts'
import type { HttpAnswer } from '../http-server.ts'
import type { Chaos } from './chaos.ts'
import type { ChaosKind, VendorId } from './chaos-kinds.ts'
import type { ChaosRule } from './chaos-rule.ts'
import { type Dialect, isDistortion } from './distortion.ts'

/** Where chaos meets one vendor. */
export type Interference = {
  readonly faults: Faults
  /** What happens to the answer of a call that was executed. */
  readonly meetCall: (method: string | null) => {
    readonly dropped: boolean
    readonly change: (answer: HttpAnswer) => Promise<HttpAnswer>
  }
  readonly meetCallback: (body: string) => CallbackCourse
  /** The bank takes the money of a payment back, if any is there. */
  readonly takeBack: (subject: string) => void
}

/** What happens at one attempt of a callback. */
export type CallbackCourse = {
  readonly delayMs: number
  /** What is sent, one after the other or at once; nothing when it is lost. */
  readonly copies: readonly Copy[]
  readonly atOnce: boolean
  readonly overtaken: boolean
  readonly takenBackAfterDays: number | undefined
}

/** One sending. A forgery must not be acknowledged; a probe is one more, about which the merchant's word is not asked. */
export type Copy = {
  readonly body: string | Uint8Array
  readonly is: 'genuine' | 'forgery' | 'probe'
  readonly kind?: ChaosKind
}

/** What chaos can make happen at a vendor. Subjects are those of its letters. */
export type World = {
  /** What an answer is about. */
  readonly subjectOf: (answer: string) => string | undefined
  /** These throw on what the subject's state does not allow. */
  readonly pay: (subject: string) => unknown
  readonly takeBack: (subject: string) => unknown
  readonly failPayout: (subject: string) => unknown
  readonly told: (subject: string) => Promise<unknown>
}

type Setting = {
  readonly vendor: VendorId
  readonly chaos: Chaos
  readonly clock: Clock
  readonly dialect: Dialect
  readonly world: World
}

export const createInterference = ({ vendor, chaos, clock, dialect, world }: Setting): Interference => {
  const faults = createFaults()
  return {
    faults: faults.api,
    meetCall: (method) => {
      const rules = chaos.strike({ vendor, on: 'call', method })
      const dropped = faults.takesAnswer(method) || rules.some((rule) => rule.do === 'drop')
      return { dropped, change: (answer) => changeAnswer(answer, { rules, dropped, chaos, dialect, clock, world }) }
    },
    meetCallback: (body) => {
      const rules = chaos.strike({ vendor, on: 'callback', method: dialect.methodOf(body) })
      return courseOf(body, { rules, chaos, dialect })
    },
    takeBack: (subject) => ifPossible(() => world.takeBack(subject)),
  }
}

type Struck = { readonly rules: readonly ChaosRule[]; readonly chaos: Chaos; readonly dialect: Dialect }

const usualDelayMs = 1000
export const dayMs = 86_400_000

const changeAnswer = async (
  answer: HttpAnswer,
  {
    rules,
    dropped,
    chaos,
    dialect,
    clock,
    world,
  }: Struck & Pick<Setting, 'clock' | 'world'> & { readonly dropped: boolean },
): Promise<HttpAnswer> => {
  let changed = answer
  for (const rule of rules) {
    if (changed === 'hang up') return changed
    const { body } = changed
    if (rule.do === 'callback-first' && typeof body === 'string') await payFirst(body, world)
    else if (rule.do === 'late-failure' && typeof body === 'string')
      failLater(body, { days: rule.days ?? 3, clock, world })
    else if (rule.do === 'delay') await pause(rule.ms ?? usualDelayMs)
    else if (rule.do === '500') changed = brokenPage
    else if (rule.do === 'garbage') changed = { ...changed, body: chaos.garbage() }
    else if (rule.do === 'reset') changed = { ...changed, breaksOff: true }
    else if (isDistortion(rule.do) && typeof body === 'string')
      changed = { ...changed, body: dialect.distortAnswer(rule.do, body) }
  }
  return dropped ? 'hang up' : changed
}

const payFirst = async (answer: string, { subjectOf, pay, told }: World): Promise<void> => {
  const subject = subjectOf(answer)
  if (subject === undefined) return
  ifPossible(() => pay(subject))
  await told(subject)
}

type Later = { readonly days: number; readonly clock: Clock; readonly world: World }

const failLater = (answer: string, { days, clock, world: { subjectOf, failPayout } }: Later): void => {
  const subject = subjectOf(answer)
  if (subject === undefined) return
  clock.at(new Date(clock.now().getTime() + days * dayMs), () => ifPossible(() => failPayout(subject)))
}

/** What the payment's state does not allow does not happen. */
const ifPossible = (happen: () => unknown): void => {
  try {
    happen()
  } catch {}
}

const brokenPage = {
  status: 500,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<html><body><h1>Internal Server Error</h1></body></html>',
} as const

const courseOf = (genuine: string, { rules, chaos, dialect }: Struck): CallbackCourse => {
  const has = (kind: ChaosKind) => rules.find((rule) => rule.do === kind)
  let copy: Copy = { body: genuine, is: 'genuine' }
  const probes: Copy[] = []
  for (const { do: kind } of rules) {
    if (kind === 'unknown-method') probes.push({ body: dialect.distortCallback(kind, genuine), is: 'probe', kind })
    else if (kind === 'garbage') copy = { body: chaos.garbage(), is: 'forgery', kind }
    else if (isDistortion(kind) && typeof copy.body === 'string') {
      const body = dialect.distortCallback(kind, copy.body)
      copy = dialect.forgeries.has(kind) ? { body, is: 'forgery', kind } : { ...copy, body }
    }
  }
  const concurrent = has('concurrent')
  const duplicate = has('duplicate')
  const times = concurrent ? (concurrent.times ?? 3) : duplicate ? (duplicate.times ?? 2) : 1
  const late = has('late-debit')
  return {
    delayMs: rules.reduce((sum, rule) => (rule.do === 'delay' ? sum + (rule.ms ?? usualDelayMs) : sum), 0),
    copies: has('drop') ? [] : [...probes, ...Array.from({ length: times }, () => copy)],
    atOnce: concurrent !== undefined,
    overtaken: has('reorder') !== undefined,
    takenBackAfterDays: late && (late.days ?? 3),
  }
}

/** Real time: what waits on the wire does not follow the sandbox's clock. */
export const pause = (ms: number, closing?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref()
    closing?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
