import { randomUUID } from 'node:crypto'
import { keys } from '../../__fixtures__/keys.ts'
import {
  call,
  callBody,
  type Data,
  depositData,
  isSigned,
  placeDeposit,
  post,
  refundData,
  sample,
  shape,
} from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'
import { createKeys } from '../state/merchant.ts'

let sandbox: Sandbox
let keyless: { username: string; password: string }
let stranger: string

beforeAll(async () => {
  keyless = { username: 'keyless', password: 'secret' }
  sandbox = await startSandbox({ trustly: { keys, merchants: [keyless] } })
  const { privateKey } = await createKeys()
  stranger = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
})

afterAll(() => sandbox.close())

const merchant = () => sandbox.trustly.merchant
const books = () => sandbox.trustly.books(merchant().username)
const lastRequest = () => sandbox.trustly.requests().at(-1)

describe('an answer', () => {
  test('has the shape of a real one and verifies', async () => {
    const answer = await call(sandbox, 'Deposit', depositData(merchant()))
    expect(shape(answer)).toEqual(shape(sample('python-real-Deposit-539')))
    expect(answer.version).toBe('1.1')
    expect(answer.result.data.orderid).toMatch(/^[1-9]\d{9}$/)
    expect(answer.result.data.url).toMatch(new RegExp(`^${sandbox.url}/trustly/checkout/[0-9a-f-]{36}$`))
    expect(isSigned(answer.result, answer.result.signature, sandbox.trustly.publicKey)).toBe(true)
  })

  test('to a refund has the shape of the published one', async () => {
    const { orderId } = await placeDeposit(sandbox)
    sandbox.trustly.complete(orderId)
    const answer = await call(sandbox, 'Refund', refundData(merchant(), orderId, '1.00'))
    expect(shape(answer)).toEqual(shape(sample('java-response-refund')))
    expect(answer.result.data).toEqual({ orderid: orderId, result: '1' })
  })

  test('that is an error has the shape of a real one, is signed inside, and comes with HTTP 200', async () => {
    const data = { ...depositData(merchant()), Password: 'wrong' }
    const response = await post(sandbox.trustly.url, callBody(sandbox, 'Deposit', data))
    const answer = JSON.parse(await response.text())
    expect(response.status).toBe(200)
    expect(shape(answer)).toEqual(shape(sample('python-real-Deposit-452')))
    expect(answer.error).toMatchObject({ name: 'JSONRPCError', code: 616, message: 'ERROR_INVALID_CREDENTIALS' })
    expect(answer.error.error.data).toEqual({ code: 616, message: 'ERROR_INVALID_CREDENTIALS' })
    expect(isSigned(answer.error.error, answer.error.error.signature, sandbox.trustly.publicKey)).toBe(true)
  })

  test.each(['SHA1', 'RS256', 'RS384', 'RS512'])('uses the hash of the request: %s', async (hash) => {
    const { result } = await call(sandbox, 'Deposit', depositData(merchant()), { hash })
    expect(result.signature.startsWith(`alg=${hash};`)).toBe(hash !== 'SHA1')
    expect(isSigned(result, result.signature, sandbox.trustly.publicKey)).toBe(true)
  })

  test('is the same on /1', async () => {
    const body = callBody(sandbox, 'Deposit', depositData(merchant()))
    const response = await post(`${sandbox.url}/1`, body)
    expect(JSON.parse(await response.text()).result.method).toBe('Deposit')
  })
})

describe('the order of the checks', () => {
  const wrongKey = () => ({ key: stranger })
  const errorOf = async (method: string, data: Data, signed = {}) => (await call(sandbox, method, data, signed)).error

  test('method, then credentials, then public key, then signature', async () => {
    const stray = { ...depositData(merchant()), Password: 'wrong' }
    expect(await errorOf('Depositt', stray, wrongKey())).toMatchObject({ message: 'ERROR_INVALID_FUNCTION' })
    expect(await errorOf('constructor', stray)).toMatchObject({ message: 'ERROR_INVALID_FUNCTION' })
    expect(await errorOf('Deposit', stray, wrongKey())).toMatchObject({ code: 616 })
    expect(await errorOf('Deposit', depositData(keyless), wrongKey())).toMatchObject({ code: 639 })
    expect(await errorOf('Deposit', depositData(merchant()), wrongKey())).toMatchObject({ code: 636 })
    expect(lastRequest()).toMatchObject({ outcome: 'refused', hint: 'signed with another key' })
  })

  test('signature before the UUID, UUID before the parameters, parameters before the MessageID', async () => {
    const uuid = randomUUID()
    const data = depositData(merchant())
    await call(sandbox, 'Deposit', data, { uuid })
    const noAmount = { ...data, Attributes: { ...(data.Attributes as Data), Amount: '1' } }
    expect(await errorOf('Deposit', noAmount, { uuid, key: stranger })).toMatchObject({ code: 636 })
    expect(await errorOf('Deposit', noAmount, { uuid })).toMatchObject({ code: 688 })
    expect(await errorOf('Deposit', noAmount)).toMatchObject({ code: 615 })
    expect(await errorOf('Deposit', data)).toMatchObject({ code: 637, message: 'ERROR_DUPLICATE_MESSAGE_ID' })
  })

  test('names the mistake behind a wrong signature', async () => {
    const uuid = randomUUID()
    const data = refundData(merchant(), '1', '1.00')
    const withoutNull = `Refund${uuid}Amount1.00CurrencySEKOrderID1Password${data.Password}Username${data.Username}`
    expect(await errorOf('Refund', data, { uuid, text: withoutNull })).toMatchObject({ code: 636 })
    expect(lastRequest()?.hint).toBe('null members dropped: a null keeps its name')
  })
})

