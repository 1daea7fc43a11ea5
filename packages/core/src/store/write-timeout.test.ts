import { WriteTimeout, withTimeout } from './write-timeout.ts'

const never = new Promise<never>(() => {})

test('passes on the value or the error of work that ends in time', async () => {
  expect(await withTimeout(Promise.resolve('done'), 60_000)).toBe('done')
  await expect(withTimeout(Promise.reject(new Error('refused')), 60_000)).rejects.toThrow('refused')
})

test('rejects work that does not end in time, with the time limit in the message', async () => {
  const result = withTimeout(never, 1)
  await expect(result).rejects.toThrow(WriteTimeout)
  await expect(result).rejects.toMatchObject({
    name: 'WriteTimeout',
    message: 'The write of a commit() took longer than 1 ms.',
  })
})

test('leaves no timer', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  await withTimeout(Promise.resolve(), 60_000)
  expect(timers()).toBe(before)
})
