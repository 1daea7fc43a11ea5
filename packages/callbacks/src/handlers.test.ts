import { PaymentError, type PaymentEvent, type PaymentRef } from '@railswitch/core'
import { createHandlers, type Handled, type Handlers, HandlerTimeout } from './handlers.ts'

const about = {
  payment: 'rs1.r.deposit.order-1.1' as PaymentRef,
  reference: 'order-1',
  at: '2026-01-01T00:00:00.000Z',
}
const amount = { value: '100.00', currency: 'SEK' }
const credited: PaymentEvent = { ...about, id: 'e-1', type: 'deposit.credited', amount }
const approved: PaymentEvent = { ...about, id: 'e-3', type: 'deposit.not_credited_yet', amount }
const reversed: PaymentEvent = { ...about, id: 'e-2', type: 'deposit.reversed', amount, exposure: amount }
const answering = { 'deposit.reversed': () => ({ recovered: true }) }

const run = (handlers: Handlers<string[]>, events: readonly PaymentEvent[], timeoutMs = 10_000) => {
  const registry = createHandlers<string[]>()
  registry.register(handlers)
  return registry.run(events, timeoutMs)
}

const rowsOf = async ({ write }: Handled<string[]>): Promise<readonly string[]> => {
  const rows: string[] = []
  await write?.(rows)
  return rows
}

test('rows are written in the order in which they were committed, and only by `write`', async () => {
  const rows: string[] = []
  const row = (text: string) => async (tx: string[]) => {
    rows.push(text)
    tx.push(text)
  }
  const handled = await run(
    {
      ...answering,
      'deposit.not_credited_yet': (_event, commit) => commit(row('approved')),
      'deposit.credited': async (_event, commit) => {
        commit(row('credited'))
        await Promise.resolve()
        commit(row('shipped'))
      },
    },
    [approved, credited],
  )
  expect(rows).toEqual([])
  expect(await rowsOf(handled)).toEqual(['approved', 'credited', 'shipped'])
})

test('what a handler commits after its end is an error where it is done, not a row that is lost in silence', async () => {
  let commitLater = (): void => {}
  const handled = await run(
    {
      ...answering,
      'deposit.credited': (_event, commit) => {
        commitLater = () => commit(async (tx) => void tx.push('too late'))
      },
    },
    [credited],
  )
  expect(commitLater).toThrow(PaymentError)
  expect(await rowsOf(handled)).toEqual([])
})

test('a handler that throws after it committed has written nothing', async () => {
  const rows: string[] = []
  const ran = run(
    {
      ...answering,
      'deposit.credited': (_event, commit) => {
        commit(async () => void rows.push('row'))
        throw new Error('after all')
      },
    },
    [credited],
  )
  await expect(ran).rejects.toThrow('after all')
  expect(rows).toEqual([])
})

test('a handler that was given up starts none of the events behind it', async () => {
  const heard: string[] = []
  let finish = (): void => {}
  const ran = run(
    {
      ...answering,
      'deposit.not_credited_yet': () => {
        heard.push('first')
        return new Promise<void>((resolve) => {
          finish = resolve
        })
      },
      'deposit.credited': () => heard.push('second'),
    },
    [approved, credited],
    1,
  )
  await expect(ran).rejects.toBeInstanceOf(HandlerTimeout)
  finish()
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual(['first'])
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['another member', { recoverd: true }],
  ['text', { recovered: 'true' }],
  ['a bare boolean', true],
])('%s is no answer to a reversal', async (_name, answer) => {
  const handlers = { 'deposit.reversed': () => answer } as unknown as Handlers<string[]>
  await expect(run(handlers, [reversed])).rejects.toMatchObject({ code: 'handler_missing' })
})

test('a reversal is answered as the handler says, and by nothing else', async () => {
  expect(await run({ 'deposit.reversed': async () => ({ recovered: false }) }, [reversed])).toEqual({
    answer: { recovered: false },
  })
  expect(await run({ ...answering, 'deposit.credited': () => ({ recovered: false }) }, [credited])).toEqual({
    answer: 'ok',
  })
})

test('events before any handlers are registered are a failure, news without events is none', async () => {
  const registry = createHandlers()
  await expect(registry.run([credited], 1_000)).rejects.toMatchObject({ code: 'handler_missing' })
  expect(await registry.run([], 1_000)).toEqual({ answer: 'ok' })
})

test('handlers are registered once, and a failed registration is none', () => {
  const registry = createHandlers()
  expect(registry.missing(['deposit.reversed'])).toEqual(['deposit.reversed'])
  const misspelt = { ...answering, 'deposit.creditted': () => {}, 'deposit.credited': 'ship' }
  expect(() => registry.register(misspelt as unknown as Handlers)).toThrow(
    /deposit\.creditted: is not an event.*\n.*deposit\.credited: must be a function/,
  )
  registry.register(answering)
  expect(registry.missing(['deposit.reversed'])).toEqual([])
  expect(() => registry.register(answering)).toThrow(PaymentError)
})

test('a map that leaves a question out, or answers it in another form, does not compile', () => {
  const question = 'deposit.reversed'
  // @ts-expect-error deposit.reversed must be answered
  const silent: Handlers = { 'deposit.credited': () => {} }
  // @ts-expect-error undefined is no answer
  const undecided: Handlers = { [question]: () => undefined }
  // @ts-expect-error recovered is a boolean
  const wordy: Handlers = { [question]: () => ({ recovered: 'yes' }) }
  // @ts-expect-error there is no such event
  const misspelt: Handlers = { ...answering, 'deposit.creditted': () => {} }
  expect([silent, undecided, wordy, misspelt]).toHaveLength(4)
})
