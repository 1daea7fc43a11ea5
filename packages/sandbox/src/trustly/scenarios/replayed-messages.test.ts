import { readFileSync } from 'node:fs'
import { keys } from '../../__fixtures__/keys.ts'
import { isSigned, post, printed, sample, shape } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'
import type { TrustlySwitches } from '../state/switches.ts'

// The Python client's tests hold requests that were really signed and really sent to Trustly's test server. Here they
// are sent again byte for byte: with their own UUIDs, signatures and, at the sandbox, their own public key.

const publicKey = readFileSync(
  new URL('../../__fixtures__/trustly/keys/python_test_public1.pem', import.meta.url),
  'utf8',
)

let sandbox: Sandbox
const started = new Map<string, Sandbox>()

/** The sandbox that knows this merchant: one for all tests that need the same. */
const start = async (username: string, switches: Partial<TrustlySwitches> = {}) => {
  const merchant = { username, password: 'testpassword', publicKey, switches }
  const key = JSON.stringify(merchant)
  sandbox = started.get(key) ?? (await startSandbox({ trustly: { keys, merchants: [merchant], redeliverAfterMs: [] } }))
  started.set(key, sandbox)
}

afterAll(() => Promise.all([...started.values()].map(({ close }) => close())))

const send = async (name: string, path = '/api/1') => {
  const response = await post(`${sandbox.url}${path}`, printed(name))
  expect(response.status).toBe(200)
  const answer = JSON.parse(await response.text())
  const signed = answer.result ?? answer.error.error
  expect(isSigned(signed, signed.signature, sandbox.trustly.publicKey)).toBe(true)
  expect(signed).toMatchObject({ uuid: sample(name).params.UUID, method: sample(name).method })
  return answer
}

const requests = [
  'Deposit-495',
  'Deposit-549',
  'Withdraw-649',
  'Refund-709',
  'RegisterAccount-807',
  'SelectAccount-874',
  'AccountPayout-933',
  'Capture-974',
  'Void-1010',
  'P2P-1064',
].map((name) => `python-request-${name}`)

test.each(requests)('%s of an unknown user gets the real 616', async (name) => {
  await start('another user')
  const real = sample('python-real-Deposit-452')
  const answer = await send(name)
  expect(shape(answer)).toEqual(shape(real))
  expect(answer.error).toMatchObject({ name: 'JSONRPCError', code: 616, message: real.error.message })
  expect(answer.error.error.data).toEqual(real.error.error.data)
})

test.each(requests)('%s verifies: the signature is no reason to refuse it', async (name) => {
  await start('testusername')
  const answer = await send(name)
  expect(answer.error?.code).not.toBe(636)
})

test('the Deposit with next to no parameters gets what the test server really answered in 2015', async () => {
  await start('testusername', { parametersOf2015: true })
  const answer = await send('python-request-Deposit-549')
  expect(shape(answer)).toEqual(shape(sample('python-real-Deposit-539')))
  expect(shape(answer)).toEqual(shape(sample('python-real-response1body')))
  expect(answer.result.uuid).toBe(sample('python-real-Deposit-539').result.uuid)
  expect(answer.result.data.orderid).toMatch(/^\d{10}$/)
  expect((await fetch(answer.result.data.url)).status).toBe(200)
  expect(await send('python-request-Deposit-549', '/1')).toEqual(answer)
})

test('the RegisterAccount gets the account that was really answered (protocol/trustly.md, section 3.8)', async () => {
  await start('testusername')
  const { result } = await send('python-request-RegisterAccount-807')
  expect(result.data).toEqual({
    accountid: expect.stringMatching(/^\d{10}$/),
    clearinghouse: 'SWEDEN',
    bank: 'SEB',
    descriptor: '*865391',
  })
})

// What is documented today (sections 3 and 5) where the orders, accounts and addresses of 2015 do not exist.
test.each([
  ['Deposit-495', 734, 'ERROR_NOT_SECURE_NOTIFICATIONURL'],
  ['Withdraw-649', 734, 'ERROR_NOT_SECURE_NOTIFICATIONURL'],
  ['SelectAccount-874', 734, 'ERROR_NOT_SECURE_NOTIFICATIONURL'],
  ['AccountPayout-933', 734, 'ERROR_NOT_SECURE_NOTIFICATIONURL'],
  ['Refund-709', 655, 'ERROR_INVALID_ORDER_ID'],
  ['Capture-974', 602, 'ERROR_FUNCTION_ACCESS_DENIED'],
  ['Void-1010', 602, 'ERROR_FUNCTION_ACCESS_DENIED'],
  ['P2P-1064', 602, 'ERROR_FUNCTION_ACCESS_DENIED'],
])('%s is answered %d %s', async (name, code, message) => {
  await start('testusername')
  expect((await send(`python-request-${name}`)).error).toMatchObject({ code, message })
})

test('without today’s rules the others are answered by what they name', async () => {
  await start('testusername', { parametersOf2015: true })
  const orderid = expect.stringMatching(/^\d{10}$/)
  expect((await send('python-request-SelectAccount-874')).result.data).toEqual({ orderid, url: expect.any(String) })
  expect((await send('python-request-Withdraw-649')).result.data).toEqual({ orderid, url: expect.any(String) })
  expect((await send('python-request-AccountPayout-933')).error).toMatchObject({
    code: 624,
    message: 'ERROR_INVALID_BANK_ACCOUNT_NUMBER',
  })
})

type Vector = {
  readonly name: string
  readonly uuid: string
  readonly data: string
  readonly expected_signature: string
}

const derived: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../../__fixtures__/trustly/vectors.json', import.meta.url), 'utf8'),
).derived

test.each(['SHA1', 'RS256', 'RS384', 'RS512'])(
  'the signature tester’s Deposit, signed with %s, verifies and is answered in that hash',
  async (hash) => {
    const tester = readFileSync(
      new URL('../../__fixtures__/trustly/keys/signaturetester_merchant_public.pem', import.meta.url),
      'utf8',
    )
    const merchant = { username: 'merchant_username', password: 'merchant_password', publicKey: tester }
    sandbox = await startSandbox({ trustly: { keys, merchants: [merchant] } })
    started.set(hash, sandbox)
    const vector = derived.find(({ name }) => name === `derived-docs-deposit-${hash}`)
    if (!vector) throw new Error(`there is no vector for ${hash}`)
    const { uuid, data, expected_signature: signature } = vector
    const body = `{"method":"Deposit","params":{"Signature":"${signature}","UUID":"${uuid}","Data":${data}},"version":"1.1"}`
    const { error } = JSON.parse(await (await post(sandbox.trustly.url, body)).text())
    // Its NotificationURL is the text "URL_to_your_notification_service".
    expect(error).toMatchObject({ code: 705, message: 'ERROR_MALFORMED_NOTIFICATIONURL', error: { uuid } })
    expect(error.error.signature.startsWith(`alg=${hash};`)).toBe(hash !== 'SHA1')
    expect(isSigned(error.error, error.error.signature, sandbox.trustly.publicKey)).toBe(true)
  },
)
