import { median } from './median.ts'

/** One repetition of what is measured. What it returns is counted, so that no engine leaves it out. */
export type Work = () => unknown

/** How long to measure. A smoke run shows only that a figure can be measured. */
export interface Effort {
  /** At most. A work that takes long has fewer, but no fewer than a tenth of them. */
  readonly rounds: number
  /** Of all rounds together, in milliseconds. */
  readonly budgetMs: number
  /** In milliseconds. Shorter than the time for which a busy system lets a process run, so that most batches run undisturbed. */
  readonly batchMs: number
}

export const efforts = {
  full: { rounds: 301, budgetMs: 6_000, batchMs: 2 },
  smoke: { rounds: 3, budgetMs: 100, batchMs: 1 },
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
export const compare = async (ours: Work, limit: Work, effort: Effort): Promise<Comparison> => {
  const { batchMs } = effort
  const count = await calibrate(limit, batchMs)
  const first: Contender = { work: limit, count, times: [] }
  const own: Contender = { work: ours, count: await calibrate(ours, batchMs), times: [] }
  const again: Contender = { work: limit, count, times: [] }
  const contenders = [first, own, again]
  const rounds = await roundsOf(contenders, effort)
  for (let round = 0; round < rounds; round += 1)
    for (const { work, count, times } of rotated(contenders, round)) times.push((await timeOf(work, count)) / count)
  return {
    speed: median(first.times.map((time, round) => time / (own.times[round] ?? Number.NaN))),
    control: median(first.times.map((time, round) => time / (again.times[round] ?? Number.NaN))),
    ours: median(own.times),
    limit: median(first.times),
  }
}

interface Contender {
  readonly work: Work
  /** How many repetitions a batch has. */
  readonly count: number
  /** Of one repetition, by batch. */
  readonly times: number[]
}

const roundsOf = async (contenders: readonly Contender[], { rounds, budgetMs }: Effort): Promise<number> => {
  let roundMs = 0
  for (const { work, count } of contenders) roundMs += await timeOf(work, count)
  return Math.round(Math.min(rounds, Math.max(rounds / 10, budgetMs / roundMs)))
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
