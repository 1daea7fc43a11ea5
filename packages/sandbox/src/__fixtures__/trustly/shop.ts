import { createPublicKey, randomUUID, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sandbox } from '../../index.ts'

// A merchant of its own making: it signs and verifies without the code under test.

export interface Data {
  readonly [name: string]: Value
}
type Value = string | number | null | Data | readonly Value[]

const flatten = (value: Value): string => {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return value.map(flatten).join('')
  return Object.keys(value)
    .sort()
    .map((name) => name + flatten(value[name] ?? null))
    .join('')
}

const isList = (value: Data | readonly Value[]): value is readonly Value[] => Array.isArray(value)

const digests: Record<string, string> = { SHA1: 'sha1', RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' }

export const signText = (text: string, privateKey: string, hash = 'SHA1'): string => {
  const signature = sign(digests[hash] ?? hash, Buffer.from(text), privateKey).toString('base64')
  return hash === 'SHA1' ? signature : `alg=${hash};${signature}`
}

export const isSigned = (message: { method: string | null; uuid: string | null; data: Value }, signature: string, publicKey: string) => {
  const prefixed = /^alg=(RS\d+);/.exec(signature)
  const text = `${message.method ?? ''}${message.uuid ?? ''}${flatten(message.data)}`
  const bytes = Buffer.from(prefixed ? signature.slice(prefixed[0].length) : signature, 'base64')
  return verify(digests[prefixed?.[1] ?? 'SHA1'], Buffer.from(text), createPublicKey(publicKey), bytes)
}

export const depositData = (merchant: { username: string; password: string }, overrides: Data = {}, attributes: Data = {}): Data => ({
  Username: merchant.username,
  Password: merchant.password,
  NotificationURL: 'http://127.0.0.1:9/notifications/a2b63j23dj23883jhfhfh',
  EndUserID: '12345',
  MessageID: randomUUID(),
  ...overrides,
  Attributes: {
    Country: 'SE',
    Locale: 'en_GB',
    Currency: 'SEK',
    Amount: '103.00',
    IP: '123.123.123.123',
    MobilePhone: '+46709876543',
    Firstname: 'Åsa',
    Lastname: 'Öberg',
    Email: 'test@example.com',
    ShopperStatement: 'MyBrand.com',
    SuccessURL: 'https://shop.example/success',
    FailURL: 'https://shop.example/fail',
    ...attributes,
  },
})

export interface Signed {
  readonly uuid?: string
  readonly hash?: string
  readonly key?: string
  readonly text?: string
}

/** The exact body of a call, signed by its key. */
export const signedBody = (method: string, data: Data, { uuid = randomUUID(), hash, key, text }: Signed & { readonly key: string }): string => {
  const Signature = signText(text ?? method + uuid + flatten(data), key, hash)
  return JSON.stringify({ method, params: { Signature, UUID: uuid, Data: data }, version: '1.1' })
}

/** The same, signed by the sandbox's own merchant unless another key is given. */
export const callBody = (sandbox: Sandbox, method: string, data: Data, signed: Signed = {}): string =>
  signedBody(method, data, { ...signed, key: signed.key ?? sandbox.trustly.merchant.privateKey })

export const post = (url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })

export const call = async (sandbox: Sandbox, method: string, data: Data, signed: Signed = {}) => {
  const response = await post(sandbox.trustly.url, callBody(sandbox, method, data, signed))
  return JSON.parse(await response.text())
}

/** Places a deposit and gives its order id and checkout address. */
export const placeDeposit = async (sandbox: Sandbox, overrides: Data = {}, attributes: Data = {}, signed: Signed = {}) => {
  const answer = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant, overrides, attributes), signed)
  const { orderid, url } = answer.result.data
  return { orderId: String(orderid), url: String(url) }
}

export const refundData = ({ username, password }: { username: string; password: string }, orderId: string, amount: string, currency = 'SEK'): Data => ({
  Username: username,
  Password: password,
  OrderID: orderId,
  Amount: amount,
  Currency: currency,
  Attributes: null,
})

/** Calls a method with the merchant's credentials and the parameters that it needs, unless others are given. */
export const ask = (sandbox: Sandbox, method: string, overrides: Data = {}, attributes: Data | null = {}, signed: Signed = {}) => {
  const { username, password } = sandbox.trustly.merchant
  const { Attributes, ...needed } = parametersOf(method)
  const own = { Username: username, Password: password, ...needed, ...overrides }
  const data = { ...own, Attributes: attributes && { ...(Attributes as Data), ...attributes } }
  return call(sandbox, method, data, signed)
}

