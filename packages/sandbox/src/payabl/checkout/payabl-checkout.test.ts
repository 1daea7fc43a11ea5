import { keys } from '../../__fixtures__/keys.ts'
import { type Fields, paymentOf, placeDeposit, startShop } from '../../__fixtures__/payabl/shop.ts'
import { banksByCountry } from '../../checkout/banks.ts'
import { type Sandbox, startSandbox, walkCheckout } from '../../index.ts'
import { payInCountries } from '../wire/countries.ts'
import { outcomes } from './outcomes.ts'

// Addresses: protocol/payabl.md section 3.1. What follows: sections 4 and 6.1. The order options are the sandbox's own
// (section 8).

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>
let time: Date

beforeAll(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  sandbox = await startSandbox({ now: () => time, payabl: { assumptions: { landing: 'outcome' } }, trustly: { keys } })
  shop = await startShop()
})

beforeEach(async () => {
  await sandbox.payabl.idle()
  shop.received.length = 0
})

afterAll(async () => {
  await sandbox.close()
  await shop.close()
})

const place = (overrides: Fields = {}) => placeDeposit(sandbox, { notification_url: shop.url, ...overrides })
const stateOf = (id: string) => paymentOf(sandbox, id)?.transactions[0]?.state
const reported = async () => {
  await sandbox.payabl.idle()
  return shop.received.map(({ fields }) => `${fields.type} ${fields.errorcode} ${fields.payment_state ?? ''}`.trim())
}

test('leads the customer to url_success, with the acceptance and the credit reported', async () => {
  const { id, url } = await place()
  expect(await walkCheckout(url)).toBe('https://shop.example/ok')
  expect(await reported()).toEqual(['capture 0 not_credited_yet', 'capture 0 credited'])
  expect(stateOf(id)).toBe('credited')
})

test('the page has the name of the shop, as that of Trustly, and not the id of its account', async () => {
  const page = await (await fetch((await place()).url)).text()
  expect(page).toContain('<dt>SHOP.EXAMPLE</dt>')
  expect(page).not.toContain(sandbox.payabl.merchant.merchantId)
})

test.each(['bank', 'login', 'account', 'confirm'] as const)('can be left at the step %s', async (step) => {
  const { id, url } = await place()
  expect(await walkCheckout(url, { cancel: step })).toBe('https://shop.example/ko')
  expect(await reported()).toEqual(['capture -5003 not_credited'])
  expect(stateOf(id)).toBe('aborted')
})

test.each([
  ['accepted-credited', ['capture 0 not_credited_yet', 'capture 0 credited'], 'credited', 'ok'],
  ['credited', ['capture 0 credited'], 'credited', 'ok'],
  ['accepted-credited-later', ['capture 0 not_credited_yet'], 'not_credited_yet', 'ok'],
  ['accepted', ['capture 0 not_credited_yet'], 'not_credited_yet', 'ok'],
  ['accepted-not-credited', ['capture 0 not_credited_yet', 'capture 0 not_credited'], 'not_credited', 'ok'],
  ['not-credited', ['capture 0 not_credited'], 'not_credited', 'ko'],
  ['failed', ['capture -5002 not_credited'], 'aborted', 'ko'],
  ['credited-chargeback', ['capture 0 credited', 'chb 0'], 'credited', 'ok'],
])('the order option %s tells %j', async (outcome, notifications, state, page) => {
  const { id, url } = await place()
  expect(await walkCheckout(url, { outcome })).toBe(`https://shop.example/${page}`)
  expect(await reported()).toEqual(notifications)
  expect(stateOf(id)).toBe(state)
})

test('every order option has its row above', () => {
  expect(outcomes).toHaveLength(8)
})

test('credits a day later by the clock, unless the payment has ended by then', async () => {
  const [late, ended] = [await place(), await place()]
  for (const { url } of [late, ended]) await walkCheckout(url, { outcome: 'accepted-credited-later' })
  sandbox.payabl.fail(ended.id)
  await sandbox.clock.move(86_400_000 - 60_000)
  expect(stateOf(late.id)).toBe('not_credited_yet')
  await sandbox.clock.move(60_000)
  expect(stateOf(late.id)).toBe('credited')
  expect(stateOf(ended.id)).toBe('not_credited')
})

