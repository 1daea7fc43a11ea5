import { pause, type Runtime, systemRuntime, withTimeLimit, withTimeoutSignal } from './runtime.ts'

const never = new Promise<never>(() => {})

/** Timers that a test ends. `waiting`: the time limits of those that have neither ended nor been cancelled. */
const timersOf = () => {
  const timers = new Map<number, { readonly ms: number; readonly job: () => void }>()
  let count = 0
  const after: Runtime['after'] = (ms, job) => {
    count += 1
    const id = count
    timers.set(id, { ms, job })
    return () => timers.delete(id)
  }
  const end = (): void => {
    for (const { job } of timers.values()) job()
    timers.clear()
  }
  return { after, end, waiting: () => [...timers.values()].map(({ ms }) => ms) }
}

const running = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('the system', () => {
  test('runs a job later', async () => {
    const order: string[] = []
    await new Promise<void>((resolve) => {
      systemRuntime.after(1, () => {
        order.push('job')
        resolve()
      })
      order.push('caller')
    })
    expect(order).toEqual(['caller', 'job'])
  })

  test('keeps the process alive for a job, unless it is cancelled or in the background', () => {
    const before = running()
    const cancel = systemRuntime.after(60_000, () => {})
    expect(running()).toBe(before + 1)
    cancel()
    expect(running()).toBe(before)
    const cancelBackground = systemRuntime.after(60_000, () => {}, { isBackground: true })
    expect(running()).toBe(before)
    cancelBackground()
  })
})

describe('a time limit', () => {
  const late = () => new Error('late')

  test('passes on the value or the error of work that ends in time, and cancels its timer', async () => {
    const timers = timersOf()
    await expect(withTimeLimit(timers, async () => 'done', { ms: 7, late })).resolves.toBe('done')
    await expect(withTimeLimit(timers, () => Promise.reject(new Error('no')), { ms: 7, late })).rejects.toThrow('no')
    expect(timers.waiting()).toEqual([])
  })

  test('rejects work that does not end in time', async () => {
    const timers = timersOf()
    const result = withTimeLimit(timers, () => never, { ms: 7, late })
    expect(timers.waiting()).toEqual([7])
    timers.end()
    await expect(result).rejects.toThrow('late')
  })
})

describe('a signal', () => {
  test('is aborted as a timeout, like that of AbortSignal.timeout', async () => {
    const timers = timersOf()
    const reason = withTimeoutSignal(timers, 7, (signal) => {
      timers.end()
      return Promise.resolve(signal.reason)
    })
    expect(await reason).toMatchObject({ name: 'TimeoutError' })
  })

  test('is not aborted once the work has ended or thrown', async () => {
    const timers = timersOf()
    const signals: AbortSignal[] = []
    const fails = async (signal: AbortSignal): Promise<never> => {
      signals.push(signal)
      throw new Error('no')
    }
    await expect(withTimeoutSignal(timers, 7, fails)).rejects.toThrow('no')
    expect(timers.waiting()).toEqual([])
    expect(signals[0]?.aborted).toBe(false)
  })
})

describe('a pause', () => {
  test('ends after its time', async () => {
    const timers = timersOf()
    const paused = pause(timers, 7)
    expect(timers.waiting()).toEqual([7])
    timers.end()
    await paused
  })

  test('ends with its signal, without a timer', async () => {
    const timers = timersOf()
    const controller = new AbortController()
    const paused = pause(timers, 7, controller.signal)
    controller.abort()
    await paused
    await pause(timers, 7, controller.signal)
    expect(timers.waiting()).toEqual([])
  })
})
