import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PayablAlone } from './start-payabl.ts'

// A merchant of its own making: it signs and verifies without the code under test.

export interface Fields {
  readonly [name: string]: string | undefined
}

export const sample = (name: string): string => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8')

/** The body of a sample that is a whole HTTP request. */
export const bodyOf = (name: string): string => sample(name).split(/\r?\n\r?\n/)[1]?.trim() ?? ''

/** A signed body. What is sent is what is hashed. */
export const signedBody = (fields: Fields, secret: string, encoding: 'utf8' | 'latin1' = 'utf8'): string => {
  const sent = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const text = sent.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)
  const signature = createHash('sha1').update(text.join('') + secret, encoding).digest('hex')
  const encode = (value: string) =>
    encoding === 'utf8' ? encodeURIComponent(value) : escape(value).replaceAll('+', '%2B')
  return [...sent.reverse(), ['signature', signature]].map(([name = '', value = '']) => `${name}=${encode(value)}`).join('&')
}

export const post = (sandbox: Pick<PayablAlone, 'payabl'>, action: string, body: string): Promise<Response> =>
  fetch(`${sandbox.payabl.url}/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  })

const signedPost = (sandbox: Pick<PayablAlone, 'payabl'>, action: string, fields: Fields) => {
  const { merchantId, secret } = sandbox.payabl.merchant
  return post(sandbox, action, signedBody({ merchantid: merchantId, ...fields }, secret))
}

/** A payment action's answer, parsed. */
export const call = async (sandbox: Pick<PayablAlone, 'payabl'>, action: string, fields: Fields): Promise<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(await (await signedPost(sandbox, action, fields)).text()))

/** A query's answer: XML as text of ISO-8859-1. */
export const query = async (sandbox: Pick<PayablAlone, 'payabl'>, action: string, fields: Fields): Promise<string> =>
  Buffer.from(await (await signedPost(sandbox, action, fields)).arrayBuffer()).toString('latin1')

/** The texts of an element in XML, wherever it is. */
export const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text)

export const depositFields = (overrides: Fields = {}): Fields => ({
  orderid: 'trustly-0001',
  amount: '10.00',
  currency: 'EUR',
  payment_method: '116',
  country: 'SWE',
  language: 'en',
  email: 'test@test.com',
  firstname: 'Muster',
  lastname: 'Mann',
  url_success: 'https://shop.example/ok',
  url_failed: 'https://shop.example/ko',
  url_return: 'https://shop.example/return',
  notification_url: 'http://127.0.0.1:9/payabl/notify',
  ...overrides,
})

/** Starts a pay-in; gives its transaction id and its hosted page. */
export const placeDeposit = async (sandbox: Pick<PayablAlone, 'payabl'>, overrides: Fields = {}) => {
  const answer = await call(sandbox, 'payment_preauthorize', depositFields(overrides))
  return { id: answer.transactionid ?? '', url: answer.redirect_url ?? '' }
}

/** Starts a pay-in that is credited; gives the id of its capture. */
export const creditedDeposit = async (sandbox: Pick<PayablAlone, 'payabl'>, overrides: Fields = {}): Promise<string> => {
  const { id } = await placeDeposit(sandbox, overrides)
  sandbox.payabl.credit(id)
  return captureOf(sandbox, id)?.transactionId ?? ''
}

export const paymentOf = (sandbox: Pick<PayablAlone, 'payabl'>, id: string) =>
  sandbox.payabl.books().payments.find(({ transactions }) => transactions.some(({ transactionId }) => transactionId === id))

export const captureOf = (sandbox: Pick<PayablAlone, 'payabl'>, id: string) =>
  paymentOf(sandbox, id)?.transactions.find(({ type }) => type === 'capture')

export interface Notified {
  readonly body: string
  readonly contentType: string | undefined
  readonly fields: Record<string, string>
}

export const isSecured = ({ fields }: Notified, secret: string): boolean => {
  const { transactionid, type, errorcode, timestamp, security } = fields
  const text = `${transactionid}${type}${errorcode}${timestamp}${secret}`
  return createHash('sha256').update(text).digest('hex') === security
}

type Answer = (response: ServerResponse) => void

/** The shop's notification address. `answers` are taken in turn; after them, every notification gets 200. */
export const startShop = async () => {
  const received: Notified[] = []
  const answers: Answer[] = []
  const server: Server = createServer(async (incoming: IncomingMessage, outgoing) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    received.push({
      body,
      contentType: incoming.headers['content-type'],
      fields: Object.fromEntries(new URLSearchParams(body)),
    })
    const answer = answers.shift() ?? ((response) => response.end('OK'))
    answer(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/payabl/notify`,
    received,
    answers,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
