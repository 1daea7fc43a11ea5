import type { Clock } from '../platform/clock.ts'
import { seededBytes, seededNumber } from './chance.ts'
import { type ChaosKind, type ChaosPlace, happensAt, type VendorId } from './chaos-kinds.ts'
import type { ChaosRule, ChaosScript } from './chaos-rule.ts'
import { createDraw, type Draw } from './draw.ts'

/** What may go wrong: a merchant's call with its answer, or an attempt of a callback. */
export type Occasion = { readonly vendor: VendorId; readonly on: ChaosPlace; readonly method: string | null }

/** One thing that did go wrong. */
export type ChaosEntry = Occasion & {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly did: ChaosRule['do']
  /** Its place in the script, from 0. */
  readonly rule: number
}

/** The rules of a sandbox, with what they have counted so far. */
export type Chaos = {
  /** The rules that strike now, in the script's order. Counts the occasion. */
  readonly strike: (occasion: Occasion) => readonly ChaosRule[]
  /** Begins a script, its counts from 0. */
  readonly set: (script: ChaosScript) => void
  readonly script: () => Required<ChaosScript>
  /** What went wrong since the script began, oldest first. */
  readonly log: () => readonly ChaosEntry[]
  /** Bytes that mean nothing, others each time. */
  readonly garbage: () => Uint8Array
  /** What one more distortion of the kind leaves to chance. */
  readonly nextDraw: (kind: ChaosKind) => Draw
}

type Setting = { readonly clock: Clock; readonly seed: number; readonly script: ChaosScript }

export const createChaos = ({ clock, seed: usualSeed, script: first }: Setting): Chaos => {
  let seed = usualSeed
  let rules: ReadonlyArray<{ readonly rule: ChaosRule; seen: number }> = []
  let log: ChaosEntry[] = []
  let garbages = 0
  let drawn = new Map<ChaosKind, number>()
  const set = (script: ChaosScript) => {
    seed = script.seed ?? usualSeed
    rules = script.rules.map((rule) => ({ rule, seen: 0 }))
    log = []
    garbages = 0
    drawn = new Map()
  }
  set(first)
  return {
    set,
    script: () => ({ seed, rules: rules.map(({ rule }) => rule) }),
    log: () => [...log],
    strike: (occasion) => {
      const struck = [...rules.entries()].filter(([index, entry]) => {
        if (!concerns(entry.rule, occasion)) return false
        entry.seen += 1
        return isDue(entry.rule, entry.seen, () => seededNumber(seed, index, entry.seen))
      })
      const at = clock.now().toISOString()
      log.push(...struck.map(([index, { rule }]) => ({ at, ...occasion, did: rule.do, rule: index })))
      return struck.map(([, { rule }]) => rule)
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

const concerns = (rule: ChaosRule, { vendor, on, method }: Occasion): boolean =>
  rule.on === on &&
  (rule.vendor ?? vendor) === vendor &&
  (rule.method ?? method) === method &&
  happensAt(rule.do, on, vendor)

const isDue = ({ nth, probability }: ChaosRule, seen: number, draw: () => number): boolean => {
  if (nth !== undefined) return [nth].flat().includes(seen)
  return probability === undefined || draw() < probability
}
