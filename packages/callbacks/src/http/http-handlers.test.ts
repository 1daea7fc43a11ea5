import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallbackRequest } from '@railswitch/core'
import { largestCallback, type Receive } from './address.ts'
import { nodeHandler } from './node.ts'
import { webHandler } from './web.ts'

const bytes = Buffer.from([0x7b, 0xc3, 0xa5, 0x00, 0xff, 0x0a])

interface Sent {
  readonly path: string
  readonly method?: string
  readonly body?: Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

const recorder = () => {
  const received: { rail: string; token: string | null; delivery: CallbackRequest }[] = []
  const receive: Receive = async (rail, token, delivery) => {
    received.push({ rail, token, delivery })
    return { status: 202, contentType: 'text/x-reply', body: 'svar: ja' }
  }
  return { received, receive }
}

const isRail = (name: string): boolean => name === 'trustly'

const viaWeb = async (receive: Receive, { path, method = 'POST', body = new Uint8Array(), headers }: Sent) => {
  const init =
    method === 'GET' ? { method } : { method, body, headers: { 'content-type': 'application/json', ...headers } }
  const response = await webHandler(receive, isRail)(new Request(`https://shop.example${path}`, init))
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type') }
}

const viaNode = async (receive: Receive, { path, method = 'POST', body = new Uint8Array(), headers }: Sent) => {
  const server = createServer(nodeHandler(receive, isRail))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await new Promise<{ status: number; body: string; type: string | null }>((resolve, reject) => {
      const outgoing = request(
        {
          port: (server.address() as AddressInfo).port,
          host: '127.0.0.1',
          path,
          method,
          headers: { 'content-type': 'application/json', 'content-length': body.byteLength, ...headers },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(chunks).toString(),
              type: response.headers['content-type'] ?? null,
            }),
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

describe.each([
  ['Web', viaWeb],
  ['node:http', viaNode],
])('the %s handler', (_name, send) => {
  test('passes on the received bytes and the reply unchanged', async () => {
    const { received, receive } = recorder()
    const reply = await send(receive, { path: '/any/where/trustly/to.ke.n', body: bytes })
    expect(reply).toMatchObject({ status: 202, body: 'svar: ja', type: 'text/x-reply' })
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      rail: 'trustly',
      token: 'to.ke.n',
      delivery: { contentType: 'application/json' },
    })
    expect(Buffer.from(received[0]?.delivery.body ?? []).equals(bytes)).toBe(true)
  })

  test('passes on the headers with their names in lower case', async () => {
    const { received, receive } = recorder()
    await send(receive, { path: '/trustly', body: bytes, headers: { 'X-Vendor-Signature': 'aGk=' } })
    expect(received[0]?.delivery.headers).toMatchObject({ 'x-vendor-signature': 'aGk=' })
  })

  test('accepts an address without a token', async () => {
    const { received, receive } = recorder()
    await send(receive, { path: '/callbacks/trustly', body: bytes })
    expect(received[0]?.token).toBeNull()
  })

  test('refuses other paths, GET and bodies that are too large, before it reads them', async () => {
    const { received, receive } = recorder()
    expect((await send(receive, { path: '/callbacks/other/x', body: bytes })).status).toBe(404)
    expect((await send(receive, { path: '/callbacks/trustly/x', method: 'GET' })).status).toBe(405)
    const large = new Uint8Array(largestCallback + 1)
    expect((await send(receive, { path: '/callbacks/trustly/x', body: large })).status).toBe(413)
    expect(received).toEqual([])
  })

  test('accepts the largest callback', async () => {
    const { received, receive } = recorder()
    await send(receive, { path: '/callbacks/trustly/x', body: new Uint8Array(largestCallback) })
    expect(received[0]?.delivery.body.byteLength).toBe(largestCallback)
  })
})

test('a body that something else has read is an error, not an empty callback', async () => {
  const { received, receive } = recorder()
  const eaten = new Request('https://shop.example/trustly/x', { method: 'POST', body: '{}' })
  await eaten.text()
  expect((await webHandler(receive, isRail)(eaten)).status).toBe(500)
  expect(received).toEqual([])
})
