import {
  type Delivery,
  type Intent,
  left,
  memoryStore,
  type Observation,
  PaymentError,
  type PaymentEvent,
  type PaymentProvider,
  paymentRef,
  right,
  type Store,
  silentLogger,
} from '@railswitch/core'
import { createHandlers } from './handlers.ts'
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

interface Told {
  readonly id: string
  readonly order?: string
  readonly fact: 'credited' | 'reversed'
}

/** A vendor whose callbacks are JSON of `Told`; its signature covers `proves`. */
const vendor = (proves: 'everything' | 'identity'): PaymentProvider => ({
  id: 'vendor',
  capabilities: { deposit: { yes: true }, refund: { yes: true }, 'refund.partial': { yes: true } },
  replays: true,
  asks: {},
  operations: {},
  receive: ({ body }) => {
    const text = new TextDecoder().decode(body)
    if (!text.startsWith('{')) return left(refused(text === 'kyc' ? 'unsupported' : 'callback_refused'))
    const told = JSON.parse(text) as Told
    return right({
      id: told.id,
      vendorIds: [`tx-${told.order ?? 'none'}`],
      merchantReference: told.order ?? null,
      proves,
      observe: (_thread, subject, bound): Observation => ({
        id: told.id,
        at: '2026-01-01T00:00:00.000Z',
        source: 'callback',
        vendorId: `tx-${told.order ?? 'none'}`,
        trust: proves === 'everything' ? 'signed' : bound ? 'bound' : 'claimed',
        subject: subject && paymentRef(subject.intent),
        fact: { type: `deposit.${told.fact}`, amount },
        word: { method: told.fact },
      }),
      acknowledge: (answer) => ({ status: 200, contentType: 'text/plain', body: JSON.stringify(answer) }),
    })
  },
})

const refused = (code: 'unsupported' | 'callback_refused') =>
  new PaymentError({ code, effect: 'refused', again: 'never', message: 'refused', hint: 'none' })

