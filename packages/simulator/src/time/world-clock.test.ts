import { createWorldClock } from './world-clock.ts'

const clockWith = () => {
  const failures: unknown[] = []
  return { clock: createWorldClock(1_000, (error) => failures.push(error)), failures }
}

test('jobs run at their times, and those of one moment in the order in which they were given', async () => {
  const { clock } = clockWith()
  const done: string[] = []
  clock.after(20, () => done.push(`c ${clock.now()}`))
  clock.after(10, () => done.push(`a ${clock.now()}`))
  clock.after(10, () => done.push(`b ${clock.now()}`))
  await clock.runUntil(1_015)
  expect(done).toEqual(['a 1010', 'b 1010'])
  expect(clock.now()).toBe(1_015)
  await clock.runUntil(1_100)
  expect(done.at(-1)).toBe('c 1020')
})

test('everything that a job causes at its moment has happened before the next one', async () => {
  const { clock } = clockWith()
  const done: string[] = []
  clock.after(10, async () => {
    await Promise.resolve().then(() => Promise.resolve())
    done.push('first')
  })
  clock.after(10, () => done.push('second'))
  await clock.runUntil(1_010)
  expect(done).toEqual(['first', 'second'])
})

test('a job that waits for a later one does not stop the time', async () => {
  const { clock } = clockWith()
  const done: string[] = []
  clock.after(10, async () => {
    await new Promise<void>((resolve) => clock.after(5, resolve))
    done.push(`waited ${clock.now()}`)
  })
  await clock.runUntil(2_000)
  expect(done).toEqual(['waited 1015'])
})

test('what was begun before the time goes on is not late', async () => {
  const { clock } = clockWith()
  const begun: number[] = []
  void Promise.resolve().then(() => Promise.resolve().then(() => begun.push(clock.now())))
  await clock.runUntil(2_000)
  expect(begun).toEqual([1_000])
})

test('a cancelled job does not run', async () => {
  const { clock } = clockWith()
  const done: string[] = []
  const cancel = clock.after(10, () => done.push('cancelled'))
  clock.after(5, cancel)
  await clock.runUntil(2_000)
  expect(done).toEqual([])
})

test('what a job throws or rejects with is reported, and the time goes on', async () => {
  const { clock, failures } = clockWith()
  clock.after(10, () => {
    throw new Error('thrown')
  })
  clock.after(20, () => Promise.reject(new Error('rejected')))
  await clock.runUntil(2_000)
  expect(failures).toEqual([new Error('thrown'), new Error('rejected')])
})
