import { keys } from '../../__fixtures__/keys.ts'
import {
  acknowledge,
  call,
  isSigned,
  placeDeposit,
  refundData,
  sample,
  startShop,
} from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'

type Shop = Awaited<ReturnType<typeof startShop>>

let sandbox: Sandbox
let shop: Shop

beforeEach(async () => {
  sandbox = await startSandbox({
    now: () => new Date('2014-01-30T12:28:45.650Z'),
    trustly: { keys, redeliverAfterMs: [0, 1, 2] },
  })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const key = () => sandbox.trustly.merchant.privateKey
const place = (attributes = {}, signed = {}) => placeDeposit(sandbox, { NotificationURL: shop.url }, attributes, signed)
const orderOf = (orderId: string) => sandbox.trustly.books().orders.find((order) => order.orderId === orderId)
/** The notification of that number, which must have come. */
const message = (index = 0) => {
  const notified = shop.received[index]
  if (!notified) throw new Error(`there is no notification ${index}`)
  return notified.message
}
const methods = () => shop.received.map(({ message }) => message.method)

describe('a notification', () => {
  test('has the published members and verifies', async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId)
    await sandbox.trustly.idle()
    expect(methods()).toEqual(['pending', 'credit'])
    const credit = message(1)
    const published = sample('docs-notification-credit')
    expect(shop.received[1]?.contentType).toBe('application/json; charset=utf-8')
    expect(Object.keys(credit).sort()).toEqual(Object.keys(published).sort())
    expect(Object.keys(credit.params).sort()).toEqual(Object.keys(published.params).sort())
    expect(Object.keys(credit.params.data).sort()).toEqual(Object.keys(published.params.data).sort())
    expect(credit.params.data).toEqual({
      amount: '103.00',
      currency: 'SEK',
      messageid: orderOf(orderId)?.messageId,
      orderid: orderId,
      enduserid: '12345',
      notificationid: expect.stringMatching(/^[1-9]\d{9}$/),
      timestamp: expect.stringMatching(/^2014-01-30 13:28:45\.65\d*\+01$/),
      attributes: {},
    })
    for (const { message } of shop.received) {
      const { uuid, data, signature } = message.params
      expect(isSigned({ method: message.method, uuid, data }, signature, sandbox.trustly.publicKey)).toBe(true)
    }
  })

  test('has the members and formats of a real one', async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    const formats: Record<string, RegExp> = {
      amount: /^\d+\.\d\d$/,
      currency: /^[A-Z]{3}$/,
      enduserid: /./,
      messageid: /./,
      notificationid: /^\d{10}$/,
      orderid: /^\d{10}$/,
      timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+\d\d$/,
    }
    const real = sample('python-real-notification1').params.data
    expect(Object.keys(real).sort()).toEqual(Object.keys(formats))
    for (const [name, format] of Object.entries(formats))
      for (const data of [real, message().params.data]) expect(String(data[name])).toMatch(format)
  })

  test('of a cancellation has the members of the published one', async () => {
    const { orderId } = await place()
    sandbox.trustly.cancel(orderId)
    await sandbox.trustly.idle()
    const published = sample('java-notification-cancel')
    const names = (message: { params: { data: object } }) => Object.keys(message.params.data).sort()
    expect(names(message())).toEqual(names(published))
  })

  test('is signed with the hash of the request that made the order', async () => {
    const { orderId } = await place({}, { hash: 'RS512' })
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    const { method, params } = message()
    expect(params.signature).toMatch(/^alg=RS512;/)
    expect(isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
  })
})

// The vendor's own Java, .NET and JavaScript clients send FAILED with HTTP 500; the last adds `message` after signing
// (protocol/trustly.md section 2.5).
test.each([
  [
    'message was added after signing',
    (reply: string) => reply.replace('"status":"FAILED"', '"status":"FAILED","message":"no"'),
  ],
  ['the status is not OK', (reply: string) => reply],
])('a FAILED with HTTP 500 that does not count has its own reason: %s', async (reason, change) => {
  shop.answers.push(({ message }, response) =>
    response.writeHead(500).end(change(acknowledge(message, key(), { status: 'FAILED' }))),
  )
  const { orderId } = await place()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  const [first] = orderOf(orderId)?.notifications[0]?.attempts ?? []
  expect(first?.outcome).toContain(reason)
})

