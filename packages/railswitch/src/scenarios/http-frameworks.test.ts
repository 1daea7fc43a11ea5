import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { expressApp, expressAppWithRaw } from '../../examples/express.ts'
import { honoApp } from '../../examples/hono.ts'
import { nextRoute } from '../../examples/next-route.ts'
import { nodeServer } from '../../examples/node-http.ts'
import type { Payments } from '../payments.ts'
import {
  type CapturedCallback,
  capturedCredit,
  type ShopAtTrustly,
  shopAtTrustly,
} from './__fixtures__/shop-at-trustly.ts'

/** Each test uses bytes that the sandbox signed. A valid signature proves that the handler passes on the raw body. */
let shop: ShopAtTrustly
let payments: Payments<void>
let credit: CapturedCallback

beforeEach(async () => {
  shop = await shopAtTrustly()
  payments = shop.start()
  credit = await capturedCredit(shop, payments)
})
afterEach(() => shop.close())

const listeners: [string, (payments: Payments<void>) => RequestListener | Server][] = [
  ['Hono', (given) => getRequestListener(honoApp(given).fetch)],
  ['a Next.js route', (given) => getRequestListener(nextRoute(given))],
  ['Express 5 before its parsers', expressApp],
  ['Express 5 behind express.raw()', expressAppWithRaw],
  ['node:http', nodeServer],
]

const post = async (listener: RequestListener | Server, { path, body }: CapturedCallback) => {
  const server = typeof listener === 'function' ? createServer(listener) : listener
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`http://127.0.0.1:${port}/callbacks${path}`, { method: 'POST', headers, body })
  const reply = { status: response.status, body: await response.text() }
  server.close()
  server.closeAllConnections()
  return reply
}

test.each(listeners)('%s passes on the signed bytes and returns the signed response', async (_name, listenerOf) => {
  const reply = await post(listenerOf(payments), credit)
  expect(reply.status).toBe(200)
  expect(JSON.parse(reply.body)).toMatchObject({ result: { data: { status: 'OK' }, method: 'credit' } })
  expect(shop.events.map(({ type }) => type)).toContain('deposit.credited')
})

test.each(listeners)('%s refuses a changed amount', async (_name, listenerOf) => {
  const forged = { ...credit, body: credit.body.replace(/"amount":"[^"]+"/, '"amount":"999999.00"') }
  expect((await post(listenerOf(payments), forged)).status).toBe(400)
  expect(shop.events).toEqual([])
})

test('a callback after express.json() is refused, and the log contains the reason and the fix', async () => {
  const app = express().use(express.json()).use('/callbacks', payments.callbacks.express)
  expect((await post(app, credit)).status).toBe(500)
  expect(shop.logs.join('\n')).toMatch(
    /something else has read its body before.*mount payments.callbacks before any body parser/,
  )
})

test('NestJS and others that keep the bytes in `rawBody` may parse the body first', async () => {
  const keep = (request: IncomingMessage & { rawBody?: Buffer }, _response: unknown, bytes: Buffer) => {
    request.rawBody = bytes
  }
  const app = express()
    .use(express.json({ verify: keep }))
    .use('/callbacks', payments.callbacks.express)
  const forged = { ...credit, body: credit.body.replace(/"amount":"[^"]+"/, '"amount":"999999.00"') }
  expect((await post(app, forged)).status).toBe(400)
  expect(shop.events).toEqual([])
  expect((await post(app, credit)).status).toBe(200)
  expect(shop.events.map(({ type }) => type)).toContain('deposit.credited')
})

test('a parsed body is never used instead of the bytes', async () => {
  const app = express()
    .use((request, _response, next) => {
      request.body = JSON.parse(credit.body)
      next()
    })
    .use('/callbacks', payments.callbacks.express)
  expect((await post(app, credit)).status).toBe(200)
})