const rig = async (proves: 'everything' | 'identity' = 'everything', store: Store<void> = memoryStore()) => {
  const tokens = createTokens(['a-secret-of-at-least-32-characters-x'])
  const handlers = createHandlers<void>()
  const events: PaymentEvent[] = []
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields)}`)
  const behaviour: { handle: (event: PaymentEvent) => unknown; recovered: unknown } = {
    handle: () => {},
    recovered: true,
  }
  const hear = async (event: PaymentEvent): Promise<void> => {
    await behaviour.handle(event)
    events.push(event)
  }
  const pipeline = createPipeline<void>({
    telemetry: createTelemetry(() => new Date()),
    rails: new Map([['r', vendor(proves)]]),
    store,
    tokens,
    handlers,
    logger: { info: log, warn: log, error: log },
    handlerTimeoutMs: 50,
  })
  const listen = () =>
    handlers.register({
      'deposit.credited': hear,
      'review.needed': hear,
      'deposit.reversed': async (event) => {
        await hear(event)
        return { recovered: behaviour.recovered as boolean }
      },
    })
  for (const reference of ['order-1', 'order-2']) await store.begin(intentOf(reference), 'f')
  const send = (told: Told | string, token: string | null = null) =>
    pipeline.receive('r', token, deliveryOf(typeof told === 'string' ? told : JSON.stringify(told)))
  return { pipeline, store, tokens, events, logs, behaviour, listen, send }
}

const deliveryOf = (text: string): Delivery => ({
  body: new TextEncoder().encode(text),
  contentType: 'application/json',
})

const credit: Told = { id: 'n-1', order: 'order-1', fact: 'credited' }

test('a callback is handled once, and its duplicate gets the same answer', async () => {
  const { send, events, listen } = await rig()
  listen()
  expect(await send(credit)).toMatchObject({ status: 200, body: '"ok"' })
  expect(await send(credit)).toMatchObject({ status: 200, body: '"ok"' })
  expect(events.map(({ type }) => type)).toEqual(['deposit.credited'])
})

test("a question's answer is kept for its duplicates, whatever would be said now", async () => {
  const { send, behaviour, listen } = await rig()
  listen()
  await send(credit)
  const debit: Told = { id: 'n-2', order: 'order-1', fact: 'reversed' }
  behaviour.recovered = false
  expect((await send(debit)).body).toBe('{"recovered":false}')
  behaviour.recovered = true
  expect((await send(debit)).body).toBe('{"recovered":false}')
})

test('two deliveries at once: one runs, the other is told to come back', async () => {
  const { send, events, listen, behaviour } = await rig()
  listen()
  let finish = (): void => {}
  const began = new Promise<void>((resolve) => {
    behaviour.handle = () => {
      resolve()
      return new Promise<void>((done) => {
        finish = done
      })
    }
  })
  const first = send(credit)
  await began
  expect((await send(credit)).status).toBe(503)
  finish()
  expect((await first).status).toBe(200)
  expect(events).toHaveLength(1)
})

test('what is refused changes nothing and says nothing', async () => {
  const { send, store, logs, listen } = await rig()
  listen()
  expect(await send('forged')).toEqual({ status: 400, contentType: 'text/plain', body: '' })
  expect((await send('kyc')).status).toBe(503)
  expect((await store.find('order-1'))?.observations).toEqual([])
  expect(logs.join()).not.toContain('forged')
})

test('an unknown rail is not found', async () => {
  const { pipeline } = await rig()
  expect((await pipeline.receive('other', null, deliveryOf('{}'))).status).toBe(404)
})

test('news before the handlers are registered is kept, and settled later', async () => {
  const { send, store, pipeline, events, listen } = await rig()
  expect((await send(credit)).status).toBe(503)
  listen()
  const settle = createSettle({
    telemetry: createTelemetry(() => new Date()),
    rails: new Map(),
    store,
    logger: silentLogger,
    now: () => new Date(Date.now() + 3_600_000),
    crossCheck: true,
    pipeline,
    isClosed: () => false,
    repeat: () => null,
  })
  expect(await settle()).toMatchObject({ handled: 1, failed: 0 })
  expect(events).toHaveLength(1)
  expect((await send(credit)).status).toBe(200)
  expect(events).toHaveLength(1)
})

test('a store that fails makes the vendor come back, and its message stays inside', async () => {
  const broken = { ...memoryStore(), claim: () => Promise.reject(new Error('password=marked-secret')) }
  const { send, logs, listen } = await rig('everything', broken)
  listen()
  expect((await send(credit)).status).toBe(503)
  expect(logs.join()).not.toContain('marked-secret')
})

test("a handler's error message is not logged", async () => {
  const { send, logs, listen, behaviour } = await rig()
  listen()
  behaviour.handle = () => {
    throw new Error('account number marked-secret')
  }
  expect((await send(credit)).status).toBe(503)
  expect(logs.join()).toContain('the handler failed')
  expect(logs.join()).not.toContain('marked-secret')
})

describe('a vendor whose signature covers the identity alone', () => {
  test('is believed on money only at the address with our own token', async () => {
    const { send, tokens, store, events, listen } = await rig('identity')
    listen()
    expect((await send(credit)).status).toBe(200)
    expect(events.map(({ type }) => type)).toEqual(['review.needed'])
    const token = await tokens.sign(intentOf('order-1'))
    await send(credit, token)
    expect(events.map(({ type }) => type)).toEqual(['review.needed', 'deposit.credited'])
    expect((await store.find('order-1'))?.observations.map(({ trust }) => trust)).toEqual(['claimed', 'bound'])
  })

  test("is not believed when its order is not the token's", async () => {
    const { send, tokens, events, listen } = await rig('identity')
    listen()
    await send({ ...credit, order: 'order-2' }, await tokens.sign(intentOf('order-1')))
    expect(events.map(({ type }) => type)).toEqual(['review.needed'])
  })

  test('is bound by the token when it names no order', async () => {
    const { send, tokens, events, listen } = await rig('identity')
    listen()
    await send({ id: 'n-1', fact: 'credited' }, await tokens.sign(intentOf('order-1')))
    expect(events).toMatchObject([{ type: 'deposit.credited', reference: 'order-1' }])
  })

  test('is claimed at best behind a forged token', async () => {
    const { send, events, listen, logs } = await rig('identity')
    listen()
    await send(credit, 'forged.token.here')
    expect(events.map(({ type }) => type)).toEqual(['review.needed'])
    expect(logs.join()).toContain('token is not ours')
  })
})

test("signed news at another order's address belongs to its own order", async () => {
  const { send, tokens, store, listen } = await rig()
  listen()
  await send({ ...credit, order: 'order-2' }, await tokens.sign(intentOf('order-1')))
  expect((await store.find('order-1'))?.observations).toEqual([])
  expect((await store.find('order-2'))?.observations).toHaveLength(1)
})
