import { type Store, systemRuntime } from '@railswitch/core'
import {
  clockOf,
  deliveryOf,
  gate,
  intentOf,
  noTelemetry,
  pipelineUnderTest,
  secret,
  storeOf,
} from './__fixtures__/pipeline-under-test.ts'
import { type Message, vendorOf } from './__fixtures__/vendor.ts'
import { createHandlers } from './event-handlers.ts'
import { createPipeline } from './pipeline.ts'
import { createTokens } from './token.ts'

const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }

const opened = async (options: Parameters<typeof pipelineUnderTest>[0] = {}) => {
  const running = pipelineUnderTest(options)
  const payment = await running.begin(intentOf('order-1'), 'started', 'tx-1')
  return { ...running, payment }
}

test('a callback is handled once, and its duplicate gets the same response', async () => {
  const { send, types } = await opened()
  expect(await send(credit)).toMatchObject({ status: 200, body: '"ok"' })
  expect(await send(credit)).toMatchObject({ status: 200, body: '"ok"' })
  expect(types()).toEqual(['deposit.credited'])
})

test('of two deliveries at once, one is handled and the other gets 503', async () => {
  const { send, types, application } = await opened()
  const entered = gate()
  const finished = gate()
  application.handle = () => {
    entered.open()
    return finished.opened
  }
  const first = send(credit)
  await entered.opened
  expect((await send(credit)).status).toBe(503)
  finished.open()
  expect((await first).status).toBe(200)
  expect(types()).toEqual(['deposit.credited'])
})

test('a refused callback changes nothing and gets no body', async () => {
  const { send, record, logs } = await opened()
  expect(await send('forged')).toEqual({ status: 400, contentType: 'text/plain', body: '' })
  expect((await send('newer')).status).toBe(503)
  expect((await record('order-1')).reports).toEqual([])
  expect(logs.join()).not.toContain('forged')
})

test('an unknown rail is not found', async () => {
  const { pipeline } = await opened()
  expect((await pipeline.receive('other', null, deliveryOf('{}'))).status).toBe(404)
})

test('if the provider throws, the vendor gets 500 and nothing is stored', async () => {
  const { send, record, logs } = await opened()
  expect(await send('poison')).toEqual({ status: 500, contentType: 'text/plain', body: '' })
  expect(logs.join()).toContain('the provider failed')
  expect(logs.join()).not.toContain('marked-secret')
  expect((await record('order-1')).reports).toEqual([])
})

test('a report before the handlers are registered is stored, and gets 503 until they are', async () => {
  const { store, rules, logs } = await opened()
  const handlers = createHandlers<void>(systemRuntime)
  const pipeline = createPipeline<void>({
    rails: new Map([['r', vendorOf()]]),
    rules,
    store,
    tokens: createTokens([secret]),
    handlers,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    telemetry: noTelemetry,
    handlerTimeoutMs: 10_000,
  })
  const send = () => pipeline.receive('r', null, deliveryOf(JSON.stringify(credit)))
  expect((await send()).status).toBe(503)
  expect((await store.find('order-1'))?.reports).toHaveLength(1)
  handlers.register({ 'deposit.reversed': () => ({ recovered: true }) })
  expect((await send()).status).toBe(200)
  expect(logs).toEqual([])
})

test.each(['claim', 'complete', 'release'] as const)(
  'if %s of the store fails, the vendor delivers again',
  async (method) => {
    const store = storeOf(clockOf())
    const running = await opened({ store: { ...store, [method]: () => Promise.reject(new Error('marked-secret')) } })
    if (method === 'release') running.application.failing.add('deposit.credited')
    expect((await running.send(credit)).status).toBe(503)
    expect(running.logs.join()).toContain('"err":{"name":"Error","message":"marked-secret"}')
  },
)

test("the log has the message of a handler's error, which is the application's own", async () => {
  const { send, logs, application } = await opened()
  application.failing.add('deposit.credited')
  expect((await send(credit)).status).toBe(503)
  expect(logs.join()).toContain('the handler failed')
  expect(logs.join()).toContain('marked-secret')
})

test('a message whose kind this version does not know is an event and is acknowledged', async () => {
  const { send, receivedEvents } = await opened()
  expect((await send({ id: 'n-5', order: 'tx-1', method: 'novelty' })).status).toBe(200)
  expect(receivedEvents).toMatchObject([{ type: 'unrecognised', method: 'novelty' }])
})

test('an unknown record has no pending events', async () => {
  const { pipeline } = await opened()
  expect(await pipeline.handlePending('no such record')).toBe('handled')
})

test('our own reports are handled in the same way, and return the result', async () => {
  const clock = clockOf()
  const working = storeOf(clock)
  const broken: { isBroken: boolean } = { isBroken: false }
  const store: Store<void> = {
    ...working,
    claim: (...given) => (broken.isBroken ? Promise.reject(new Error('away')) : working.claim(...given)),
  }
  const { pipeline, payment, application, types } = await opened({ store, clock })
  const arrival = {
    report: { id: 'l-1', at: '2026-01-01T00:00:00.000Z', rail: 'r', vendorId: 'tx-1', method: 'credit', members: {} },
    from: { type: 'own', intent: payment, proof: 'lookup', learns: true },
  } as const
  application.failing.add('deposit.credited')
  expect(await pipeline.record(arrival)).toBe('failed')
  broken.isBroken = true
  expect(await pipeline.record(arrival)).toBe('not_stored')
  broken.isBroken = false
  application.failing.clear()
  expect(await pipeline.record(arrival)).toBe('handled')
  expect(await pipeline.record(arrival)).toBe('handled')
  expect(types()).toEqual(['deposit.credited'])
})
