import { createClock } from './clock.ts'

const start = Date.parse('2026-03-01T00:00:00Z')
const minute = 60_000

const stopped = () => createClock(() => new Date(start))

test('what falls due on the way happens at its own time, in order', async () => {
  const clock = stopped()
  const seen: string[] = []
  const note = (name: string) => () => seen.push(`${name} ${clock.now().toISOString()}`)
  clock.at(new Date(start + 20 * minute), note('later'))
  clock.at(new Date(start + 10 * minute), note('first'))
  clock.at(new Date(start + 40 * minute), note('not yet'))
  await clock.move(30 * minute)
  expect(seen).toEqual(['first 2026-03-01T00:10:00.000Z', 'later 2026-03-01T00:20:00.000Z'])
  expect(clock.now().toISOString()).toBe('2026-03-01T00:30:00.000Z')
  clock.close()
})

test('what a job plans for the time that is skipped happens too', async () => {
  const clock = stopped()
  let runs = 0
  const again = () => {
    runs += 1
    clock.at(new Date(clock.now().getTime() + 10 * minute), again)
  }
  clock.at(new Date(start + 10 * minute), again)
  await clock.move(35 * minute)
  expect(runs).toBe(3)
  clock.close()
})

test('moves wait for each other, and for what they set off', async () => {
  const clock = stopped()
  const seen: string[] = []
  clock.at(new Date(start + minute), async () => {
    await new Promise(setImmediate)
    seen.push(`done ${clock.now().toISOString()}`)
  })
  await Promise.all([clock.move(minute), clock.move(minute)])
  expect(seen).toEqual(['done 2026-03-01T00:01:00.000Z'])
  expect(clock.now().toISOString()).toBe('2026-03-01T00:02:00.000Z')
})

test('what was called off never happens', async () => {
  const clock = stopped()
  let runs = 0
  const callOff = clock.at(new Date(start + minute), () => {
    runs += 1
  })
  callOff()
  await clock.move(2 * minute)
  expect(runs).toBe(0)
})

test('a job that fails fails its move, and not the next', async () => {
  const clock = stopped()
  clock.at(new Date(start + minute), () => {
    throw new Error('no')
  })
  await expect(clock.move(2 * minute)).rejects.toThrow('no')
  await clock.move(minute)
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(start + 2 * minute)
})

test('goes on by itself, and rings by itself', async () => {
  const begun = Date.now()
  const clock = createClock()
  await clock.move(minute)
  await new Promise<void>((resolve) => {
    const alive = setInterval(() => {}, 1000)
    clock.at(new Date(clock.now().getTime() + 5), () => {
      clearInterval(alive)
      resolve()
    })
  })
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(begun + minute)
})

test('waits longer than a timer can', async () => {
  const clock = stopped()
  let runs = 0
  clock.at(new Date(start + 60 * 24 * 60 * minute), () => {
    runs += 1
  })
  await new Promise(setImmediate)
  expect(runs).toBe(0)
  await clock.move(60 * 24 * 60 * minute)
  expect(runs).toBe(1)
})

test('says what comes next, and moves to it and no further', async () => {
  const clock = stopped()
  const seen: string[] = []
  expect(clock.next()).toBeUndefined()
  await clock.moveToNext()
  const cancel = clock.at(new Date(start + 5 * minute), () => seen.push('cancelled'))
  clock.at(new Date(start + 10 * minute), () => seen.push('first'))
  clock.at(new Date(start + 10 * minute), () => seen.push('of the same moment'))
  clock.at(new Date(start + 11 * minute), () => seen.push('later'))
  cancel()
  expect(clock.next()).toEqual(new Date(start + 10 * minute))
  await clock.moveToNext()
  expect(seen).toEqual(['first', 'of the same moment'])
  expect(clock.ahead()).toBe(10 * minute)
  clock.close()
})

test('can be set back to the real time, and what was planned keeps its moment', async () => {
  const clock = stopped()
  let runs = 0
  await clock.move(30 * minute)
  clock.at(new Date(start + 40 * minute), () => {
    runs += 1
  })
  await clock.reset()
  expect(clock.now()).toEqual(new Date(start))
  await clock.move(39 * minute)
  expect(runs).toBe(0)
  await clock.move(minute)
  expect(runs).toBe(1)
})
