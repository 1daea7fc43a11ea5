import { keys } from '../__fixtures__/keys.ts'
import {
  creditedDeposit,
  placeDeposit as placePayablDeposit,
  post as postPayabl,
  signedBody,
} from '../__fixtures__/payabl/shop.ts'
import { call, callBody, depositData, placeDeposit, post, refundData, startShop } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterAll(async () => {
  await sandbox.close()
  await shop.close()
})

const read = async (path = '') => (await fetch(`${sandbox.url}/back-office${path}`)).text()
const pageOf = (orderId: string) => `/payments/trustly/${orderId}`
const tokenOf = (page: string) => /name="token" value="(\w+)"/.exec(page)?.[1] ?? ''
const submit = (path: string, fields: Record<string, string>) =>
  fetch(`${sandbox.url}/back-office${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
const act = async (orderId: string, fields: Record<string, string>) => {
  const token = tokenOf(await read(pageOf(orderId)))
  return submit(pageOf(orderId), { token, do: 'act', vendor: 'trustly', payment: orderId, ...fields })
}
const place = (overrides = {}, attributes = {}) =>
  placeDeposit(sandbox, { NotificationURL: shop.url, ...overrides }, attributes)
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)

test('lists the payments of both vendors, with a page for each', async () => {
  const { orderId } = await place({ MessageID: 'order-1' })
  const { id } = await placePayablDeposit(sandbox, { orderid: 'order-2' })
  const page = await read()
  expect(page).toContain(`<a href="/back-office${pageOf(orderId)}">order-1</a>`)
  expect(page).toMatch(/<a href="\/back-office\/payments\/payabl\/\d+">order-2<\/a>/)
  const payment = sandbox.payabl.books().payments.find(({ transactions }) => transactions[0]?.transactionId === id)
  expect(await read(`/payments/payabl/${payment?.paymentId}`)).toContain(`${id}, 10.00 EUR, pending`)
})

test('shows a call with its outcome, and for a wrong signature the mistake that reproduces it', async () => {
  const { merchant } = sandbox.trustly
  const prefixed = callBody(sandbox, 'Deposit', depositData(merchant), { hash: 'RS256' })
  await post(sandbox.trustly.url, prefixed.replace('alg=RS256;', ''))
  const earlier = await call(sandbox, 'Deposit', depositData(merchant))
  const stale = JSON.parse(callBody(sandbox, 'Deposit', depositData(merchant), { uuid: earlier.result.uuid }))
  stale.params.UUID = '258a2184-2842-b485-25ca-293525152425'
  await post(sandbox.trustly.url, JSON.stringify(stale))
  const foreign = signedBody({ merchantid: sandbox.payabl.merchant.merchantId, orderid: '1' }, 'not the secret')
  await postPayabl(sandbox, 'payment_preauthorize', foreign)
  const page = await read('/calls?failed=1')
  expect(page).toContain('636 ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE')
  expect(page).toContain('SHA-256 without the prefix alg=RS256;')
  expect(page).toContain('the uuid of an earlier call in the signed text')
  expect(page).toContain('status -999')
  expect(page).toContain('made with another secret, or over other values')
})

test('makes happen what the page offers, and tells it in the timeline', async () => {
  const { orderId } = await place()
  expect((await act(orderId, { action: 'pending', amount: '' })).headers.get('location')).toBe(
    `/back-office${pageOf(orderId)}`,
  )
  await act(orderId, { action: 'credit', amount: '' })
  await call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, orderId, '3.00'))
  await act(orderId, { action: 'return-refund-3.00' })
  await act(orderId, { action: 'debit', amount: '100.00' })
  await sandbox.trustly.idle()
  expect(order(orderId)).toMatchObject({
    refunds: [{ state: 'returned' }],
    debits: [{ amount: '100.00', answer: 'OK' }],
  })
  const messages = [...(await read(pageOf(orderId))).matchAll(/"unseen">([^<]* to [^<]*)<\/span><a [^>]*>([^<]*)/g)]
  const reported = messages.map(([, lanes, what]) => `${lanes}${what}`)
  expect(reported.filter((text) => !text.includes('acknowledges'))).toEqual([
    'Shop to Trustly: Deposit',
    'Trustly to Shop: pending',
    'Trustly to Shop: credit',
    'Shop to Trustly: Refund',
    'Trustly to Shop: credit',
    'Trustly to Shop: debit',
  ])
})

test('says why something cannot happen, and changes nothing', async () => {
  const { orderId } = await place()
  const refused = await act(orderId, { action: 'debit' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain(`role="alert">Order ${orderId} is created, not credited.<`)
  expect((await act(orderId, { action: 'nonsense' })).status).toBe(422)
  expect((await act(orderId, { do: 'nonsense' })).status).toBe(422)
  expect((await act(orderId, { vendor: 'nobody' })).status).toBe(422)
  expect(order(orderId)?.state).toBe('created')
})

test('shows why a reply did not count, with its words, and takes the next one', async () => {
  shop.answers.push((_, response) => response.writeHead(503).end('<script>closed</script>'))
  const { orderId } = await place()
  await act(orderId, { action: 'credit' })
  await sandbox.trustly.idle()
  const page = await read(pageOf(orderId))
  expect(page).toContain('HTTP 503, no content type: not accepted')
  const [, callback = ''] = /href="\/back-office(\/callbacks\/trustly\/\d+)"/.exec(page) ?? []
  expect(await read(callback)).toContain('&#60;script&#62;closed&#60;/script&#62;')
  const notification = order(orderId)?.notifications[0]?.id ?? ''
  const fields = { token: tokenOf(page), do: 'redeliver', vendor: 'trustly', notification }
  expect((await submit('', fields)).headers.get('location')).toBe('/back-office')
  expect(await read(pageOf(orderId))).toContain('>acknowledges credit<')
  expect((await submit('', { ...fields, notification: '1' })).status).toBe(422)
})

test.each(['', 'f'.repeat(32), 'ö'.repeat(32)])(
  'does nothing without the token of its own pages: %j',
  async (token) => {
    const { orderId } = await place()
    const fields = { token, do: 'act', vendor: 'trustly', payment: orderId, action: 'cancel' }
    expect((await submit(pageOf(orderId), fields)).status).toBe(403)
    expect(order(orderId)?.state).toBe('created')
  },
)

test('charges back and pays out at payabl too', async () => {
  const id = await creditedDeposit(sandbox, { notification_url: undefined })
  const payment = sandbox.payabl
    .books()
    .payments.find(({ transactions }) => transactions.some((one) => one.transactionId === id))
  const path = `/payments/payabl/${payment?.paymentId}`
  const fields = { token: tokenOf(await read(path)), do: 'act', vendor: 'payabl', payment: payment?.paymentId ?? '' }
  await submit(path, { ...fields, action: 'pay-out', amount: '2.00' })
  expect(sandbox.payabl.books().payments.at(-1)?.transactions).toMatchObject([{ type: 'cft', amount: '2.00' }])
  await submit(path, { ...fields, action: 'refund', amount: '4.00' })
  await submit(path, { ...fields, action: 'charge-back', amount: '' })
  const page = await read(path)
  expect(page).toMatch(/<dt>Refund<\/dt><dd>\d+, 4\.00 EUR, booked/)
  expect(page).toMatch(/<dt>Chargeback<\/dt><dd>\d+, 6\.00 EUR, booked/)
})

test('says what an acknowledgement said', async () => {
  const { orderId } = await place()
  await act(orderId, { action: 'credit' })
  await sandbox.trustly.idle()
  expect(await read(pageOf(orderId))).toContain('OK; HTTP 200, no content type')
  expect(await read('/callbacks')).toContain('OK; HTTP 200, no content type')
})

test('holds the callbacks of one payment, or of all, until they are released', async () => {
  const [{ orderId }, other] = [await place(), await place()]
  const token = tokenOf(await read())
  await submit(pageOf(orderId), { token, do: 'hold', vendor: 'trustly', payment: orderId })
  await act(orderId, { action: 'credit' })
  await act(other.orderId, { action: 'credit' })
  await sandbox.trustly.idle()
  expect(order(orderId)?.notifications).toMatchObject([{ delivered: false, attempts: [] }])
  expect(order(other.orderId)?.notifications).toMatchObject([{ delivered: true }])
  expect(await read(pageOf(orderId))).toContain('<button class="button plain">Release<span')
  expect(await read(pageOf(orderId))).toContain('Release its callbacks')
  await submit(pageOf(orderId), { token, do: 'release', vendor: 'trustly', payment: orderId })
  await submit('', { token, do: 'hold-all' })
  expect(await read()).toContain('<strong>All callbacks are held</strong>: 0 wait for the release.')
  await act(orderId, { action: 'debit' })
  await sandbox.trustly.idle()
  expect(order(orderId)?.notifications).toMatchObject([{ delivered: true }, { delivered: false }])
  await submit('', { token, do: 'release-all' })
  await sandbox.trustly.idle()
  expect(order(orderId)?.notifications).toMatchObject([{ delivered: true }, { delivered: true }])
})

test('holds what HoldNotifications asks to hold, and releases it', async () => {
  const { orderId } = await place({}, { HoldNotifications: '1' })
  await act(orderId, { action: 'credit' })
  await sandbox.trustly.idle()
  const page = await read(pageOf(orderId))
  expect(page).toContain('<p class="detail">held</p>')
  expect(page).toContain('<strong>Callbacks of some payments are held</strong>: 1 waits for the release.')
  await submit(pageOf(orderId), { token: tokenOf(page), do: 'release', vendor: 'trustly', payment: orderId })
  await sandbox.trustly.idle()
  expect(order(orderId)?.notifications).toMatchObject([{ delivered: true }])
})

test('shows what goes wrong on purpose, and ends it', async () => {
  expect(await read('/settings')).toContain('None. A script of rules')
  sandbox.chaos.set({ rules: [{ do: 'drop', on: 'call', method: 'Deposit', nth: 1 }] })
  await expect(place()).rejects.toThrow()
  const page = await read('/settings')
  expect(page).toContain('<strong>drop</strong>: call Deposit at either vendor, time 1')
  expect(page).toMatch(/>call Deposit<.*>trustly</)
  await submit('', { token: tokenOf(page), do: 'end-chaos' })
  expect(await read('/settings')).toContain('None. A script of rules')
})

test('gives a merchant money, and says what is no amount and no currency', async () => {
  const { merchantId: merchant } = sandbox.payabl.merchant
  const fields = { token: tokenOf(await read()), do: 'set-balance', vendor: 'payabl', merchant }
  await submit('', { ...fields, amount: '500.00', currency: 'eur' })
  expect(sandbox.payabl.books().balance.EUR).toBe('500.00')
  expect(await read('/settings')).toContain('<li>500.00 EUR</li>')
  expect(await (await submit('', { ...fields, amount: 'lots', currency: 'EUR' })).text()).toContain('not an amount')
  expect((await submit('', { ...fields, amount: '1.00', currency: '€' })).status).toBe(422)
  expect((await submit('', { ...fields, merchant: 'nobody', amount: '1.00', currency: 'EUR' })).status).toBe(422)
  expect(sandbox.payabl.books().balance.EUR).toBe('500.00')
})

test.each([
  ['1 minute', 60_000],
  ['1 day', 86_400_000],
  ['15 days', 15 * 86_400_000],
])('makes it later by %s', async (by, milliseconds) => {
  const other = await startSandbox({ now: () => new Date(0), trustly: { keys } })
  const page = await (await fetch(`${other.url}/back-office`)).text()
  const move = (fields: Record<string, string>) => {
    const body = new URLSearchParams({ token: tokenOf(page), do: 'move', ...fields })
    return fetch(`${other.url}/back-office`, { method: 'POST', body, redirect: 'manual' })
  }
  expect((await move({ by })).status).toBe(303)
  expect((await move({ by: '1 year' })).status).toBe(422)
  expect((await move({ by, token: '' })).status).toBe(403)
  expect(other.clock.now().getTime()).toBe(milliseconds)
  await other.close()
})

test('escapes what came from outside', async () => {
  const { orderId } = await place({ MessageID: `<b>"'`, EndUserID: '<i>customer' })
  expect(await read()).toContain('>&#60;b&#62;&#34;&#39;</a>')
  expect(await read(pageOf(orderId))).toContain('<dd>Åsa Öberg, &#60;i&#62;customer</dd>')
})

