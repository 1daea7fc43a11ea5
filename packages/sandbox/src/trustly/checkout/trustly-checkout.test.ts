import { keys } from '../../__fixtures__/keys.ts'
import { placeDeposit, startShop } from '../../__fixtures__/trustly/shop.ts'
import { accountsAt, banksByCountry } from '../../checkout/banks.ts'
import { type Sandbox, startSandbox, walkCheckout } from '../../index.ts'
import { outcomes } from './outcomes.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>
let time: Date

beforeAll(async () => {
  time = new Date('2014-01-30T12:28:45.650Z')
  sandbox = await startSandbox({ now: () => time, trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

beforeEach(async () => {
  await sandbox.trustly.idle()
  shop.received.length = 0
})

afterAll(async () => {
  await sandbox.close()
  await shop.close()
})

const place = (attributes = {}) => placeDeposit(sandbox, { NotificationURL: shop.url }, attributes)
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)
const reported = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message.method)
}
const take = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
const pageAt = async (url: string) => (await fetch(url)).text()
const stepAt = async (url: string) => /name="step" value="(\w+)"/.exec(await pageAt(url))?.[1]

test('leads the customer to the success page, with pending and credit reported', async () => {
  const { orderId, url } = await place()
  expect(await walkCheckout(url)).toBe('https://shop.example/success')
  expect(await reported()).toEqual(['pending', 'credit'])
  expect(order(orderId)).toMatchObject({ state: 'credited', paid: '103.00', checkoutUrl: url })
})

test.each(['bank', 'login', 'account', 'confirm'] as const)('can be left at the step %s', async (step) => {
  const { orderId, url } = await place()
  expect(await walkCheckout(url, { cancel: step })).toBe('https://shop.example/fail')
  expect(await reported()).toEqual(['cancel'])
  expect(order(orderId)?.state).toBe('cancelled')
})

test.each([
  ['pending-credit', ['pending', 'credit'], 'credited', '103.00'],
  ['credit', ['credit'], 'credited', '103.00'],
  ['pending-credit-later', ['pending'], 'pending', '103.00'],
  ['pending', ['pending'], 'pending', '103.00'],
  ['pending-cancel', ['pending', 'cancel'], 'cancelled', '103.00'],
  ['credit-debit', ['credit', 'debit'], 'reversed', '103.00'],
  ['other-amount', ['pending', 'credit'], 'credited', '7.50'],
])('the order option %s tells %j', async (outcome, methods, state, paid) => {
  const { orderId, url } = await place()
  expect(await walkCheckout(url, { outcome, amount: '7.50' })).toBe('https://shop.example/success')
  expect(await reported()).toEqual(methods)
  expect(order(orderId)).toMatchObject({ state, paid })
})

test('every order option has its row above', () => {
  expect(outcomes).toHaveLength(7)
})

test('credits a day later by the clock, unless the payment has ended by then', async () => {
  const [late, ended] = [await place(), await place()]
  for (const { url } of [late, ended]) await walkCheckout(url, { outcome: 'pending-credit-later' })
  sandbox.trustly.cancel(ended.orderId)
  await sandbox.clock.move(86_400_000 - 60_000)
  expect(order(late.orderId)?.state).toBe('pending')
  await sandbox.clock.move(60_000)
  expect(order(late.orderId)?.state).toBe('credited')
  expect(order(ended.orderId)?.state).toBe('cancelled')
})

test('shows the banks of the country and takes the one that is chosen', async () => {
  const { url } = await place({ Country: 'FI', Currency: 'EUR' })
  const page = await pageAt(url)
  for (const bank of banksByCountry.get('FI') ?? []) expect(page).toContain(`value="${bank}"`)
  expect(page).not.toContain('Skärgårdsbanken')
  expect((await take(url, { step: 'bank', bank: 'Skärgårdsbanken' })).status).toBe(422)
  expect((await take(url, { step: 'bank', bank: 'Koivupankki' })).status).toBe(303)
  expect(await pageAt(url)).toContain('Koivupankki')
})

test('every country can be walked through', async () => {
  for (const Country of banksByCountry.keys()) {
    const { url } = await place({ Country })
    expect(await walkCheckout(url)).toBe('https://shop.example/success')
  }
})

test('complains about a wrong step and stays there', async () => {
  const { url } = await place()
  await take(url, { step: 'bank', bank: 'Vättern Bank' })
  expect((await take(url, { step: 'login', login: ' ' })).status).toBe(422)
  await take(url, { step: 'login', login: 'me' })
  expect((await take(url, { step: 'account', account: '0' })).status).toBe(422)
  await take(url, { step: 'account', account: accountsAt('Vättern Bank')[1]?.lastDigits ?? '' })
  const refused = await take(url, { step: 'confirm', code: '0' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('role="alert"')
  expect(await stepAt(url)).toBe('confirm')
  await expect(walkCheckout(url, { outcome: 'unknown' })).rejects.toThrow(
    'The step confirm was not accepted (HTTP 422).',
  )
  await expect(walkCheckout(url, { outcome: 'other-amount' })).rejects.toThrow('HTTP 422')
})

test('keeps what was filled in when it complains, escaped', async () => {
  const { url } = await place()
  await expect(walkCheckout(url, { outcome: 'unknown' })).rejects.toThrow('HTTP 422')
  const refused = await take(url, { step: 'confirm', outcome: 'other-amount', amount: '"><b>' })
  const page = await refused.text()
  expect(page).toContain('value="other-amount" checked>')
  expect(page).toContain('value="&#34;&#62;&#60;b&#62;"')
})

test('ignores a step that is not the current one, and can be started again', async () => {
  const { url } = await place()
  expect((await take(url, { step: 'confirm' })).headers.get('location')).toBe(new URL(url).pathname)
  expect(await stepAt(url)).toBe('bank')
  await take(url, { step: 'bank', bank: 'Vättern Bank' })
  await take(url, { step: 'restart' })
  expect(await stepAt(url)).toBe('bank')
})

test('lets the customer choose the amount where the shop left it open, within its bounds', async () => {
  const open = { Amount: null, SuggestedMinAmount: '5.00', SuggestedMaxAmount: '10.00' }
  const { orderId, url } = await place(open)
  await expect(walkCheckout(url, { amount: '4.99' })).rejects.toThrow('HTTP 422')
  expect(await pageAt(url)).not.toContain('value="other-amount"')
  await expect(walkCheckout(url, { amount: '10.01' })).rejects.toThrow('HTTP 422')
  expect(await walkCheckout(url, { amount: '10.00' })).toBe('https://shop.example/success')
  expect(order(orderId)).toMatchObject({ amount: null, paid: '10.00', state: 'credited' })
})

test('says so when the payment is finished, and takes no second one', async () => {
  const { orderId, url } = await place()
  await walkCheckout(url)
  expect(await pageAt(url)).toContain('<h1>Payment complete</h1>')
  expect((await take(url, { step: 'cancel' })).status).toBe(200)
  expect(order(orderId)?.state).toBe('credited')
  await expect(walkCheckout(url)).rejects.toThrow('The checkout page has no step to submit (HTTP 200).')
})

test('says that a pending payment was cancelled', async () => {
  const { url } = await place()
  await walkCheckout(url, { outcome: 'pending-cancel' })
  expect(await pageAt(url)).toContain('Your payment did not go through.')
})

test('expires after half an hour alone, and tells the shop', async () => {
  const { orderId, url } = await place()
  time = new Date(time.getTime() + 30 * 60_000)
  expect(await stepAt(url)).toBe('bank')
  time = new Date(time.getTime() + 30 * 60_000 + 1)
  const response = await fetch(url)
  expect(response.status).toBe(410)
  expect(await response.text()).toContain('<h1>Expired</h1>')
  expect(await reported()).toEqual(['cancel'])
  expect(order(orderId)?.state).toBe('cancelled')
})

test('knows no other session', async () => {
  const response = await fetch(`${sandbox.url}/trustly/checkout/00000000-0000-0000-0000-000000000000`)
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('No such payment')
})

test('escapes what the merchant sent', async () => {
  const { url } = await place({ ShopperStatement: `"'><script>alert(1)</script>&amp;` })
  const page = await pageAt(url)
  expect(page).not.toContain('<script')
  expect(page).toContain('&#34;&#39;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;')
})

test('allows no script, no foreign resource, and forms only to itself and the order’s own pages', async () => {
  const { url } = await place({ FailURL: 'http://[::1]:3000/fail' })
  const { headers } = await fetch(url)
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src 'self'; base-uri 'none'; form-action 'self' https:\/\/shop\.example http:$/,
  )
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('leads nowhere but to the order’s own pages', async () => {
  const { url } = await place({ URLTarget: '_top' })
  const answer = await take(`${url}?next=https://evil.example`, { step: 'cancel', FailURL: 'https://evil.example' })
  expect(answer.headers.get('location')).toBe('https://shop.example/fail')
})

test('opens the shop’s pages in the frame it asked for', async () => {
  const { url } = await place({ URLTarget: '_top' })
  expect(await pageAt(url)).toContain(
    '<form method="post" target="_top"><button class="button quiet" name="step" value="cancel">',
  )
})
