import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import type { Payments } from '../payments.ts'
import { testEvent } from '../testing/test-event.ts'
import {
  type CapturedCallback,
  capturedCredit,
  type ShopAtTrustly,
  shopAtTrustly,
} from './__fixtures__/shop-at-trustly.ts'

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../../../docs/callbacks.md'), 'utf8')
const folder = mkdtempSync(join(here, '../../.docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The module of the block below this text of the page, which exports what is named. `shop.ts` exports `payments`. */
const moduleBelow = async (text: string, exported: string, payments: unknown) => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page.slice(page.indexOf(text))) ?? []
  const place = mkdtempSync(join(folder, 'block-'))
  const shop = `documentedShop${place.slice(-6)}`
  Object.assign(globalThis, { [shop]: payments })
  writeFileSync(join(place, 'shop.ts'), `export const payments = globalThis.${shop}\n`)
  const own = code.replaceAll("'@/shop'", "'./shop.ts'")
  const file = join(place, 'block.ts')
  writeFileSync(file, /^export /m.test(own) ? own : `${own}\nexport { ${exported} }\n`)
  return import(file)
}

/** How each block is made a listener of HTTP. Fastify and NestJS are no dependencies here: their examples are run from packed packages. */
const blocks: readonly (readonly [text: string, exported: string, listen: (exported: never) => RequestListener])[] = [
  ['Express 5, also', 'app', (app: RequestListener) => app],
  ['Hono:', 'app', ({ fetch }: { fetch: (request: Request) => Promise<Response> }) => getRequestListener(fetch)],
  ['Next.js, in', 'POST', (post: (request: Request) => Promise<Response>) => getRequestListener(post)],
  ['`node:http`:', 'server', (server: Server) => server.listeners('request')[0] as RequestListener],
]

describe('the examples of docs/callbacks.md', () => {
  let shop: ShopAtTrustly
  let payments: Payments<void>
  let credit: CapturedCallback

  beforeAll(async () => {
    shop = await shopAtTrustly()
    payments = shop.start()
    credit = await capturedCredit(shop, payments)
  })
  afterAll(() => shop.close())

  test.each(blocks)('%s acknowledges a signed callback', async (text, exported, listen) => {
    const loaded = await moduleBelow(text, exported, payments)
    const server = createServer(listen(loaded[exported] as never))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks${credit.path}`
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(address, { method: 'POST', headers, body: credit.body })
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 200,
      body: { result: { data: { status: 'OK' }, method: 'credit' } },
    })
    server.close()
    server.closeAllConnections()
  })

  test('a serverless function acknowledges a callback whose body is in Base64', async () => {
    const { handler } = await moduleBelow('### Serverless functions', '', payments)
    const bytes = Buffer.from(credit.body)
    const event = { rawPath: `/callbacks${credit.path}`, headers: { 'content-type': 'application/json' } }
    for (const encoding of ['base64', 'utf8'] as const) {
      const body = bytes.toString(encoding)
      const reply = await handler({ ...event, body, isBase64Encoded: encoding === 'base64' })
      expect(reply).toMatchObject({ statusCode: 200, headers: { 'content-type': expect.stringMatching('json') } })
      expect(JSON.parse(reply.body)).toMatchObject({ result: { data: { status: 'OK' }, method: 'credit' } })
    }
  })

  test('the first handlers ship what is credited, and take back what is reversed', async () => {
    const shown: unknown[] = []
    const statements: unknown[] = []
    Object.assign(globalThis, {
      takeBack: async () => true,
      tellFinance: (...values: unknown[]) => shown.push(...values),
    })
    // biome-ignore lint/suspicious/noExplicitAny: one handler per event type
    let handlers: any
    const registers = { on: (given: object) => (handlers = given) }
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page.slice(page.indexOf('## The first handlers'))) ?? []
    const file = join(folder, 'handlers.ts')
    Object.assign(globalThis, { documentedPayments: registers })
    writeFileSync(file, `const payments = globalThis.documentedPayments\n${code}`)
    await import(file)
    const amount = { value: '25.00', currency: 'EUR' }
    const commit = (write: (tx: object) => unknown) =>
      write({ query: (...values: unknown[]) => statements.push(values) })
    const now = { state: 'credited', net: amount } as const
    await handlers['deposit.credited'](testEvent('deposit.credited', { amount, now }), commit)
    await handlers['deposit.credited'](
      testEvent('deposit.credited', { amount, reference: 'order-2', now: { state: 'reversed', net: amount } }),
      commit,
    )
    expect(statements).toEqual([['update orders set paid = true where id = $1', ['order-1']]])
    expect(
      await handlers['deposit.reversed'](
        testEvent('deposit.reversed', { amount, exposure: { value: '0.00', currency: 'EUR' } }),
      ),
    ).toEqual({ recovered: true })
    await handlers['refund.failed']({ refund: null, candidates: ['refund-1'] })
    expect(shown).toEqual([['refund-1']])
  })
})