describe('an answer that does not count', () => {
  const other = () => '00000000-0000-0000-0000-000000000000'
  test.each<[reason: string, answer: Shop['answers'][number]]>([
    ['HTTP status 500', (_, response) => response.writeHead(500).end()],
    ['HTTP status 302', (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end()],
    ['unexpected JSON at character 0', (_, response) => response.end('OK')],
    ['the JSON ends too early', (_, response) => response.end()],
    ['version is not "1.1"', (_, response) => response.end('{"result":{"status":"OK"}}')],
    ['result.uuid is not', ({ message }, response) => response.end(acknowledge(message, key(), { uuid: other() }))],
    ['result.method is not', ({ message }, response) => response.end(acknowledge(message, key(), { method: 'debit' }))],
    [
      'the status is not OK',
      ({ message }, response) => response.end(acknowledge(message, key(), { status: 'FAILED' })),
    ],
    [
      'the signature does not verify: signed with the right key, but over another text',
      ({ message }, response) => response.end(acknowledge(message, key()).replace('"OK"', '"FAILED"')),
    ],
    [
      'the signature does not verify: SHA-256 without the prefix alg=RS256;',
      ({ message }, response) => response.end(acknowledge(message, key(), { hash: 'RS256' }).replace('alg=RS256;', '')),
    ],
    ['no answer: ', (_, response) => response.destroy()],
  ])('is noted as: %s, and the same notification comes again', async (reason, answer) => {
    shop.answers.push(answer, answer)
    const { orderId } = await place()
    const [id] = sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    const [notification] = orderOf(orderId)?.notifications ?? []
    expect(notification).toMatchObject({ id, method: 'credit', delivered: true })
    expect(notification?.attempts.map(({ outcome }) => outcome)).toEqual([
      expect.stringContaining(reason),
      expect.stringContaining(reason),
      'accepted',
    ])
    expect(new Set(shop.received.map(({ text }) => text)).size).toBe(1)
  })

  test('ends in giving up after the last wait', async () => {
    for (let times = 0; times < 4; times += 1) shop.answers.push((_, response) => response.writeHead(503).end())
    const { orderId } = await place()
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    expect(orderOf(orderId)?.notifications[0]).toMatchObject({ delivered: false, attempts: { length: 4 } })
    expect(orderOf(orderId)?.state).toBe('credited')
  })
})

test('acknowledgements in a newer hash count', async () => {
  shop.answers.push(({ message }, response) => response.end(acknowledge(message, key(), { hash: 'RS384' })))
  const { orderId } = await place()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  expect(shop.received).toHaveLength(1)
})

test('a redelivery is the same message, ends the wait for the next attempt, and must be answered as before', async () => {
  const { orderId } = await place()
  shop.answers.push((_, response) => response.writeHead(500).end())
  const [id = ''] = sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  expect(await sandbox.trustly.redeliver(id)).toBe('accepted')
  expect(shop.received).toHaveLength(3)
  expect(new Set(shop.received.map(({ text }) => text)).size).toBe(1)
  const debit = sandbox.trustly.debit(orderId)
  await sandbox.trustly.idle()
  shop.answers.push(({ message }, response) => response.end(acknowledge(message, key(), { status: 'FAILED' })))
  expect(await sandbox.trustly.redeliver(debit)).toBe('the status was OK before and is FAILED now')
})

test('closing breaks off a wait that would be long', async () => {
  const patient = await startSandbox({ trustly: { keys, redeliverAfterMs: [3_600_000] } })
  const { orderId } = await placeDeposit(patient, { NotificationURL: shop.url })
  const refused = new Promise<void>((resolve) => {
    shop.answers.push((_, response) => {
      response.writeHead(500).end(resolve)
    })
  })
  patient.trustly.complete(orderId, { notify: ['credit'] })
  await refused
  const idle = patient.trustly.idle()
  await patient.close()
  await idle
})

test('held notifications wait for their release', async () => {
  const { orderId } = await place({ HoldNotifications: 1 })
  const [pending = ''] = sandbox.trustly.complete(orderId)
  await sandbox.trustly.idle()
  expect(shop.received).toHaveLength(0)
  expect(await sandbox.trustly.redeliver(pending)).toBe('accepted')
  expect(methods()).toEqual(['pending'])
})

test('nothing is sent beyond loopback unless allowed', async () => {
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: 'https://shop.example/notifications' })
  sandbox.trustly.cancel(orderId)
  await sandbox.trustly.idle()
  const outcomes = orderOf(orderId)?.notifications[0]?.attempts.map(({ outcome }) => outcome)
  expect(new Set(outcomes)).toEqual(new Set(['not sent: the address is not on loopback']))
})

test('a raw notification carries what the test wants and leaves the books alone', async () => {
  const { orderId } = await place()
  sandbox.trustly.notify(orderId, 'account', { accountid: '1234567890', verified: '1', enduserid: undefined })
  await sandbox.trustly.idle()
  const { method, params } = message()
  expect(method).toBe('account')
  expect(params.data).toMatchObject({ accountid: '1234567890', orderid: orderId })
  expect(params.data).not.toHaveProperty('enduserid')
  expect(isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
  expect(orderOf(orderId)?.state).toBe('created')
})

test('a debit that the merchant cannot recover is kept as its loss', async () => {
  const { orderId } = await place()
  sandbox.trustly.complete(orderId)
  await sandbox.trustly.idle()
  shop.answers.push(({ message }, response) => response.end(acknowledge(message, key(), { status: 'FAILED' })))
  sandbox.trustly.debit(orderId)
  await sandbox.trustly.idle()
  expect(orderOf(orderId)).toMatchObject({ state: 'reversed', debits: [{ amount: '103.00', answer: 'FAILED' }] })
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '0.00' })
})

test('a refund that came back is a credit on the deposit, with a notificationid of its own', async () => {
  const { orderId } = await place()
  sandbox.trustly.complete(orderId)
  await call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, orderId, '3.00'))
  sandbox.trustly.returnRefund(orderId, '3.00')
  await sandbox.trustly.idle()
  expect(methods()).toEqual(['pending', 'credit', 'credit'])
  const [credit, returned] = [message(1).params.data, message(2).params.data]
  expect(returned).toMatchObject({ orderid: orderId, messageid: credit.messageid, amount: '3.00' })
  expect(returned.notificationid).not.toBe(credit.notificationid)
  expect(orderOf(orderId)?.refunds).toEqual([{ amount: '3.00', state: 'returned' }])
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '103.00' })
})
