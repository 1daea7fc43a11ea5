import {
  type Delivery,
  type Intent,
  memoryStore,
  type PaymentEvent,
  type PaymentProvider,
  paymentRef,
  right,
  type Store,
} from '@railswitch/core'
import { type Commit, createHandlers } from './handlers.ts'
import { createPipeline } from './pipeline.ts'
import { createSettle } from './settle/settle.ts'
import { createTelemetry } from './telemetry.ts'
import { createTokens } from './token.ts'

const amount = { value: '100.00', currency: 'SEK' }
const intentOf = (reference: string): Intent => ({
  kind: 'deposit',
  rail: 'r',
  reference,
  attempt: 1,
  expect: amount,
  settings: { callbackUrl: 'https://shop.example/' },
})

/** A vendor whose signed callback is the id of an order that was credited; every delivery of it is the same news. */
const vendor: PaymentProvider = {
  id: 'vendor',
  capabilities: { deposit: { yes: true }, refund: { yes: true }, 'refund.partial': { yes: true } },
  replays: true,
  asks: {},
  operations: {},
  receive: ({ body }) => {
    const order = new TextDecoder().decode(body)
    if (order === 'poison') throw new Error('the adapter is broken')
    return right({
      id: `n-${order}`,
      vendorIds: [order],
      merchantReference: order,
      proves: 'everything',
      observe: (_thread, subject) => ({
        id: `n-${order}`,
        at: '2026-01-01T00:00:00.000Z',
        source: 'callback',
        vendorId: order,
        trust: 'signed',
        subject: subject && paymentRef(subject.intent),
        fact: { type: 'deposit.credited', amount },
        word: { method: 'credit', amount },
      }),
      acknowledge: () => ({ status: 200, contentType: 'text/plain', body: 'OK' }),
    })
  },
}

let year = 3000
/** Each run finds everything due. */
const nextYear = () => new Date(Date.UTC(year, 0))
const noRepeat = () => null

interface Clock {
  at: number
}

