import type { Effort } from './compare.ts'

/** `least`: the value must not be smaller. `most`: it must not be larger. */
export type Bound = { readonly least: number } | { readonly most: number }

/** One measured value of a figure. */
export interface Measured {
  /** Such as `12 MB` or `64 in flight`; empty if the figure has one value. */
  readonly of: string
  readonly value: number
  /** What the same measurement gives for two equal programs; 1 is no noise. Null if the value is counted. */
  readonly control: number | null
  /** The absolute values, for a reader: `0.71 ms, limit 0.66 ms`. */
  readonly detail: string
  /** Where this value's bounds are not those of the figure. */
  readonly hold?: Bound
  readonly reach?: Bound
}

export interface MeasureOptions {
  readonly effort: Effort
  /** How many payments the largest table has. */
  readonly payments: number
  /** Called with what is being done, for a progress line. */
  readonly progress: (text: string) => void
}

/** A figure to hold. */
export interface Figure {
  /** `P4`. */
  readonly id: string
  readonly what: string
  /** What it is measured beside. */
  readonly beside: string
  readonly hold: Bound
  readonly reach: Bound
  /** What this machine lacks to measure it; null: nothing. */
  readonly lacks?: () => string | null
  readonly measure: (options: MeasureOptions) => Promise<readonly Measured[]>
}

export type Judgement = 'holds' | 'fails' | 'cannot tell'

/** A machine on which equal programs differ by more than this tells nothing. */
const largestNoise = 0.05

/** A value nearer to its bound than the noise is not judged. */
export const judge = ({ value, control }: Pick<Measured, 'value' | 'control'>, bound: Bound): Judgement => {
  const limit = 'least' in bound ? bound.least : bound.most
  const holds = 'least' in bound ? value >= limit : value <= limit
  const noise = control === null ? 0 : Math.abs(control - 1)
  const isNear = limit !== 0 && Math.abs(value / limit - 1) < noise
  if (noise > largestNoise || isNear || Number.isNaN(value)) return 'cannot tell'
  return holds ? 'holds' : 'fails'
}
