import { median } from './median.ts'

/** One repetition of what is measured. What it returns is counted, so that no engine leaves it out. */
export type Work = () => unknown

/** How long to measure. A smoke run shows only that a figure can be measured. */
export interface Effort {
  readonly rounds: number
  /** In milliseconds. */
  readonly batchMs: number
}

export const efforts = {
  full: { rounds: 61, batchMs: 20 },
  smoke: { rounds: 3, batchMs: 1 },
} as const satisfies Record<string, Effort>

export interface Comparison {
  /** The limit's time divided by ours: 1 is as fast as the limit, 0.5 takes twice as long. */
  readonly speed: number
  /** The limit's time divided by its own time in the same rounds. What differs from 1 is the noise of the machine. */
  readonly control: number
  /** The time of one repetition, in milliseconds. */
  readonly ours: number
  readonly limit: number
}

/** Measures both in many short batches that take turns, so that a slow moment of the machine strikes both. */
export const compare = async (ours: Work, limit: Work, { rounds, batchMs }: Effort): Promise<Comparison> => {
  const contenders = [
    { work: limit, count: await calibrate(limit, batchMs), times: [] as number[] },
    { work: ours, count: await calibrate(ours, batchMs), times: [] as number[] },
    { work: limit, count: 0, times: [] as number[] },
  ] as const
  const [first, own, again] = contenders
  for (let round = 0; round < rounds; round += 1)
    for (const { work, count, times } of rotated(contenders, round))
      times.push((await timeOf(work, count || first.count)) / (count || first.count))
  return {
    speed: median(first.times.map((time, round) => time / (own.times[round] ?? Number.NaN))),
    control: median(first.times.map((time, round) => time / (again.times[round] ?? Number.NaN))),
    ours: median(own.times),
    limit: median(first.times),
  }
}

/** How many repetitions fill a batch, after the engine has compiled them. */
const calibrate = async (work: Work, batchMs: number): Promise<number> => {
  let count = 1
  for (;;) {
    const ms = await timeOf(work, count)
    if (ms >= batchMs) return Math.max(1, Math.round((count * batchMs) / ms))
    count *= 2
  }
}

const timeOf = async (work: Work, count: number): Promise<number> => {
  const begun = performance.now()
  for (let done = 0; done < count; done += 1) {
    const result = work()
    if (result instanceof Promise) keep(await result)
    else keep(result)
  }
  return performance.now() - begun
}

let kept = 0
const keep = (result: unknown): void => {
  kept += result === undefined ? 0 : 1
}

/** How many results were kept so far. */
export const keptResults = (): number => kept

const rotated = <A>(values: readonly A[], by: number): readonly A[] => {
  const at = by % values.length
  return [...values.slice(at), ...values.slice(0, at)]
}
