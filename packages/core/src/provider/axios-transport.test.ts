import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { delay, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { axiosTransport } from './axios-transport.ts'
import type { WireRequest } from './transport.ts'

const servers: (() => void)[] = []
afterEach(() => {
  for (const close of servers.splice(0)) close()
})

const listen = async (listener: RequestListener): Promise<string> => {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const post = (url: string, more: Partial<WireRequest> = {}, agent?: Agent) =>
  axiosTransport(agent && { agent })({
    url,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode('{}'),
    timeoutMs: 5_000,
    ...more,
  })()

const collect: (then: (body: Buffer) => void) => RequestListener = (then) => (request) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => then(Buffer.concat(chunks)))
}

test('request and response bytes are unchanged', async () => {
  const bytes = Buffer.from('{"namn":"Åsa Öberg 🐟","n":5.00}\u0000', 'utf8')
  let received: Buffer | undefined
  let length: string | undefined
  const url = await listen((request, response) => {
    length = request.headers['content-length']
    collect((body) => {
      received = body
      response.setHeader('content-type', 'text/odd')
      response.end(Buffer.from([0, 255, 10, 13]))
    })(request, response)
  })
  const response = await post(url, { body: bytes })
  expect(received?.equals(bytes)).toBe(true)
  expect(length).toBe(String(bytes.byteLength))
  expect(response).toMatchObject({ right: { status: 200, contentType: 'text/odd' } })
  expect(response._tag === 'Right' && [...response.right.body]).toEqual([0, 255, 10, 13])
})

test('another method than POST is used if the request has it, and the response has its headers', async () => {
  const received: (string | undefined)[] = []
  const url = await listen((request, response) => {
    collect((body) => {
      received.push(request.method, request.headers['content-length'], body.toString())
      response.setHeader('X-Vendor-Signature', 'aGk=')
      response.end()
    })(request, response)
  })
  const response = await post(url, { method: 'GET', body: new Uint8Array() })
  await post(url, { method: 'PUT', body: Buffer.from('{}') })
  expect(received).toEqual(['GET', undefined, '', 'PUT', '2', '{}'])
  expect(response).toMatchObject({ right: { headers: { 'x-vendor-signature': 'aGk=' } } })
})

test.each([302, 400, 500, 503])('a status of %s is a response, and no redirect is followed', async (status) => {
  let calls = 0
  const url = await listen((_request, response) => {
    calls += 1
    response.writeHead(status, { location: '/elsewhere' }).end('text')
  })
  expect(await post(url)).toMatchObject({ right: { status } })
  expect(calls).toBe(1)
})

test('a refused connection reports that nothing was sent', async () => {
  const url = await listen(() => {})
  servers.splice(0).forEach((close) => {
    close()
  })
  expect(await post(url)).toEqual({ _tag: 'Left', left: { sent: false, reason: 'ECONNREFUSED' } })
})

test('a request whose connection is cut may have been sent', async () => {
  const url = await listen(collect(() => {}))
  const cut = await listen((request) => request.socket.destroy())
  expect(await post(cut)).toMatchObject({ left: { sent: true } })
  expect(await post(url, { timeoutMs: 50 })).toEqual({ _tag: 'Left', left: { sent: true, reason: 'timeout' } })
})

test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED'])(
  'a request may have been sent if reading from its connection fails with %s',
  async (code) => {
    const sockets: Socket[] = []
    const url = await listen(
      collect(() => sockets[0]?.destroy(Object.assign(new Error(`read ${code}`), { code, syscall: 'read' }))),
    )
    const agent = new Agent()
    const connect = agent.createConnection.bind(agent)
    agent.createConnection = (...given) => {
      const socket = connect(...given) as Socket
      sockets.push(socket)
      return socket
    }
    expect(await post(url, {}, agent)).toEqual({ _tag: 'Left', left: { sent: true, reason: code } })
  },
)

test('an idle connection is reused, and closed before a server would close it', async () => {
  const sockets = new Set<Socket>()
  const url = await listen((request, response) => {
    sockets.add(request.socket)
    response.end()
  })
  const send = axiosTransport()
  const call = () => send({ url, headers: {}, body: new Uint8Array(), timeoutMs: 30_000 })()
  await call()
  await call()
  expect(sockets.size).toBe(1)
  await Promise.all([...sockets].map((socket) => once(socket, 'close')))
})

test('a slow response may take longer than the time limit of idle connections', async () => {
  const url = await listen((_request, response) => setTimeout(() => response.end('late'), 5_000))
  expect(await post(url, { timeoutMs: 30_000 })).toMatchObject({ right: { status: 200 } })
})

test('a response above the limit fails with its reason', async () => {
  const url = await listen((_request, response) => response.end(Buffer.alloc(2_000)))
  expect(await post(url, { largestResponse: 2_000 })).toMatchObject({ right: { status: 200 } })
  expect(await post(url, { largestResponse: 1_999 })).toEqual({
    _tag: 'Left',
    left: { sent: true, reason: 'response_too_large' },
  })
})

test('an aborted request may have been sent', async () => {
  const controller = new AbortController()
  const url = await listen(collect(() => controller.abort()))
  expect(await post(url, { signal: controller.signal })).toMatchObject({ left: { sent: true } })
})

test('a call ends at its time limit even after a garbage collection, which removes composed signals on Node 20', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  let waiting = 0
  const url = await listen(() => {
    waiting += 1
  })
  const ownTime = { timeoutMs: 3_000, signal: new AbortController().signal }
  const callersTime = () => ({ timeoutMs: 60_000, signal: AbortSignal.timeout(3_000) })
  const ends = Array.from({ length: 10 }, (_, index) => post(url, index < 5 ? ownTime : callersTime()))
  while (waiting < ends.length) await pause(10)
  for (let round = 0; round < 10; round += 1) {
    await pause(20)
    collectGarbage()
  }
  const late = { _tag: 'Left', left: { sent: true, reason: 'timeout' } }
  expect(await Promise.all(ends)).toEqual(ends.map(() => late))
})

test('a failure contains nothing of the request', async () => {
  const cut = await listen((request) => request.socket.destroy())
  const response = await post(cut, {
    body: new TextEncoder().encode('{"Password":"marked-secret"}'),
    headers: { 'x-key': 'marked-secret' },
  })
  expect(JSON.stringify(response)).not.toContain('marked-secret')
  expect(Object.keys(response._tag === 'Left' ? response.left : {})).toEqual(['sent', 'reason'])
})

describe('faulty responses', () => {
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterAll(() => server.close())

  test('a request with a network error after sending may have been sent', async () => {
    server.use(http.post('http://vendor.example/', () => HttpResponse.error()))
    expect(await post('http://vendor.example/')).toMatchObject({ left: { sent: true } })
  })

  test('a response that never ends fails at the time limit', async () => {
    server.use(
      http.post('http://vendor.example/', async () => {
        await delay('infinite')
        return HttpResponse.text('')
      }),
    )
    expect(await post('http://vendor.example/', { timeoutMs: 50 })).toMatchObject({
      left: { sent: true, reason: 'timeout' },
    })
  })
})

test('axios is imported only with the first call', () => {
  const source = readFileSync(new URL('./axios-transport.ts', import.meta.url), 'utf8')
  expect(source).not.toMatch(/^import (?!type)[^\n]*'axios'/m)
  expect(source).toContain("import('axios')")
})
