import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { keys } from '../../__fixtures__/keys.ts'
import {
  ask,
  callBody,
  type Data,
  depositData,
  isSigned,
  placeDeposit,
  refundData,
  signText,
  startShop,
} from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'

// What Trustly's own clients send, and what they need to be answered: protocol/trustly.md, sections 1.3, 2.5, 3 and 12.

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [], balance: { SEK: '100.00' } } })
})

afterAll(() => sandbox.close())

const merchant = () => sandbox.trustly.merchant

/** Sends exactly these headers: fetch would add a Content-Type. */
const send = (path: string, body: string, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${sandbox.url}${path}`, { method: 'POST', headers }, (response) => {
      const chunks: Uint8Array[] = []
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString()))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const deposit = () => callBody(sandbox, 'Deposit', depositData(merchant()))
const resultOf = async (body: string, path = '/api/1') => JSON.parse(await send(path, body)).result

test.each(['/api/1', '/1'])('the path %s, plain http, no Content-Type at all', async (path) => {
  expect((await resultOf(deposit(), path)).method).toBe('Deposit')
})

test.each(['"1.1"', '1.1', '1.10'])('the version %s, as text or number', async (version) => {
  expect((await resultOf(deposit().replace('"version":"1.1"', `"version":${version}`))).method).toBe('Deposit')
})

test.each([
  ['absent', {}],
  ['null', { Attributes: null }],
  ['empty', { Attributes: {} }],
])('Attributes %s', async (_, attributes) => {
  const { orderId } = await placeDeposit(sandbox)
  sandbox.trustly.complete(orderId)
  const { Attributes, ...data } = refundData(merchant(), orderId, '1.00')
  const result = await resultOf(callBody(sandbox, 'Refund', { ...data, ...attributes }))
  expect(result.data).toEqual({ orderid: orderId, result: '1' })
})

test('Attributes [], as PHP writes an empty one', async () => {
  const { username, password } = merchant()
  const uuid = randomUUID()
  const text = `Balance${uuid}AttributesPassword${password}Username${username}`
  const data = { Username: username, Password: password, Attributes: [] }
  const params = { Signature: signText(text, merchant().privateKey), UUID: uuid, Data: data }
  const result = await resultOf(JSON.stringify({ method: 'Balance', params, version: '1.1' }))
  expect(result.data).toEqual([{ currency: 'SEK', balance: expect.stringMatching(/^\d+\.\d\d$/) }])
})

test('null members are kept in the signed text', async () => {
  const attributes = { IP: null, MobilePhone: null, URLTarget: null, Method: null }
  const result = await resultOf(callBody(sandbox, 'Deposit', depositData(merchant(), {}, attributes)))
  expect(result.method).toBe('Deposit')
})

test.each([0, 1, '0', '1'])('flags as numbers or text: %j', async (flag) => {
  const attributes = { HoldNotifications: flag, RequestKYC: flag, RequestDirectDebitMandate: flag }
  const result = await resultOf(callBody(sandbox, 'Deposit', depositData(merchant(), {}, attributes)))
  expect(result.method).toBe('Deposit')
})

test('an OrderID as a number', async () => {
  const { orderId } = await placeDeposit(sandbox)
  sandbox.trustly.complete(orderId)
  const data = { ...refundData(merchant(), orderId, '1.00'), OrderID: Number(orderId) }
  expect((await resultOf(callBody(sandbox, 'Refund', data))).data).toEqual({ orderid: orderId, result: '1' })
})

test('characters behind escapes are signed as the characters', async () => {
  const body = deposit().replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  expect(body).toContain('\\u00c5sa')
  expect((await resultOf(body)).method).toBe('Deposit')
})

test('members in any order, and attributes of a newer version', async () => {
  const { Username, ...others } = depositData(merchant(), {}, { NewAttribute: 'x' })
  expect((await resultOf(callBody(sandbox, 'Deposit', { ...others, Username: Username ?? null }))).method).toBe(
    'Deposit',
  )
})

test('a client cannot tell another merchant’s notification from ours: one key, and no member names the merchant', async () => {
  const shop = await startShop(merchant().privateKey)
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  const theirs = sandbox.trustly.stranger.imitate(orderId)
  for (const id of [orderId, theirs]) sandbox.trustly.complete(id, { notify: ['credit'] })
  await sandbox.trustly.idle()
  const credits = shop.received.map(({ message }) => message).filter(({ method }) => method === 'credit')
  // What the vendor's clients check of a notification, all of them with the key of section 2.4.
  for (const { method, params } of credits)
    expect(isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
  const members = credits.map(({ params: { data } }) => {
    const { orderid, notificationid, timestamp, ...others } = data
    return others
  })
  expect(members).toHaveLength(2)
  expect(members[1]).toEqual(members[0])
  await shop.close()
})

describe('answers', () => {
  const methods: ReadonlyArray<[method: string, data: Data]> = [
    ['Deposit', {}],
    ['Balance', {}],
    ['RegisterAccount', {}],
    ['RegisterAccountPayout', {}],
    ['SelectAccount', {}],
    ['Withdraw', {}],
    ['Charge', { AccountID: '1234567890' }],
    ['AccountLedger', { FromDate: '2000-01-01', ToDate: '2099-01-01' }],
    ['GetWithdrawals', { OrderID: '1' }],
    ['Refund', { OrderID: '1', Amount: '1.00', Currency: 'SEK' }],
    ['Nothing', {}],
  ]

  const leavesOf = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value]
  const namesOf = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return []
    const names = Array.isArray(value) ? [] : Object.keys(value)
    return [...names, ...Object.values(value).flatMap(namesOf)]
  }

  test.each(methods)(
    'to %s: version as text, lower-case members, no undocumented null, values as text, signed',
    async (method, data) => {
      const { Attributes = {}, ...own } = method === 'Deposit' ? depositData(merchant()) : {}
      const answer = await ask(sandbox, method, { ...own, ...data }, Attributes as Data)
      expect(answer.version).toBe('1.1')
      const signed = answer.result ?? answer.error.error
      expect(namesOf(signed)).toEqual(namesOf(signed).map((name) => name.toLowerCase()))
      // Only an error's code is a number, as in the real answer (samples, python-real-Deposit-452).
      const values = leavesOf(answer.result ?? [])
      // The page of Charge prints `orderid: null` for a rejection (protocol/trustly.md section 3.11).
      const documentedNulls = method === 'Charge' ? 1 : 0
      expect(values.filter((value) => value === null)).toHaveLength(documentedNulls)
      for (const value of values) if (value !== null) expect(typeof value).toBe('string')
      expect(signed).toMatchObject({ method })
      expect(isSigned(signed, signed.signature, sandbox.trustly.publicKey)).toBe(true)
    },
  )
})
