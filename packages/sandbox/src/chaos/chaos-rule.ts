import { type ChaosKind, type ChaosPlace, happensAt, isChaosKind, type VendorId } from './chaos-kinds.ts'

/** One rule. It applies at its place every time, the nth time, or with a probability. */
export interface ChaosRule {
  readonly do: ChaosKind
  readonly on: ChaosPlace
  /** Both unless given. */
  readonly vendor?: VendorId
  /** Trustly's method (`Deposit`, `credit`); payabl's action (`payment_refund`) or type (`capture`). Any unless given. */
  readonly method?: string
  /** Counted from 1, over the occasions that match the rule. */
  readonly nth?: number | readonly number[]
  /** From 0 to 1. The draws depend on the seed alone. */
  readonly probability?: number
  /** The wait of `delay`. */
  readonly ms?: number
  /** How often `duplicate` and `concurrent` send. */
  readonly times?: number
  /** The wait of `late-debit` and `late-failure`. */
  readonly days?: number
}

/** The rules, and the seed of their random draws. */
export interface ChaosScript {
  readonly seed?: number
  readonly rules: readonly ChaosRule[]
}

/** The wait of a rule without `ms`. */
export const defaultDelayMs = 1000
/** The wait of a rule without `days`. */
export const defaultDays = 3

const vendorIds: readonly VendorId[] = ['trustly', 'payabl']

/** Reads a script from JSON. Throws an error that names the rule (from 0) and what is wrong with it. */
export const parseChaos = (value: unknown): ChaosScript => {
  const { seed, rules, ...rest } = recordOf(value, 'The chaos')
  refuseOthers(rest, 'The chaos')
  if (seed !== undefined && !isWhole(seed, 0)) throw new Error('The chaos has a seed that is not a whole number.')
  if (!Array.isArray(rules)) throw new Error('The chaos has no list of rules.')
  return { ...(seed !== undefined && { seed: seed as number }), rules: rules.map(parseRule) }
}

const parseRule = (value: unknown, index: number): ChaosRule => {
  const name = `Rule ${index}`
  const { do: kind, on, vendor, method, nth, probability, ms, times, days, ...rest } = recordOf(value, name)
  refuseOthers(rest, name)
  const fail = (what: string): never => {
    throw new Error(`${name} ${what}.`)
  }
  const kindName = String(kind)
  if (!isChaosKind(kindName)) return fail(`does ${kindName}, which does not exist`)
  if (on !== 'call' && on !== 'callback') return fail('is on neither call nor callback')
  if (vendor !== undefined && !isVendorId(vendor)) return fail('has a vendor that does not exist')
  if (!(vendor === undefined ? vendorIds : [vendor]).some((id) => happensAt(kindName, on, id)))
    return fail(`does ${kindName}, which no ${on} ${vendor === undefined ? '' : `of ${vendor} `}can`)
  if (method !== undefined && typeof method !== 'string') return fail('has a method that is no text')
  if (nth !== undefined && ![nth].flat().every((one) => isWhole(one, 1)))
    return fail('has an nth that is not 1 or more')
  if (nth !== undefined && probability !== undefined) return fail('has both nth and probability')
  if (probability !== undefined && !isNumber(probability, 0, 1)) return fail('has a probability that is not 0 to 1')
  if (ms !== undefined && !isNumber(ms, 0, 600_000)) return fail('has ms that are not 0 to 600000')
  if (times !== undefined && !(isWhole(times, 2) && Number(times) <= 100))
    return fail('has times that are not 2 to 100')
  if (days !== undefined && !isNumber(days, 0, 3660)) return fail('has days that are not 0 to 3660')
  return { ...(value as ChaosRule), do: kindName }
}

const recordOf = (value: unknown, name: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} is no JSON object.`)
  return value as Record<string, unknown>
}

const refuseOthers = (rest: object, name: string): void => {
  const [other] = Object.keys(rest)
  if (other !== undefined) throw new Error(`${name} has a member ${other}, which does not exist.`)
}

const isVendorId = (value: unknown): value is VendorId => vendorIds.some((id) => id === value)

const isNumber = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value >= least && value <= most

const isWhole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && Number(value) >= least