/** A process: its own handlers over a store that it may share. */
const processOn = (
  store: Store<void>,
  handle: (event: PaymentEvent, commit: Commit<void>) => unknown,
  handlerTimeoutMs = 10_000,
) => {
  const handlers = createHandlers<void>()
  handlers.register({ 'deposit.credited': handle, 'deposit.reversed': () => ({ recovered: false }) })
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields)}`)
  const rails = new Map([['r', vendor]])
  const logger = { info: log, warn: log, error: log }
  const pipeline = createPipeline<void>({
    telemetry: createTelemetry(() => new Date()),
    rails,
    store,
    tokens: createTokens(['a-secret-of-at-least-32-characters-x']),
    handlers,
    logger,
    handlerTimeoutMs,
  })
  const send = (order: string) => pipeline.receive('r', null, deliveryOf(order))
  const run = createSettle({
    telemetry: createTelemetry(nextYear),
    rails,
    store,
    logger,
    now: nextYear,
    crossCheck: true,
    pipeline,
    isClosed: () => false,
    repeat: noRepeat,
  })
  return {
    logs,
    send,
    settle: () => {
      year += 1
      return run()
    },
  }
}

const deliveryOf = (text: string): Delivery => ({ body: new TextEncoder().encode(text), contentType: 'text/plain' })

const storeAt = async (clock: Clock, ...references: string[]): Promise<Store<void>> => {
  const store = memoryStore({ now: () => new Date(clock.at) })
  for (const reference of references) await store.begin(intentOf(reference), 'f')
  return store
}

/** A handler that says when it was entered and ends when it is let. */
const held = () => {
  let enter = (): void => {}
  let release = (): void => {}
  const entered = new Promise<void>((resolve) => {
    enter = resolve
  })
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const hold = (): Promise<void> => {
    enter()
    return released
  }
  return { entered, hold, release: () => release() }
}

test('a handler that lost its lease writes nothing: the one that took over has written', async () => {
  const clock = { at: 0 }
  const store = await storeAt(clock, 'o-1')
  const rows: string[] = []
  const { entered, hold, release } = held()
  const slow = processOn(store, async (_event, commit) => {
    commit(async () => void rows.push('slow'))
    await hold()
  })
  const quick = processOn(store, (_event, commit) => commit(async () => void rows.push('quick')))
  const first = slow.send('o-1')
  await entered
  expect((await quick.send('o-1')).status).toBe(503)
  clock.at = 60_000
  expect((await quick.send('o-1')).status).toBe(200)
  release()
  expect((await first).status).toBe(503)
  expect(rows).toEqual(['quick'])
  expect(slow.logs.join()).toContain('the lease was lost')
})

test('a handler that timed out keeps its payment to itself until its lease ends, then settle finishes it', async () => {
  const clock = { at: 0 }
  const store = await storeAt(clock, 'o-1')
  const rows: string[] = []
  const { hold, release } = held()
  const slow = processOn(
    store,
    async (_event, commit) => {
      commit(async () => void rows.push('slow'))
      await hold()
    },
    1,
  )
  const other = processOn(store, (_event, commit) => commit(async () => void rows.push('other')))
  expect((await slow.send('o-1')).status).toBe(503)
  expect(await other.settle()).toMatchObject({ handled: 0, failed: 0 })
  clock.at = 60_000
  expect(await other.settle()).toMatchObject({ handled: 1, failed: 0 })
  release()
  await new Promise((resolve) => setImmediate(resolve))
  expect(rows).toEqual(['other'])
  expect(await other.settle()).toMatchObject({ handled: 0, failed: 0 })
})

test('a write that fails leaves the news unhandled, and the next delivery writes it once', async () => {
  const store = await storeAt({ at: 0 }, 'o-1')
  const rows: string[] = []
  let failures = 1
  const { send } = processOn(store, (_event, commit) =>
    commit(async () => {
      failures -= 1
      if (failures >= 0) throw new Error('the row is refused')
      rows.push('row')
    }),
  )
  expect((await send('o-1')).status).toBe(503)
  expect((await send('o-1')).status).toBe(200)
  expect((await send('o-1')).status).toBe(200)
  expect(rows).toEqual(['row'])
})

test('settle goes on behind news that fails, and counts both', async () => {
  const store = await storeAt({ at: 0 }, 'o-1', 'o-2', 'o-3')
  const refusing = processOn(store, () => {
    throw new Error('not now')
  })
  for (const order of ['o-1', 'o-2', 'o-3']) await refusing.send(order)
  const heard: (string | null)[] = []
  const { settle } = processOn(store, ({ reference }) => {
    if (reference === 'o-2') throw new Error('this one never')
    heard.push(reference)
  })
  expect(await settle()).toMatchObject({ handled: 2, failed: 1 })
  expect(await settle()).toMatchObject({ handled: 0, failed: 1 })
  expect(heard).toEqual(['o-1', 'o-3'])
})

test('two processes that settle at once hand each news to one handler', async () => {
  const references = Array.from({ length: 20 }, (_, index) => `o-${index}`)
  const store = await storeAt({ at: 0 }, ...references)
  const refusing = processOn(store, () => {
    throw new Error('not now')
  })
  for (const order of references) await refusing.send(order)
  const heard: string[] = []
  const handle = async ({ reference }: PaymentEvent) => {
    await Promise.resolve()
    heard.push(String(reference))
  }
  await Promise.all([processOn(store, handle).settle(), processOn(store, handle).settle()])
  expect([...heard].sort()).toEqual([...references].sort())
})

test('a store that fails for one payment does not end settle', async () => {
  const working = await storeAt({ at: 0 }, 'o-1', 'o-2')
  const refusing = processOn(working, () => {
    throw new Error('not now')
  })
  await refusing.send('o-1')
  await refusing.send('o-2')
  const store: Store<void> = {
    ...working,
    claim: (news, leaseMs) =>
      news.id === 'n-o-1' ? Promise.reject(new Error('password=marked-secret')) : working.claim(news, leaseMs),
  }
  const { settle, logs } = processOn(store, () => {})
  expect(await settle()).toMatchObject({ handled: 1, failed: 1 })
  expect(logs.join()).not.toContain('marked-secret')
})

test('a lease that cannot be given back is a failure of the store, and the vendor comes back', async () => {
  const working = await storeAt({ at: 0 }, 'o-1')
  const store: Store<void> = { ...working, release: () => Promise.reject(new Error('away')) }
  const { send } = processOn(store, () => {
    throw new Error('not now')
  })
  expect((await send('o-1')).status).toBe(503)
})

test('an adapter that throws answers 500 without a word, and nothing is kept', async () => {
  const store = await storeAt({ at: 0 }, 'o-1')
  const { send, logs } = processOn(store, () => {})
  expect(await send('poison')).toEqual({ status: 500, contentType: 'text/plain', body: '' })
  expect(logs.join()).toContain('the adapter failed')
  expect(logs.join()).not.toContain('broken')
  expect((await store.find('o-1'))?.observations).toEqual([])
})
