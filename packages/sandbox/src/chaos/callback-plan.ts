import type { Chaos } from './chaos.ts'
import type { ChaosKind } from './chaos-kinds.ts'
import type { ChaosRule } from './chaos-rule.ts'
import type { World } from './chaos-target.ts'
import { usualDays, usualDelayMs } from './usual.ts'
import { type Dialect, type DistortionKind, isDistortion } from './wire-variants.ts'

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

type Struck = {
  readonly rules: readonly ChaosRule[]
  readonly chaos: Chaos
  readonly dialect: Dialect
  readonly world: World
}

/** What the rules that struck make of a callback. */
export const courseOf = (genuine: string, struck: Struck): CallbackCourse => {
  const { rules, chaos, dialect } = struck
  const has = (kind: ChaosKind) => rules.find((rule) => rule.do === kind)
  let copy: Copy = { body: genuine, is: 'genuine' }
  const probes: Copy[] = []
  const distort = (kind: DistortionKind, body: string) => dialect.distortCallback(kind, body, chaos.nextDraw(kind))
  for (const { do: kind } of rules) {
    if (kind === 'unknown-method') probes.push({ body: distort(kind, genuine), is: 'probe', kind })
    else if (kind === 'garbage') copy = { body: chaos.garbage(), is: 'forgery', kind }
    else if (isDistortion(kind) && typeof copy.body === 'string') {
      const body = distort(kind, copy.body)
      copy = dialect.forgeries.has(kind) ? { body, is: 'forgery', kind } : { ...copy, body }
    }
  }
  const concurrent = has('concurrent')
  const duplicate = has('duplicate')
  const times = concurrent ? (concurrent.times ?? 3) : duplicate ? (duplicate.times ?? 2) : 1
  const late = has('late-debit')
  return {
    delayMs: rules.reduce((sum, rule) => (rule.do === 'delay' ? sum + (rule.ms ?? usualDelayMs) : sum), 0),
    // What is lost is ours: the stranger's comes all the same.
    copies: [
      ...(has('stranger') ? strangersCopy(genuine, struck) : []),
      ...(has('drop') ? [] : [...probes, ...Array.from({ length: times }, () => copy)]),
    ],
    atOnce: concurrent !== undefined,
    overtaken: has('reorder') !== undefined,
    takenBackAfterDays: late && (late.days ?? usualDays),
  }
}

const strangersCopy = (genuine: string, { dialect, world }: Struck): Copy[] => {
  const body = world.strangersCallback(genuine)
  if (body === undefined) return []
  return [{ body, is: dialect.forgeries.has('stranger') ? 'forgery' : 'probe', kind: 'stranger' }]
}