describe('a repeated UUID', () => {
  test('with the same content gets the very same bytes and makes no second order', async () => {
    const body = callBody(sandbox, 'Deposit', depositData(merchant(), { MessageID: 'twice' }))
    const first = await (await post(sandbox.trustly.url, body)).text()
    const second = await (await post(sandbox.trustly.url, body)).text()
    const spaced = await (await post(sandbox.trustly.url, JSON.stringify(JSON.parse(body), null, 2))).text()
    expect([second, spaced]).toEqual([first, first])
    expect(books().orders.filter(({ messageId }) => messageId === 'twice')).toHaveLength(1)
    expect(lastRequest()).toMatchObject({ method: 'Deposit', outcome: 'replayed' })
  })

  test('gets a stored refusal too, and stays bound to its first content', async () => {
    const uuid = randomUUID()
    const bad = depositData(merchant(), {}, { Amount: '0.00' })
    const first = await call(sandbox, 'Deposit', bad, { uuid })
    expect(first.error.code).toBe(615)
    expect(await call(sandbox, 'Deposit', bad, { uuid })).toEqual(first)
    expect((await call(sandbox, 'Deposit', depositData(merchant()), { uuid })).error.code).toBe(688)
    expect(await call(sandbox, 'Deposit', bad, { uuid })).toEqual(first)
  })

  test('after a dropped answer finds the order that was made', async () => {
    const body = callBody(sandbox, 'Deposit', depositData(merchant(), { MessageID: 'dropped' }))
    sandbox.trustly.faults.dropNextAnswer('Deposit')
    await expect(post(sandbox.trustly.url, body)).rejects.toThrow('fetch failed')
    expect(lastRequest()).toMatchObject({ outcome: 'answered', answerDropped: true })
    const { result } = JSON.parse(await (await post(sandbox.trustly.url, body)).text())
    const orders = books().orders.filter(({ messageId }) => messageId === 'dropped')
    expect(orders.map(({ orderId }) => orderId)).toEqual([result.data.orderid])
  })
})

test('drops as many answers as it is configured to, of that method only', async () => {
  sandbox.trustly.faults.dropNextAnswer('Refund', 2)
  const { orderId } = await placeDeposit(sandbox)
  sandbox.trustly.complete(orderId)
  const refund = () => call(sandbox, 'Refund', refundData(merchant(), orderId, '1.00'))
  await expect(refund()).rejects.toThrow('fetch failed')
  await expect(refund()).rejects.toThrow('fetch failed')
  expect((await refund()).result.data.result).toBe('1')
  expect(books().orders.find((order) => order.orderId === orderId)?.refunds).toHaveLength(3)
})

test('keeps passwords and signatures out of its log, and warns of attributes that nobody knows', async () => {
  await placeDeposit(sandbox, {}, { Mobile: '+46709876543' })
  expect(lastRequest()).toEqual({
    at: expect.any(String),
    method: 'Deposit',
    orderId: expect.any(String),
    uuid: expect.any(String),
    outcome: 'answered',
    hint: 'unknown attributes: Mobile',
    answerDropped: false,
  })
  expect(JSON.stringify(sandbox.trustly.requests())).not.toContain(merchant().password)
})

describe('hostile input', () => {
  const answerTo = async (body: string | Uint8Array<ArrayBuffer>) =>
    JSON.parse(await (await post(sandbox.trustly.url, body)).text())
  const repeated = () => callBody(sandbox, 'Deposit', depositData(merchant())).replace('{', '{"method":"Refund",')

  test.each([
    ['no JSON', () => 'hello'],
    ['nothing', () => ''],
    ['deep nesting', () => '[{"a":'.repeat(5_000)],
    ['a repeated member', repeated],
    ['Latin-1', () => Buffer.from('{"method":"Å"}', 'latin1')],
    ['no envelope', () => '[]'],
    ['no params', () => '{"method":"Deposit","version":"1.1"}'],
    ['another version', () => callBody(sandbox, 'Deposit', {}).replace('"1.1"', '"2.0"')],
    ['a UUID that is none', () => callBody(sandbox, 'Deposit', {}, { uuid: 'x' })],
    ['data that is no object', () => callBody(sandbox, 'Deposit', {}).replace('"Data":{}', '"Data":[]')],
  ])('%s is answered with a signed error that names no call', async (_, body) => {
    const { error } = await answerTo(body())
    expect(error).toMatchObject({ code: 620, error: { method: null, uuid: null } })
    expect(isSigned(error.error, error.error.signature, sandbox.trustly.publicKey)).toBe(true)
    expect(lastRequest()).toMatchObject({ method: null, uuid: null, outcome: 'refused', hint: expect.any(String) })
  })

  test('a megabyte is refused, and the next call is answered', async () => {
    expect((await post(sandbox.trustly.url, ' '.repeat(1 << 20))).status).toBe(413)
    expect((await call(sandbox, 'Deposit', depositData(merchant()))).result.method).toBe('Deposit')
  })

  test('other addresses and methods are refused', async () => {
    expect((await fetch(sandbox.trustly.url)).status).toBe(405)
    expect((await post(`${sandbox.url}/api/2`, '{}')).status).toBe(404)
    expect((await post(`${sandbox.url}/api/1/`, '{}')).status).toBe(404)
  })

  test('a version that is a number is taken', async () => {
    const body = callBody(sandbox, 'Deposit', depositData(merchant())).replace('"version":"1.1"', '"version":1.1')
    expect((await answerTo(body)).result.method).toBe('Deposit')
  })
})
