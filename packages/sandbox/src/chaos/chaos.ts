import type { Clock } from '../platform/clock.ts'
import { type ChaosKind, type ChaosPlace, happensAt, type VendorId } from './chaos-kinds.ts'
import { type ChaosRule, type ChaosScript, parseChaos } from './chaos-rule.ts'
import { createDraw, type Draw, seededBytes, seededNumber } from './random.ts'

/** Where chaos can apply: the response to a merchant's call, or an attempt of a callback. */
export interface Occasion {
  readonly vendor: VendorId
  readonly on: ChaosPlace
  readonly method: string | null
}

/** One rule that was applied. */
export interface ChaosEntry extends Occasion {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly did: ChaosRule['do']
  /** The rule's index in the script, from 0. */
  readonly rule: number
}

/** The chaos script of a sandbox, with the counts of its rules. */
export interface Chaos {
  /** Counts the occasion, logs the rules that apply to it, and gives them in the script's order. */
  readonly apply: (occasion: Occasion) => readonly ChaosRule[]
  /** Replaces the script. All counts start at 0. Throws if it is invalid. */
  readonly set: (script: ChaosScript) => void
  readonly script: () => Required<ChaosScript>
  /** True without rules. */
  readonly isEmpty: () => boolean
  /** The rules applied since the script began, oldest first. */
  readonly log: () => readonly ChaosEntry[]
  /** Random bytes, different each time. */
  readonly garbage: () => Uint8Array
  /** The draws for the next use of the kind. */
  readonly nextDraw: (kind: ChaosKind) => Draw
}

interface Dependencies {
  readonly clock: Clock
  readonly seed: number
  readonly script: ChaosScript
}

export const createChaos = ({ clock, seed: defaultSeed, script: first }: Dependencies): Chaos => {
  let seed = defaultSeed
  let rules: ReadonlyArray<{ readonly rule: ChaosRule; seen: number }> = []
  let log: ChaosEntry[] = []
  let garbages = 0
  let drawn = new Map<ChaosKind, number>()
  const set = (script: ChaosScript) => {
    const valid = parseChaos(script)
    seed = valid.seed ?? defaultSeed
    rules = valid.rules.map((rule) => ({ rule, seen: 0 }))
    log = []
    garbages = 0
    drawn = new Map()
  }
  set(first)
  return {
    set,
    isEmpty: () => rules.length === 0,
    script: () => ({ seed, rules: rules.map(({ rule }) => rule) }),
    log: () => [...log],
    apply: (occasion) => {
      const applied = [...rules.entries()].filter(([index, entry]) => {
        if (!matches(entry.rule, occasion)) return false
        entry.seen += 1
        return isDue(entry.rule, entry.seen, () => seededNumber(seed, index, entry.seen))
      })
      const at = clock.now().toISOString()
      log.push(...applied.map(([index, { rule }]) => ({ at, ...occasion, did: rule.do, rule: index })))
      return applied.map(([, { rule }]) => rule)
    },
    garbage: () => {
      garbages += 1
      return seededBytes(seed, 'garbage', garbages)
    },
    nextDraw: (kind) => {
      const times = (drawn.get(kind) ?? 0) + 1
      drawn.set(kind, times)
      return createDraw(seed, kind, times)
    },
  }
}

const matches = (rule: ChaosRule, { vendor, on, method }: Occasion): boolean =>
  rule.on === on &&
  (rule.vendor ?? vendor) === vendor &&
  (rule.method ?? method) === method &&
  happensAt(rule.do, on, vendor)

const isDue = ({ nth, probability }: ChaosRule, seen: number, draw: () => number): boolean => {
  if (nth !== undefined) return [nth].flat().includes(seen)
  return probability === undefined || draw() < probability
}
