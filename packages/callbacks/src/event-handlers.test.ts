import { PaymentError, type PaymentEvent, type PaymentRef, systemRuntime } from '@railswitch/core'
import { createHandlers, type Handled, type Handlers, HandlerTimeout } from './event-handlers.ts'

const about = {
  payment: 'rs1.r.deposit.order-1.1' as PaymentRef,
  reference: 'order-1',
  at: '2026-01-01T00:00:00.000Z',
  now: { state: 'credited', net: { value: '100.00', currency: 'SEK' } },
}
const amount = { value: '100.00', currency: 'SEK' }
const credited: PaymentEvent = { ...about, id: 'e-1', type: 'deposit.credited', amount }
const reversed: PaymentEvent = { ...about, id: 'e-2', type: 'deposit.reversed', amount, exposure: amount }
const answering = { 'deposit.reversed': () => ({ recovered: true }) }

const run = (handlers: Handlers<string[]>, event: PaymentEvent, timeoutMs = 10_000) => {
  const registry = createHandlers<string[]>(systemRuntime)
  registry.register(handlers)
  return registry.run(event, timeoutMs)
}

const rowsOf = async ({ write }: Handled<string[]>): Promise<readonly string[]> => {
  const rows: string[] = []
  await write?.(rows)
  return rows
}

test('writes run in the order in which they were committed, and only by `write`', async () => {
  const rows: string[] = []
  const row = (text: string) => async (tx: string[]) => {
    rows.push(text)
    tx.push(text)
  }
  const handled = await run(
    {
      ...answering,
      'deposit.credited': async (_event, commit) => {
        commit(row('credited'))
        await Promise.resolve()
        commit(row('shipped'))
      },
    },
    credited,
  )
  expect(rows).toEqual([])
  expect(await rowsOf(handled)).toEqual(['credited', 'shipped'])
})

test('commit() after the end of the handler throws an error instead of losing the write', async () => {
  let commitLater = (): void => {}
  const handled = await run(
    {
      ...answering,
      'deposit.credited': (_event, commit) => {
        commitLater = () => commit(async (tx) => void tx.push('too late'))
      },
    },
    credited,
  )
  expect(commitLater).toThrow(PaymentError)
  expect(await rowsOf(handled)).toEqual([])
})

test('a handler that throws after commit() writes nothing', async () => {
  const rows: string[] = []
  const ran = run(
    {
      ...answering,
      'deposit.credited': (_event, commit) => {
        commit(async () => void rows.push('row'))
        throw new Error('after all')
      },
    },
    credited,
  )
  await expect(ran).rejects.toThrow('after all')
  expect(rows).toEqual([])
})

test('a handler that takes too long fails, and its commits are not written', async () => {
  const rows: string[] = []
  const ran = run(
    {
      ...answering,
      'deposit.credited': (_event, commit) => {
        commit(async () => void rows.push('row'))
        return new Promise<void>(() => {})
      },
    },
    credited,
    1,
  )
  await expect(ran).rejects.toBeInstanceOf(HandlerTimeout)
  expect(rows).toEqual([])
})

test.each([
  ['nothing', undefined, 'nothing'],
  ['null', null, 'no decision'],
  ['another member', { recoverd: true }, 'no decision'],
  ['text', { recovered: 'true' }, 'no decision'],
  ['a bare boolean', true, 'no decision'],
])('%s is not an answer to a reversal', async (_name, answer, words) => {
  const handlers = { 'deposit.reversed': () => answer } as unknown as Handlers<string[]>
  await expect(run(handlers, reversed)).rejects.toMatchObject({
    code: 'handler_missing',
    message: `The handler of 'deposit.reversed' returned ${words}.`,
    hint: expect.stringMatching(/^Return \{ recovered: true \} or \{ recovered: false \}: the vendor asks again/),
  })
})

test('a registration without the mandatory question is refused, so that no deposit is', () => {
  const silent = { 'deposit.credited': () => {} } as unknown as Handlers
  expect(() => createHandlers(systemRuntime).register(silent)).toThrow(
    /deposit\.reversed: is required, because any deposit can be reversed\. Add 'deposit\.reversed': \(\) =>/,
  )
})

test('the answer to a reversal is only the decision of the handler', async () => {
  expect(await run({ 'deposit.reversed': async () => ({ recovered: false }) }, reversed)).toEqual({
    answer: { recovered: false },
  })
  expect(await run({ ...answering, 'deposit.credited': () => ({ recovered: false }) }, credited)).toEqual({
    answer: 'ok',
  })
})

test('an event fails before handlers are registered; afterwards, a statement without a handler succeeds', async () => {
  const registry = createHandlers(systemRuntime)
  await expect(registry.run(credited, 1_000)).rejects.toMatchObject({ code: 'handler_missing' })
  registry.register(answering)
  expect(await registry.run(credited, 1_000)).toEqual({ answer: 'ok' })
})

test('a question without a handler fails', async () => {
  const registry = createHandlers(systemRuntime)
  registry.register(answering)
  const requested: PaymentEvent = { ...about, id: 'e-3', type: 'withdrawal.requested', amount }
  await expect(registry.run(requested, 1_000)).rejects.toMatchObject({ code: 'handler_missing' })
})

const checked: PaymentEvent = { ...about, id: 'e-4', type: 'kyc.received', abort: null }

test('an answer to kyc.received with an invalid limit is refused', async () => {
  const limited = (limit: unknown) =>
    run({ ...answering, 'kyc.received': () => ({ proceed: true, limit }) } as Handlers<string[]>, checked)
  await expect(limited('100.00')).rejects.toMatchObject({ code: 'handler_missing' })
  await expect(limited({ value: '100.001', currency: 'SEK' })).rejects.toMatchObject({ code: 'handler_missing' })
  expect(await limited(amount)).toEqual({ answer: { proceed: true, limit: amount } })
  expect(await limited(undefined)).toEqual({ answer: { proceed: true } })
})

test('handlers are registered once, and a failed registration does not count', () => {
  const registry = createHandlers(systemRuntime)
  expect(registry.missing(['deposit.reversed'])).toEqual(['deposit.reversed'])
  const misspelt = { ...answering, 'deposit.creditted': () => {}, 'deposit.credited': 'ship' }
  expect(() => registry.register(misspelt as unknown as Handlers)).toThrow(
    /deposit\.creditted: is not an event.*\n.*deposit\.credited: must be a function/,
  )
  registry.register(answering)
  expect(registry.missing(['deposit.reversed'])).toEqual([])
  expect(() => registry.register(answering)).toThrow(PaymentError)
})

test('handlers without the mandatory question, or with a wrong answer, do not compile', () => {
  const question = 'deposit.reversed'
  // @ts-expect-error deposit.reversed is mandatory
  const silent: Handlers = { 'deposit.credited': () => {} }
  // @ts-expect-error undefined is not an answer
  const undecided: Handlers = { [question]: () => undefined }
  // @ts-expect-error recovered is a boolean
  const wordy: Handlers = { [question]: () => ({ recovered: 'yes' }) }
  // @ts-expect-error there is no such event
  const misspelt: Handlers = { ...answering, 'deposit.creditted': () => {} }
  expect([silent, undecided, wordy, misspelt]).toHaveLength(4)
})