test('shows no key, password or secret', async () => {
  const { orderId } = await place()
  sandbox.trustly.complete(orderId)
  await sandbox.trustly.idle()
  const foreign = signedBody({ merchantid: sandbox.payabl.merchant.merchantId, orderid: '1' }, 'not the secret')
  await postPayabl(sandbox, 'payment_preauthorize', foreign)
  const paths = [...(await read('/calls')).matchAll(/href="\/back-office(\/calls\/\w+\/\d+)"/g)].map(([, path]) => path)
  expect(paths.length).toBeGreaterThan(1)
  const pages = (await Promise.all([read(), read(pageOf(orderId)), read('/settings'), ...paths.map(read)])).join('')
  expect(pages).not.toContain(sandbox.trustly.merchant.password)
  expect(pages).not.toContain(sandbox.payabl.merchant.secret)
  expect(pages).not.toContain('KEY-----')
})

test('allows its own script only, and no page knows another payment', async () => {
  const { headers } = await fetch(`${sandbox.url}/back-office`)
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-\S{44}'; img-src 'self'; script-src 'sha256-\S{44}'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'$/,
  )
  for (const path of [pageOf('1'), '/payments/nobody/1', '/nonsense']) {
    expect((await fetch(`${sandbox.url}/back-office${path}`)).status).toBe(404)
  }
})
