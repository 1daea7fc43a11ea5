import type { CallbackRequest } from '@railswitch/core'
import { largestCallback, type Receive } from './address.ts'
import { type FastifyScope, fastifyHandler } from './fastify.ts'

/** A scope with the two parts of Fastify that the plugin uses: a parser and a route. The frameworks step of CI runs the real one. */
const scope = () => {
  const parsers: string[] = ['application/json']
  let limit = 0
  let parse: Parameters<FastifyScope['addContentTypeParser']>[2] = () => {}
  let handle: Parameters<FastifyScope['all']>[1] = async () => undefined
  const instance: FastifyScope = {
    removeAllContentTypeParsers: () => parsers.splice(0),
    addContentTypeParser: (type, options, parser) => {
      parsers.push(type)
      limit = options.bodyLimit
      parse = parser
    },
    all: (_path, handler) => {
      handle = handler
    },
  }
  const inject = async (method: string, url: string, body?: unknown) => {
    const sent = { status: 200, body: '', headers: {} as Record<string, string> }
    const reply = {
      code: (status: number) => (sent.status = status),
      header: (name: string, value: string) => (sent.headers[name] = value),
      send: (text?: string) => (sent.body = text ?? ''),
    }
    let parsed = body
    if (body instanceof Uint8Array) parse({} as never, Buffer.from(body), (_error, given) => (parsed = given))
    const headers = { 'content-type': 'application/json', 'x-more': ['a', 'b'], none: undefined }
    await handle({ method, url, headers, body: parsed }, reply)
    return sent
  }
  return { instance, inject, parsers, limit: () => limit }
}

const started = async () => {
  const received: { rail: string; token: string | null; delivery: CallbackRequest }[] = []
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields)}`)
  const receive: Receive = async (rail, token, delivery) => {
    received.push({ rail, token, delivery })
    return { status: 202, contentType: 'text/x-reply', body: 'svar: ja' }
  }
  const fastify = scope()
  await fastifyHandler(receive, (name) => name === 'trustly', { logger: { info: log, warn: log, error: log } })(
    fastify.instance,
    {},
  )
  return { ...fastify, received, logs }
}

test('replaces the parsers of its scope by one that keeps the bytes of the largest callback', async () => {
  const { parsers, limit } = await started()
  expect(parsers).toEqual(['*'])
  expect(limit()).toBe(largestCallback)
})

test('passes on the received bytes and the reply unchanged', async () => {
  const { inject, received } = await started()
  const bytes = Buffer.from([0x7b, 0xc3, 0xa5, 0x00, 0xff, 0x0a])
  const reply = await inject('POST', '/callbacks/trustly/to.ke.n?x=1', bytes)
  expect(reply).toEqual({ status: 202, body: 'svar: ja', headers: { 'content-type': 'text/x-reply' } })
  expect(received).toMatchObject([
    { rail: 'trustly', token: 'to.ke.n', delivery: { contentType: 'application/json', headers: { 'x-more': 'a,b' } } },
  ])
  expect(Buffer.from(received[0]?.delivery.body ?? []).equals(bytes)).toBe(true)
})

test('a callback without a body is an empty callback', async () => {
  const { inject, received } = await started()
  expect((await inject('POST', '/callbacks/trustly')).status).toBe(202)
  expect(received[0]?.delivery.body.byteLength).toBe(0)
})

test('refuses other paths, other methods, and a body that something else has parsed', async () => {
  const { inject, received, logs } = await started()
  expect((await inject('POST', '/callbacks/other/x', Buffer.from('{}'))).status).toBe(404)
  expect(await inject('GET', '/callbacks/trustly/x')).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  expect((await inject('POST', '/callbacks/trustly/x', { marked: 'parsed' })).status).toBe(500)
  expect(received).toEqual([])
  expect(logs).toHaveLength(2)
  expect(logs.join()).toMatch(/names no configured rail.*something else has read its body before/)
  expect(logs.join()).not.toContain('marked')
})
