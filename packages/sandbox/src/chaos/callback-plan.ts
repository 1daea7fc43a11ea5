import type { Chaos } from './chaos.ts'
import type { ChaosKind } from './chaos-kinds.ts'
import { type ChaosRule, defaultDays, defaultDelayMs } from './chaos-rule.ts'
import type { ChaosTarget } from './chaos-target.ts'
import { isWireVariant, type WireVariantKind, type WireVariants } from './wire-variants.ts'

/** What happens at one attempt of a callback. */
export interface CallbackPlan {
  readonly delayMs: number
  /** What is sent, one after the other or at once; empty when it is lost. */
  readonly copies: readonly Copy[]
  readonly atOnce: boolean
  /** The next callback of the subject is sent first. */
  readonly overtaken: boolean
  readonly chargedBackAfterDays: number | undefined
}

/** One request. A forgery must not be acknowledged; a probe is an additional request whose reply does not count. */
export interface Copy {
  /** The delivery's own body unless given. */
  readonly body?: string | Uint8Array
  readonly is: 'genuine' | 'forgery' | 'probe'
  readonly kind?: ChaosKind
}

/** The delivery as it is. */
export const genuine: Copy = { is: 'genuine' }

/** An attempt without chaos. */
export const plainPlan: CallbackPlan = {
  delayMs: 0,
  copies: [genuine],
  atOnce: false,
  overtaken: false,
  chargedBackAfterDays: undefined,
}

interface AppliedChaos {
  readonly rules: readonly ChaosRule[]
  readonly chaos: Chaos
  readonly variants: WireVariants
  readonly target: ChaosTarget
}

/** Applies the matching rules to a callback. */
export const planCallback = (body: string, applied: AppliedChaos): CallbackPlan => {
  const { rules } = applied
  const ruleOf = (kind: ChaosKind) => rules.find((rule) => rule.do === kind)
  const { copy, probes } = varyCopies(body, applied)
  const concurrent = ruleOf('concurrent')
  const duplicate = ruleOf('duplicate')
  const times = concurrent ? (concurrent.times ?? 3) : duplicate ? (duplicate.times ?? 2) : 1
  const lateDebit = ruleOf('late-debit')
  return {
    delayMs: rules.reduce((sum, rule) => (rule.do === 'delay' ? sum + (rule.ms ?? defaultDelayMs) : sum), 0),
    copies: [
      // `drop` loses the genuine callback only.
      ...(ruleOf('stranger') ? strangerCopy(body, applied) : []),
      ...(ruleOf('drop') ? [] : [...probes, ...Array.from({ length: times }, () => copy)]),
    ],
    atOnce: concurrent !== undefined,
    overtaken: ruleOf('reorder') !== undefined,
    chargedBackAfterDays: lateDebit && (lateDebit.days ?? defaultDays),
  }
}

const varyCopies = (sent: string, { rules, chaos, variants }: AppliedChaos) => {
  let copy: Copy & { readonly body: string | Uint8Array } = { body: sent, is: 'genuine' }
  const probes: Copy[] = []
  const vary = (kind: WireVariantKind, body: string) => variants.varyCallback(kind, body, chaos.nextDraw(kind))
  for (const { do: kind } of rules) {
    if (kind === 'unknown-method') probes.push({ body: vary(kind, sent), is: 'probe', kind })
    else if (kind === 'garbage') copy = { body: chaos.garbage(), is: 'forgery', kind }
    else if (isWireVariant(kind) && typeof copy.body === 'string') {
      const body = vary(kind, copy.body)
      copy = variants.forgeries.has(kind) ? { body, is: 'forgery', kind } : { ...copy, body }
    }
  }
  return { copy, probes }
}

const strangerCopy = (sent: string, { variants, target }: AppliedChaos): Copy[] => {
  const body = target.strangerCallback(sent)
  if (body === undefined) return []
  return [{ body, is: variants.forgeries.has('stranger') ? 'forgery' : 'probe', kind: 'stranger' }]
}
