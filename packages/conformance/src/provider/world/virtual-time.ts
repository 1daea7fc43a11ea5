import type { Runtime } from '@railswitch/core'

interface Timer {
  readonly due: number
  readonly job: () => void
}

/** The time of one behaviour. It moves only when the suite moves it. */
export interface VirtualTime {
  readonly now: () => Date
  readonly after: (ms: number, job: () => void) => () => void
  /** The runtime of the shop. */
  readonly shop: Runtime
  /** The runtime of the provider: its pauses end at once, and move the time. Timers in the background wait for `advance`. */
  readonly provider: Runtime
  /** Moves the time, and runs what is due on the way. `settled` resolves when nothing is in flight. */
  readonly advance: (ms: number, settled: () => Promise<void>) => Promise<void>
}

const start = Date.parse('2026-03-02T08:00:00.000Z')

export const createVirtualTime = (): VirtualTime => {
  let time = start
  let uuids = 0
  const timers = new Set<Timer>()
  const now = (): Date => new Date(time)
  const after = (ms: number, job: () => void): (() => void) => {
    const timer = { due: time + ms, job }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const randomUUID = (): string => {
    uuids += 1
    return `00000000-0000-4000-8000-${String(uuids).padStart(12, '0')}`
  }
  const pauseAtOnce: Runtime['after'] = (ms, job, { isBackground = false } = {}) => {
    if (isBackground) return after(ms, job)
    const timer = setTimeout(() => {
      time += ms
      job()
    }, 1)
    return () => clearTimeout(timer)
  }
  const next = (end: number): Timer | undefined =>
    [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0]
  return {
    now,
    after,
    shop: { now, after, randomUUID },
    provider: { now, after: pauseAtOnce, randomUUID },
    async advance(ms, settled) {
      const end = time + ms
      for (let timer = next(end); timer; timer = next(end)) {
        timers.delete(timer)
        time = Math.max(time, timer.due)
        timer.job()
        await settled()
      }
      time = Math.max(time, end)
    },
  }
}

/** Mulberry32 with a fixed seed. */
export const createRandom = (): (() => number) => {
  let state = 17
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
