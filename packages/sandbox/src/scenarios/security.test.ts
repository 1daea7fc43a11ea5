import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keys } from '../__fixtures__/keys.ts'
import { depositFields, call as payablCall, placeDeposit as placePayIn } from '../__fixtures__/payabl/shop.ts'
import { call, depositData, placeDeposit } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox, walkCheckout } from '../index.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
})

afterAll(() => sandbox.close())

const orderOf = (id: string) => sandbox.trustly.books().orders.find(({ orderId }) => orderId === id)

const textOf = async (url: string) => (await fetch(url)).text()

/** A server that is not ours, and what it hears. */
const listenElsewhere = async (status: number, headers: Record<string, string> = {}, body = '') => {
  const heard: Array<string | undefined> = []
  const server = createServer((incoming, outgoing) => {
    heard.push(incoming.url)
    outgoing.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise((resolve) => server.close(resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard, close }
}

const mark = '<img src=x onerror=alert(1)>"\'&'

test('whatever a shop or a customer sends is text in every page', async () => {
  const { orderId, url } = await placeDeposit(
    sandbox,
    { EndUserID: mark, MessageID: mark },
    { ShopperStatement: mark, Firstname: mark, URLTarget: '_self' },
  )
  const payIn = await placePayIn(sandbox, { orderid: 'o-<b>1', firstname: 'Ann<b>', custom1: mark })
  await call(sandbox, '<b>Method</b>', depositData(sandbox.trustly.merchant))
  const payment = sandbox.payabl.books().payments.at(-1)
  const pages = [
    url,
    payIn.url,
    `${sandbox.url}/back-office`,
    `${sandbox.url}/back-office/payments/trustly/${orderId}`,
    `${sandbox.url}/back-office/payments/payabl/${payment?.paymentId}`,
  ]
  const texts = await Promise.all(pages.map(textOf))
  for (const text of texts) expect(text).not.toMatch(/<img|<b>/)
  // The shop's word is there, as text.
  expect(texts.map((text) => /&#60;(img|b)/.test(text))).toEqual([true, expect.any(Boolean), true, true, true])
})

test('what a customer types comes back as text', async () => {
  const { url } = await placeDeposit(sandbox)
  const typed = await fetch(url, { method: 'POST', body: new URLSearchParams({ step: 'bank', bank: mark }) })
  expect(await typed.text()).not.toMatch(/<img/)
})

test.each(['javascript:alert(1)', 'data:text/html,x', '//attacker.example/', 'ftp://attacker.example/'])(
  'an order cannot lead its customer to %s',
  async (address) => {
    const trustly = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant, {}, { SuccessURL: address }))
    expect(trustly.error).toBeDefined()
    const payabl = await payablCall(sandbox, 'payment_preauthorize', depositFields({ url_success: address }))
    expect(payabl.redirect_url).toBeUndefined()
  },
)

test('the checkout leads nowhere but to the addresses of its own order', async () => {
  const { url } = await placeDeposit(sandbox)
  const smuggle =
    'next=https://attacker.example/&SuccessURL=https://attacker.example/&returnUrl=https://attacker.example/'
  const gone = await fetch(`${url}?${smuggle}`, {
    method: 'POST',
    body: new URLSearchParams(`step=cancel&${smuggle}`),
    redirect: 'manual',
  })
  expect(gone.headers.get('location')).toBe('https://shop.example/fail')
  const paid = await placeDeposit(sandbox)
  expect(await walkCheckout(paid.url)).toBe('https://shop.example/success')
})

test('callbacks go to the address that the order named, and follow no redirect from there', async () => {
  const target = await listenElsewhere(200)
  const shop = await listenElsewhere(302, { Location: target.url })
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  const payIn = await placePayIn(sandbox, { notification_url: shop.url })
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  sandbox.payabl.credit(payIn.id)
  await Promise.all([sandbox.trustly.idle(), sandbox.payabl.idle()])
  expect([shop.heard, target.heard]).toEqual([['/hook', '/hook'], []])
  await Promise.all([shop.close(), target.close()])
})

test.each([
  'https://10.0.0.1/hook',
  'https://shop.example/hook',
  'https://127.0.0.1.shop.example/hook',
  'https://[::ffff:10.0.0.1]/',
])('no callback leaves this machine for %s', async (address) => {
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: address })
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  const [sent] = orderOf(orderId)?.notifications ?? []
  expect(sent?.attempts.map(({ outcome }) => outcome)).toEqual(['not sent: the address is not on loopback'])
})

test('an answer to a callback is read up to 64 KiB', async () => {
  const shop = await listenElsewhere(200, {}, 'a'.repeat(65_537))
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  const [sent] = orderOf(orderId)?.notifications ?? []
  expect(sent?.attempts[0]?.outcome).toBe('no answer: it is longer than 65536 bytes')
  await shop.close()
})

test('a call is read up to 64 KiB, at every door', async () => {
  const doors = [
    sandbox.trustly.url,
    `${sandbox.payabl.url}/payment_preauthorize`,
    `${sandbox.url}/back-office`,
    (await placeDeposit(sandbox)).url,
  ]
  const answers = await Promise.all(doors.map((url) => fetch(url, { method: 'POST', body: 'a'.repeat(65_537) })))
  expect(answers.map(({ status }) => status)).toEqual([413, 413, 413, 413])
})

test('no page and no listing of the control API holds a secret', async () => {
  const { orderId, url } = await placeDeposit(sandbox)
  const payIn = await placePayIn(sandbox)
  await placePayIn(sandbox, { signature: 'wrong' })
  const { privateKey, password } = sandbox.trustly.merchant
  const payment = sandbox.payabl.books().payments.at(-1)
  const office = `${sandbox.url}/back-office`
  const pages = await Promise.all(
    [
      url,
      payIn.url,
      office,
      `${office}/payments/trustly/${orderId}`,
      `${office}/payments/payabl/${payment?.paymentId}`,
    ].map(textOf),
  )
  const headers = { Authorization: `Bearer ${sandbox.control.token}` }
  const listings = await Promise.all(
    ['', '/payments', '/calls', '/callbacks', '/balances', '/switches/payabl', '/switches/trustly', '/chaos'].map(
      async (path) => (await fetch(`${sandbox.control.url}${path}`, { headers })).text(),
    ),
  )
  const secrets = [
    password,
    sandbox.payabl.merchant.secret,
    sandbox.control.token,
    'PRIVATE KEY',
    privateKey.slice(40, 80),
  ]
  for (const text of [...pages, ...listings]) for (const secret of secrets) expect(text).not.toContain(secret)
})

test('no page runs or loads anything that it did not bring', async () => {
  const { url } = await placeDeposit(sandbox)
  for (const page of [url, `${sandbox.url}/back-office`]) {
    const policy = (await fetch(page)).headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).not.toMatch(/unsafe-/)
  }
})

test('a form of another site does nothing at the back office, nor does a request of another site at the control API', async () => {
  const { orderId } = await placeDeposit(sandbox)
  const fields = new URLSearchParams({ do: 'act', vendor: 'trustly', payment: orderId, action: 'credit', token: '' })
  expect((await fetch(`${sandbox.url}/back-office`, { method: 'POST', body: fields })).status).toBe(403)
  const body = JSON.stringify({ action: 'credit' })
  const asked = await fetch(`${sandbox.control.url}/payments/trustly/${orderId}`, { method: 'POST', body })
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([401, null])
  expect(orderOf(orderId)?.state).toBe('created')
})

test('no other site can show the back office in a frame; a shop can show its checkout', async () => {
  const { url } = await placeDeposit(sandbox)
  const policies = await Promise.all(
    [`${sandbox.url}/back-office`, url].map(async (page) => (await fetch(page)).headers.get('content-security-policy')),
  )
  expect(policies.map((policy) => policy?.includes("frame-ancestors 'none'"))).toEqual([true, false])
})
