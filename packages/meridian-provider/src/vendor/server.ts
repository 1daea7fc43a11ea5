import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Bank, createBank } from './bank.ts'
import type { Account } from './books.ts'
import { checkoutPage, pressButton } from './checkout-page.ts'
import type { Message, Reply } from './deliveries.ts'

/** Meridian on a port of this machine, with one account. */
export interface RunningBank {
  /** The address of the API. */
  readonly url: string
  readonly bank: Bank
  readonly account: Account
  /** Resolves when no callback is on its way. */
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}

const largestBody = 1024 * 1024

/** Starts Meridian. `port` 0: a free one. */
export const startBank = async ({
  port = 0,
  id = 'mk_demo0001',
  secret = 'demo-secret-of-the-meridian-account',
} = {}) => {
  const inFlight = new Set<Promise<unknown>>()
  const post = (message: Message): Promise<Reply> => {
    const running = send(message)
    inFlight.add(running)
    const end = (): void => void inFlight.delete(running)
    running.then(end, end)
    return running
  }
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const bank = createBank({ now: () => new Date(), after: startTimer, post }, () => `${origin()}/checkout`)
  const account = bank.openAccount(id, secret)
  const server = createServer((request, response) => {
    serve(bank, request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const running: RunningBank = {
    url: `${origin()}/v1`,
    bank,
    account,
    idle: async () => {
      while (inFlight.size > 0) await Promise.allSettled(inFlight)
    },
    close: () => {
      bank.close()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
  return running
}

/** The timer does not keep the process alive. */
const startTimer = (ms: number, job: () => void): (() => void) => {
  const timer = setTimeout(job, ms).unref()
  return () => clearTimeout(timer)
}

const send = async ({ url, headers, body }: Message): Promise<Reply> => {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: Uint8Array.from(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  })
  return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
}

const serve = async (bank: Bank, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = request.url ?? '/'
  const body = await readBody(request)
  if (path.startsWith('/v1/')) {
    const headers = request.headers as Readonly<Record<string, string>>
    const answer = bank.answer({ method: request.method ?? 'GET', path: path.slice('/v1'.length), headers, body })
    response.writeHead(answer.status, answer.headers).end(answer.body)
    return
  }
  const [, id = '', action = ''] = /^\/checkout\/([^/]+)(?:\/(pay|cancel))?$/.exec(path) ?? []
  const found = bank.findPayin(id)
  if (!found) {
    response.writeHead(404).end()
    return
  }
  if (request.method !== 'POST' || (action !== 'pay' && action !== 'cancel')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(checkoutPage(found.payin))
    return
  }
  const location = (await pressButton(bank, id, action)) ?? '/'
  response.writeHead(303, { location }).end()
}

const readBody = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > largestBody) throw new Error('The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
