import { sign } from 'node:crypto'
import { strangerPair } from '@railswitch/sandbox/fixtures/keys'
import type { Payments } from '../payments.ts'
import { type CapturedCallback, depositOf, type ShopAtTrustly, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly
let payments: Payments<void>
/** A signed credit of order-1 that is not delivered yet. */
let credit: CapturedCallback
let pathOfOrder2 = ''

beforeAll(async () => {
  shop = await shopAtTrustly()
  payments = shop.start()
  await payments.deposit(depositOf('order-1'))
  await payments.deposit(depositOf('order-2'))
  const { orderId } = shop.order('order-1')
  const captured = await shop.capture(() => shop.sandbox.trustly.complete(orderId, { notify: ['credit'] }))
  credit = captured[0] as CapturedCallback
  const other = await shop.capture(() => void shop.sandbox.trustly.notify(shop.order('order-2').orderId, 'novelty'))
  pathOfOrder2 = other[0]?.path ?? ''
})
afterAll(() => shop.close())
beforeEach(() => {
  shop.logs.length = 0
  shop.events.length = 0
})

interface Sent {
  readonly path?: string
  readonly body?: BodyInit
  readonly contentType?: string
  readonly method?: string
}

const requestOf = ({
  path = credit.path,
  body = credit.body,
  contentType = 'application/json',
  method = 'POST',
}: Sent) =>
  new Request(new URL(path, shop.url), {
    method,
    headers: { 'content-type': contentType },
    ...(method !== 'GET' && { body }),
  })

const httpHandlers: [string, (sent: Sent) => Promise<Response>][] = [
  ['Web', (sent) => payments.callbacks.web(requestOf(sent))],
  ['node:http', (sent) => fetch(requestOf(sent))],
]

/** The signed JSON with one piece of its text replaced. */
const edited = (from: string | RegExp, to: string): string => {
  const text = credit.body.replace(from, to)
  if (text === credit.body) throw new Error(`The notification has no ${from}.`)
  return text
}

const signedByAnother = (): string => {
  const signature = sign('sha1', Buffer.from(credit.body), strangerPair.privateKey).toString('base64')
  return edited(/"signature":"[^"]*"/, `"signature":"${signature}"`)
}

const attacks: [string, () => Sent, number][] = [
  ['signed by another key', () => ({ body: signedByAnother() }), 400],
  ['with an empty signature', () => ({ body: edited(/"signature":"[^"]*"/, '"signature":""') }), 400],
  ['without a signature', () => ({ body: edited(/"signature":"[^"]*",?/, '') }), 400],
  ['with one digit of the amount altered', () => ({ body: edited('"100.00"', '"900.00"') }), 400],
  ['of another order', () => ({ body: edited('"order-1"', '"order-2"') }), 400],
  ['with another method', () => ({ body: edited('"credit"', '"cancel"') }), 400],
  ['with a member twice', () => ({ body: edited('"amount":"100.00"', '"amount":"100.00","amount":"100.00"') }), 400],
  [
    'with a member twice, once behind an escape',
    () => ({ body: edited('"amount":"100.00"', '"amount":"100.00","\\u0061mount":"900.00"') }),
    400,
  ],
  ['with the amount shifted into a name', () => ({ body: edited('"amount":"100.00"', '"amount100":".00"') }), 400],
  ['cut off', () => ({ body: credit.body.slice(0, -1) }), 400],
  ['with something after it', () => ({ body: `${credit.body}{}` }), 400],
  ['twice in one body', () => ({ body: credit.body + credit.body }), 400],
  ['as a list', () => ({ body: `[${credit.body}]` }), 400],
  ['nested 20 000 deep', () => ({ body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }), 400],
  [
    'nested 10 000 deep inside',
    () => ({ body: edited('"attributes":{}', `"attributes":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`) }),
    400,
  ],
  ['that is empty', () => ({ body: '' }), 400],
  ['that is null', () => ({ body: 'null' }), 400],
  ['in UTF-16', () => ({ body: new Uint8Array(Buffer.from(credit.body, 'utf16le')) }), 400],
  ['after a byte order mark', () => ({ body: `\uFEFF${credit.body}` }), 400],
  ['with a byte that is no UTF-8', () => ({ body: new Uint8Array([...Buffer.from(credit.body), 0xff]) }), 400],
  ['of 65 KiB', () => ({ body: credit.body + ' '.repeat(65 * 1024) }), 413],
  ['as a form', () => ({ contentType: 'application/x-www-form-urlencoded' }), 400],
  ['as text', () => ({ contentType: 'text/plain' }), 400],
  ['by GET', () => ({ method: 'GET' }), 405],
  ['by PUT', () => ({ method: 'PUT' }), 405],
  ['to an unknown rail', () => ({ path: '/callbacks/other/token' }), 404],
  ['to no rail', () => ({ path: '/callbacks' }), 404],
  ['to a longer path than the token', () => ({ path: `${credit.path}/more` }), 404],
]

describe.each(httpHandlers)('the %s handler', (_name, send) => {
  test.each(attacks)('refuses a notification %s without a body, and changes nothing', async (_attack, sent, status) => {
    const before = JSON.stringify([await shop.store.find('order-1'), await shop.store.find('order-2')])
    const reply = await send(sent())
    expect(reply.status).toBe(status)
    expect(await reply.text()).toBe('')
    expect(JSON.stringify([await shop.store.find('order-1'), await shop.store.find('order-2')])).toBe(before)
    expect(shop.events).toEqual([])
    if (status === 400) expect(shop.logs.join()).toContain('callback refused')
    expect(shop.logs.join()).not.toMatch(/signature":|customer-1|sandbox_password|PRIVATE|callback-secret|100\.00/)
  })
})

/** The signature covers names and values without delimiters, so the signature of these bytes is valid although their meaning has changed. */
test.each([
  ['currency contains enduserid', '"enduserid":"customer-1",', '"SEK"', '"SEKenduseridcustomer-1"', 'currency'],
  [
    'messageid contains the id after it',
    /"notificationid":"(\d+)",/,
    '"order-1"',
    '"order-1notificationid$1"',
    'notificationid',
  ],
  ['amount contains attributes', '"attributes":{},', '"100.00"', '"100.00attributes"', 'amount'],
])('a valid signature does not prove the boundaries of members: %s', async (_name, removed, from, to, member) => {
  const value = credit.body.match(removed)?.[1] ?? ''
  const body = edited(removed, '').replace(from, to.replace('$1', value))
  expect((await payments.callbacks.web(requestOf({ body }))).status).toBe(400)
  expect(shop.logs.join()).toContain(`${member} is missing or malformed`)
  expect((await payments.getDeposit({ reference: 'order-1' })).history).toEqual([])
})

test('every altered byte of what the vendor signed is refused', async () => {
  const bytes = Buffer.from(credit.body)
  const signed = credit.body.lastIndexOf(',"version"')
  const accepted: number[] = []
  for (let at = 0; at < signed; at += 1) {
    const altered = Uint8Array.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ 1
    const { status } = await payments.callbacks.web(requestOf({ body: altered }))
    if (status !== 400) accepted.push(at)
  }
  expect(accepted).toEqual([])
  expect((await payments.getDeposit({ reference: 'order-1' })).history).toEqual([])
})

test.each([
  ['forged', () => '/callbacks/t/forged.token.here'],
  ["another order's", () => pathOfOrder2],
  ['missing', () => '/callbacks/t'],
])('a verified notification with a %s token is recorded all the same, once', async (_name, path) => {
  expect(path()).toMatch(/^\/callbacks\/t/)
  expect(path()).not.toBe(credit.path)
  const reply = await payments.callbacks.web(requestOf({ path: path() }))
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({ result: { data: { status: 'OK' } } })
  expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({ state: 'credited', history: [{}] })
})

const foreignOrderCount = async (): Promise<number> => {
  const reviews = await payments.listReviews()
  return reviews.find(({ reason, payment }) => reason === 'foreign_order' && payment === null)?.count ?? 0
}

describe('reports of an order that is not ours', () => {
  const foreign = async (method: string) => {
    const data = { amount: '100.00', currency: 'SEK', orderid: '9999999999', messageid: `foreign-${method}` }
    const send = () => void shop.sandbox.trustly.notify(shop.order('order-2').orderId, method, data)
    const [captured] = await shop.capture(send)
    const reply = () => payments.callbacks.web(requestOf(captured as CapturedCallback))
    return { reply }
  }

  test.each([
    ['credit', 200],
    ['pending', 200],
    ['cancel', 200],
    ['debit', 503],
    ['payoutconfirmation', 200],
  ])(
    '%s is counted for review and gets %i, however often it comes: a question gets no answer',
    async (method, status) => {
      const { reply } = await foreign(method)
      const before = await foreignOrderCount()
      for (let again = 0; again < 3; again += 1) {
        const answered = await reply()
        expect(answered.status).toBe(status)
        if (status === 200) expect(await answered.json()).toMatchObject({ result: { data: { status: 'OK' } } })
      }
      expect(shop.events.filter(({ type }) => type !== 'review.needed')).toEqual([])
      expect(await foreignOrderCount()).toBe(before + 1)
      await expect(payments.getDeposit({ reference: `foreign-${method}` })).rejects.toMatchObject({ code: 'not_found' })
      expect((await payments.getDeposit({ reference: 'order-2' })).history).toEqual([])
    },
  )
})

test('a verified notification of an unknown kind is stored and acknowledged', async () => {
  const { orderId } = shop.order('order-2')
  const id = shop.sandbox.trustly.notify(orderId, 'novelty', { amount: '1.00', currency: 'SEK' })
  await shop.sandbox.trustly.idle()
  expect(await shop.sandbox.trustly.redeliver(id)).toBe('accepted')
  expect(shop.events).toMatchObject([{ type: 'unrecognised', method: 'novelty', reference: 'order-2' }])
  expect((await payments.getDeposit({ reference: 'order-2' })).state).toBe('pending')
})