// protocol/payabl.md 3.1: the "customer is sent here when finished or cancelled".
test('leads to url_return unless another landing is assumed', async () => {
  const other = await startSandbox({ trustly: { keys } })
  const [paid, left] = [await placeDeposit(other), await placeDeposit(other)]
  expect(await walkCheckout(paid.url)).toBe('https://shop.example/return')
  expect(await walkCheckout(left.url, { cancel: true })).toBe('https://shop.example/return')
  await other.close()
})

test('every pay-in country has its banks', async () => {
  for (const [country, short] of payInCountries) {
    const { url } = await place({ country })
    const bank = banksByCountry.get(short)?.[0]?.replace('&', '&#38;')
    expect(await (await fetch(url)).text()).toContain(`value="${bank}"`)
  }
})

test('takes no order option that it does not know, and asks for no other amount', async () => {
  const { url } = await place()
  await expect(walkCheckout(url, { outcome: 'other-amount' })).rejects.toThrow(
    'The step confirm was not accepted (HTTP 422).',
  )
  const page = await (await fetch(url)).text()
  expect(page).toContain('Pay €10.00')
  expect(page).not.toContain('name="amount"')
})

test.each([
  ['accepted', 200, 'Payment on its way', 'ok'],
  ['credited', 200, 'Payment complete', 'ok'],
  ['not-credited', 410, 'Payment failed', 'ko'],
  ['failed', 410, 'Cancelled', 'ko'],
])('says what became of a payment that was %s, and takes no second one', async (outcome, status, title, shopPage) => {
  const { url } = await place()
  await walkCheckout(url, { outcome })
  const response = await fetch(url)
  expect(response.status).toBe(status)
  const page = await response.text()
  expect(page).toContain(`<h1>${title}</h1>`)
  expect(page).toContain(`<a class="button" href="https://shop.example/${shopPage}">`)
  await expect(walkCheckout(url)).rejects.toThrow('has no step to submit')
})

test('expires after half an hour alone, and tells the shop', async () => {
  const { id, url } = await place()
  time = new Date(time.getTime() + 30 * 60_000)
  expect((await fetch(url)).status).toBe(200)
  time = new Date(time.getTime() + 30 * 60_000 + 1)
  const response = await fetch(url)
  expect(response.status).toBe(410)
  expect(await response.text()).toContain('<h1>Expired</h1>')
  expect(await reported()).toEqual(['capture -1315 not_credited'])
  expect(stateOf(id)).toBe('aborted')
})

test('knows no other session', async () => {
  expect((await fetch(`${sandbox.url}/payabl/checkout/00000000-0000-0000-0000-000000000000`)).status).toBe(404)
})

test('lets forms lead only to itself and the shop', async () => {
  const { url } = await place({ url_return: 'http://127.0.0.1:3000/return' })
  const { headers } = await fetch(url)
  expect(headers.get('content-security-policy')).toMatch(
    /form-action 'self' https:\/\/shop\.example http:\/\/127\.0\.0\.1:3000$/,
  )
})

test('keeps the customer on the page where no address of the shop is needed and none was given', async () => {
  const other = await startSandbox({ payabl: { assumptions: { neededFields: 'marked' } }, trustly: { keys } })
  const nowhere = { url_success: undefined, url_failed: undefined, url_return: undefined }
  const { id, url } = await placeDeposit(other, nowhere)
  await expect(walkCheckout(url)).rejects.toThrow('The checkout page has no step to submit (HTTP 200).')
  expect(paymentOf(other, id)?.transactions[0]?.state).toBe('credited')
  const { url: cancelled } = await placeDeposit(other, { ...nowhere, url_return: 'https://shop.example/return' })
  expect(await walkCheckout(cancelled, { cancel: true })).toBe('https://shop.example/return')
  await other.close()
})
