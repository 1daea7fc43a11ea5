import { keys } from '../../__fixtures__/keys.ts'
import {
  acknowledge,
  ask,
  call,
  callBody,
  depositData,
  isSigned,
  placeDeposit,
  post,
  refundData,
  startShop,
} from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
})

afterEach(() => sandbox.close())

const codeAfter = async (switches: Parameters<Sandbox['trustly']['change']>[0]) => {
  sandbox.trustly.change(switches)
  return (await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant))).error?.code
}

test.each([
  [607, { hostDenied: true }],
  [718, { disabled: true }],
  [602, { deniedMethods: ['Deposit'] }],
  [638, { blockedEndUsers: ['12345'] }],
  [undefined, { deniedMethods: ['Refund'], blockedEndUsers: ['54321'] }],
])('answers %s after %j', async (code, switches) => {
  expect(await codeAfter(switches)).toBe(code)
})

test('the address comes before the access, and the access before the UUID', async () => {
  const body = callBody(sandbox, 'Deposit', depositData(sandbox.trustly.merchant))
  const again = async () => JSON.parse(await (await post(sandbox.trustly.url, body)).text())
  const first = await again()
  sandbox.trustly.change({ hostDenied: true, deniedMethods: ['Deposit'] })
  expect((await again()).error.code).toBe(607)
  sandbox.trustly.change({ hostDenied: false })
  expect((await again()).error.code).toBe(602)
  sandbox.trustly.change({ deniedMethods: [] })
  expect(await again()).toEqual(first)
})

test('methods that exist but are not served are answered as for a merchant without them', async () => {
  const answer = await ask(sandbox, 'DirectPaymentBatch')
  expect(answer.error.code).toBe(602)
  expect(isSigned(answer.error.error, answer.error.error.signature, sandbox.trustly.publicKey)).toBe(true)
  expect(sandbox.trustly.requests().at(-1)?.hint).toBe('the sandbox does not serve this method')
})

test('lenient signatures are taken with a warning, others are not', async () => {
  sandbox.trustly.change({ lenientSignatures: true })
  const { orderId } = await placeDeposit(sandbox)
  sandbox.trustly.complete(orderId)
  const data = refundData(sandbox.trustly.merchant, orderId, '1.00')
  const uuid = '258a2184-2842-b485-25ca-293525152425'
  const rest = `Password${data.Password}Username${data.Username}`
  const text = `Refund${uuid}Amount1.00CurrencySEKOrderID${orderId}${rest}`
  expect((await call(sandbox, 'Refund', data, { uuid, text })).result.data.result).toBe('1')
  expect(sandbox.trustly.requests().at(-1)?.hint).toContain('null members dropped: a null keeps its name')
  expect((await call(sandbox, 'Refund', data, { uuid, text: rest })).error.code).toBe(636)
})

test('notifications are signed in the hash that is wanted', async () => {
  const shop = await startShop(sandbox.trustly.merchant.privateKey)
  sandbox.trustly.change({ notificationHash: 'RS384' })
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  const { method, params } = shop.received[0]?.message ?? {}
  expect(params?.signature).toMatch(/^alg=RS384;/)
  expect(method && params && isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
  await shop.close()
})

test('each attempt has a uuid of its own where that is wanted, and the reply must carry one of them', async () => {
  const patient = await startSandbox({ trustly: { keys, redeliverAfterMs: [0, 0], switches: { freshUuids: true } } })
  const { privateKey } = patient.trustly.merchant
  const shop = await startShop(privateKey)
  const uuid = '258a2184-2842-b485-25ca-293525152425'
  shop.answers.push(({ message }, response) => response.end(acknowledge(message, privateKey, { uuid })))
  shop.answers.push((_, response) => response.writeHead(503).end())
  const { orderId } = await placeDeposit(patient, { NotificationURL: shop.url })
  patient.trustly.complete(orderId, { notify: ['credit'] })
  await patient.trustly.idle()
  expect(new Set(shop.received.map(({ message }) => message.params.uuid)).size).toBe(3)
  expect(new Set(shop.received.map(({ message }) => message.params.data.notificationid)).size).toBe(1)
  expect(patient.trustly.books().orders[0]?.notifications[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
    'result.uuid is not the notification’s',
    'HTTP status 503',
    'accepted',
  ])
  await patient.close()
  await shop.close()
})

test('a word that a switch does not take is refused', () => {
  const nonsense = JSON.parse('{"shortPayout":"later"}')
  expect(() => sandbox.trustly.change(nonsense)).toThrow('shortPayout is one of failed, queued, refused, not accepted.')
  expect(sandbox.trustly.switches().shortPayout).toBe('failed')
})

test('switches of merchants are their own, and an unknown merchant has none', async () => {
  expect(() => sandbox.trustly.change({ disabled: true }, 'nobody')).toThrow('There is no merchant nobody.')
  expect(sandbox.trustly.switches()).toMatchObject({ account: false, payoutconfirmation: false, payoutfailed: false })
})

test('a start balance and a start setting are the options’', async () => {
  const other = await startSandbox({ trustly: { keys, balance: { EUR: '10.00' }, switches: { account: true } } })
  expect(other.trustly.books().balance).toEqual({ EUR: '10.00' })
  expect(other.trustly.switches().account).toBe(true)
  expect(() => other.trustly.fund('1', 'EUR')).toThrow('1 is not an amount in EUR.')
  await other.close()
  await expect(startSandbox({ trustly: { keys, balance: { EUR: 'much' } } })).rejects.toThrow(
    'much is not an amount in EUR.',
  )
})