const parametersOf = (method: string): Data => {
  const order = {
    NotificationURL: 'http://127.0.0.1:9/notifications/a2b63j23dj23883jhfhfh',
    EndUserID: '12345',
    MessageID: randomUUID(),
  }
  const page = {
    Country: 'SE',
    Locale: 'en_GB',
    Firstname: 'Åsa',
    Lastname: 'Öberg',
    Email: 'test@example.com',
    SuccessURL: 'https://shop.example/success',
    FailURL: 'https://shop.example/fail',
  }
  // The numbers and the bank's answer to them were seen live (protocol/trustly.md, section 3.8).
  const bankAccount = {
    EndUserID: '12345',
    ClearingHouse: 'SWEDEN',
    BankNumber: '6112',
    AccountNumber: '69706212',
    Firstname: 'Steve',
    Lastname: 'Smith',
  }
  const money = { Amount: '100.00', Currency: 'SEK', Attributes: { ShopperStatement: 'MyBrand.com' } }
  const parameters: Record<string, Data> = {
    Withdraw: { ...order, Currency: 'SEK', Attributes: { ...page, ShopperStatement: 'MyBrand.com', DateOfBirth: '1990-01-20' } },
    SelectAccount: { ...order, Attributes: page },
    RegisterAccount: bankAccount,
    AccountPayout: { ...order, ...money },
    RegisterAccountPayout: { ...order, ...bankAccount, ...money },
    Charge: { ...order, ...money, Attributes: { ShopperStatement: 'MyBrand', Email: 'test@example.com' } },
    DirectDebitMandate: { ...order, Attributes: { ...page, Country: 'GB', MerchantReference: '123ABC0123' } },
    // Printed on the method's page (protocol/trustly.md, samples/trustly).
    ImportDirectDebitMandate: { ...order, Attributes: sample('docs-request-importdirectdebitmandate').params.Data.Attributes },
    DirectDebit: { ...order, EndUserID: null, Amount: '98.02', Currency: 'GBP', Attributes: { ShopperStatement: 'MyBrand' } },
    RefundDirectDebit: { MessageID: randomUUID(), Amount: '98.02', Currency: 'GBP' },
    DirectCredit: { ...order, Amount: '98.02', Currency: 'GBP', Attributes: { ShopperStatement: 'MyBrand' } },
    ViewAutomaticSettlementDetailsCSV: { Attributes: { APIVersion: '1.2' } },
    MerchantSettlement: { Amount: '100.00', Currency: 'SEK', MessageID: randomUUID() },
  }
  return parameters[method] ?? {}
}

/** Stores a bank account and gives its AccountID. */
export const registerAccount = async (sandbox: Sandbox): Promise<string> =>
  String((await ask(sandbox, 'RegisterAccount')).result.data.accountid)

/** The members of a message and the kinds of their values. */
export const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, member]) => [name, shape(member)]),
  )
}

/** A published message. */
export const sample = (name: string) => fileOf(name).parsed

/** The same as it was printed, byte for byte. */
export const printed = (name: string): string => fileOf(name).raw

const fileOf = (name: string) => JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'))

interface Message {
  readonly method: string
  readonly params: { readonly signature: string; readonly uuid: string; readonly data: Data }
}
export interface Notified {
  readonly text: string
  readonly contentType: string | undefined
  readonly message: Message
}
type Answer = (notified: Notified, response: ServerResponse) => void

/** The shop's notification address. `answers` are taken in turn; after them, every notification is acknowledged. */
export const startShop = async (privateKey: string) => {
  const received: Notified[] = []
  const answers: Answer[] = []
  const server: Server = createServer(async (incoming: IncomingMessage, outgoing) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const notified = { text, contentType: incoming.headers['content-type'], message: JSON.parse(text) }
    received.push(notified)
    const answer = answers.shift() ?? ((sent, response) => response.end(acknowledge(sent.message, privateKey)))
    answer(notified, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/notifications/a2b63j23dj23883jhfhfh`,
    received,
    answers,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export const acknowledge = (message: Message, privateKey: string, changes: { status?: string; uuid?: string; method?: string; hash?: string } = {}): string => {
  const { status = 'OK', uuid = message.params.uuid, method = message.method, hash } = changes
  const signature = signText(`${method}${uuid}status${status}`, privateKey, hash)
  return JSON.stringify({ result: { signature, uuid, method, data: { status } }, version: '1.1' })
}
