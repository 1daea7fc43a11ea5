import { request } from 'node:http'
import { type HttpServer, listen } from './http-server.ts'

let server: HttpServer

beforeAll(async () => {
  server = await listen({ port: 0, host: '127.0.0.1' })
  server.serve([
    { path: '/exact', methods: ['GET'], handle: ({ path }) => ({ status: 200, body: path }) },
    { path: '/below/', methods: ['POST'], handle: ({ body }) => ({ status: 200, body: Buffer.from(body).toString() }) },
    {
      path: '/broken',
      methods: ['GET'],
      handle: () => {
        throw new Error('secret')
      },
    },
    { path: '/header', methods: ['GET'], handle: () => ({ status: 200, headers: { 'Content-Type': 'a\r\nb: c' } }) },
    { path: '/cut', methods: ['GET'], handle: () => 'hang up' },
  ])
})

afterAll(() => server.close())

test('serves a path, and what is below one that ends in a slash', async () => {
  expect(await (await fetch(`${server.url}/exact?query=1`)).text()).toBe('/exact')
  expect(await (await fetch(`${server.url}/below/it`, { method: 'POST', body: 'å' })).text()).toBe('å')
})

test('refuses other paths and methods', async () => {
  expect((await fetch(`${server.url}/exact/it`)).status).toBe(404)
  const refused = await fetch(`${server.url}/exact`, { method: 'POST', body: '' })
  expect(refused.status).toBe(405)
  expect(refused.headers.get('allow')).toBe('GET')
})

test('takes 64 KiB and no more', async () => {
  const post = (length: number) => fetch(`${server.url}/below/`, { method: 'POST', body: 'a'.repeat(length) })
  expect((await post(65_536)).status).toBe(200)
  expect((await post(65_537)).status).toBe(413)
})

test('keeps the reason of a failure to itself', async () => {
  const response = await fetch(`${server.url}/broken`)
  expect(response.status).toBe(500)
  expect(await response.text()).toBe('')
})

test('answers 500 and goes on when an answer has a header that cannot be sent', async () => {
  const response = await fetch(`${server.url}/header`)
  expect([response.status, response.headers.get('b')]).toEqual([500, null])
})

test('cuts the connection when configured to', async () => {
  await expect(fetch(`${server.url}/cut`)).rejects.toThrow('fetch failed')
})

test('survives a client that goes away in the middle of a body', async () => {
  const half = request(`${server.url}/below/`, { method: 'POST', headers: { 'Content-Length': 10 } })
  const gone = new Promise((resolve) => half.once('error', resolve))
  half.write('half', () => half.destroy(new Error('gone')))
  await gone
  expect((await fetch(`${server.url}/exact`)).status).toBe(200)
})

test('listens on loopback and says when a port is taken', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  await expect(listen({ port: Number(new URL(server.url).port), host: '127.0.0.1' })).rejects.toThrow('EADDRINUSE')
})

test('writes an IPv6 address as an address', async () => {
  const other = await listen({ port: 0, host: '::1' }).catch(() => undefined)
  expect(other?.url ?? 'http://[::1]:1').toMatch(/^http:\/\/\[::1\]:\d+$/)
  await other?.close()
})
