import { sign, verify } from 'node:crypto'
import type { Platform, Post } from '../in-process.ts'

interface Timer {
  readonly due: number
  readonly job: () => void
}

/** A platform whose time moves only by `advance`, and whose randomness depends on the seed alone. */
export const createVirtualPlatform = (seed: number, post: Post) => {
  let time = Date.parse('2026-03-02T08:00:00Z')
  const timers = new Set<Timer>()
  const platform: Platform = {
    now: () => new Date(time),
    after: (ms, job) => {
      const timer = { due: time + ms, job }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    random: createRandom(seed),
    post,
    sign,
    verify,
  }
  const next = (end: number) =>
    [...timers].filter(({ due }) => due <= end).reduce<Timer | undefined>((first, one) => (first && first.due <= one.due ? first : one), undefined)
  return {
    platform,
    /** Lets everything happen that needs no time. */
    turn,
    /** Runs the timers of that time, each at its own moment. */
    advance: async (ms: number): Promise<void> => {
      const end = time + ms
      await turn()
      for (let timer = next(end); timer; timer = next(end)) {
        timers.delete(timer)
        time = timer.due
        timer.job()
        await turn()
      }
      time = end
    },
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Mulberry32. */
export const createRandom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
