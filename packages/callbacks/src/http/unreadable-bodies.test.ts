import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Logger } from '@railswitch/core'
import { largestCallback, type Receive } from './address.ts'
import { nodeHandler } from './node.ts'
import { webHandler } from './web.ts'

const isRail = (name: string): boolean => name === 'trustly'

const recorder = () => {
  const received: string[] = []
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields)}`)
  const logger: Logger = { info: log, warn: log, error: log }
  const receive: Receive = async (_rail, _token, { body }) => {
    received.push(new TextDecoder().decode(body))
    return { status: 200, contentType: 'text/plain', body: 'OK' }
  }
  return { received, logs, logger, receive }
}

/** Serves one node:http server while `use` runs; `before` is the middleware in front of the handler. */
const serving = async <A>(
  { receive, logger }: { receive: Receive; logger: Logger },
  before: (incoming: IncomingMessage) => Promise<void> | void,
  use: (port: number, handled: Promise<void>) => Promise<A>,
): Promise<A> => {
  let handledOne = (): void => {}
  const handled = new Promise<void>((resolve) => {
    handledOne = resolve
  })
  const server = createServer(async (incoming, response) => {
    await before(incoming)
    await nodeHandler(receive, isRail, { logger })(incoming, response)
    handledOne()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use((server.address() as AddressInfo).port, handled)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const postTo = (body: string) => async (port: number) =>
  (await fetch(`http://127.0.0.1:${port}/callbacks/trustly/token`, { method: 'POST', body })).status

const parsers: [string, (incoming: IncomingMessage) => Promise<void> | void][] = [
  [
    'a body parser',
    async (incoming) => {
      for await (const _ of incoming);
    },
  ],
  [
    'a parser that stopped in the middle',
    (incoming) =>
      new Promise((resolve) => {
        incoming.once('data', () => {
          incoming.pause()
          resolve()
        })
      }),
  ],
  ['a decoder', (incoming) => void incoming.setEncoding('latin1')],
]

test.each(parsers)('node:http behind %s responds 500 and logs a hint', async (_name, before) => {
  const recorded = recorder()
  expect(await serving(recorded, before, postTo('{"marked":"secret"}'))).toBe(500)
  expect(recorded.received).toEqual([])
  expect(recorded.logs).toHaveLength(1)
  expect(recorded.logs[0]).toMatch(/something else has read its body before.*before any body parser/)
  expect(recorded.logs[0]).not.toContain('marked')
})

test('a Request whose body was already read gets 500 and a hint in the log', async () => {
  const { received, logs, logger, receive } = recorder()
  const make = () => new Request('https://shop.example/trustly/token', { method: 'POST', body: '{"marked":"secret"}' })
  const parsed = make()
  await parsed.json()
  const locked = make()
  locked.body?.getReader()
  for (const taken of [parsed, locked]) expect((await webHandler(receive, isRail, { logger })(taken)).status).toBe(500)
  expect(received).toEqual([])
  expect(logs).toHaveLength(2)
  expect(logs.join()).toMatch(/before any body parser/)
  expect(logs.join()).not.toContain('marked')
})

test('a Request whose body is incomplete is refused and is not a callback', async () => {
  const { received, receive } = recorder()
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"half":'))
      controller.error(new Error('the connection is gone'))
    },
  })
  const broken = new Request('https://shop.example/trustly/token', {
    method: 'POST',
    body,
    duplex: 'half',
  } as RequestInit)
  expect((await webHandler(receive, isRail)(broken)).status).toBe(400)
  expect(received).toEqual([])
})

test('a connection that breaks in the middle of the body is not a callback', async () => {
  const recorded = recorder()
  await serving(
    recorded,
    () => {},
    async (port, handled) => {
      const socket = connect(port, '127.0.0.1')
      socket.write('POST /callbacks/trustly/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":', () =>
        socket.destroy(),
      )
      await handled
    },
  )
  expect(recorded.received).toEqual([])
})

test('a body without a content length is refused at the limit, and the response arrives', async () => {
  const recorded = recorder()
  const status = await serving(
    recorded,
    () => {},
    (port) =>
      new Promise((resolve, reject) => {
        const outgoing = request({ port, host: '127.0.0.1', path: '/callbacks/trustly/token', method: 'POST' })
        outgoing.on('response', ({ statusCode }) => resolve(statusCode))
        outgoing.on('error', reject)
        for (let sent = 0; sent <= largestCallback; sent += 1024) outgoing.write(Buffer.alloc(1024))
        outgoing.end()
      }),
  )
  expect(status).toBe(413)
  expect(recorded.received).toEqual([])
})
