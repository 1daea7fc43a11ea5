// Draws the pictures of docs/sandbox.md: `npm run build && node .ci/pictures.mjs`. Needs Chromium. Look at them before you commit them.
import { createHash, createSign } from 'node:crypto'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const packages = new URL('../packages/', import.meta.url)
const { startSandbox, walkCheckout } = await import(new URL('sandbox/dist/index.js', packages))
const { createPayments, memoryStore, money } = await import(new URL('railswitch/dist/index.js', packages))
const { chromium } = createRequire(new URL('sandbox/package.json', packages))('playwright-core')
const picture = (name) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url))

const [second, day] = [1000, 86_400_000]
const start = new Date('2026-11-21T08:52:38Z')
const sandbox = await startSandbox({ port: 4270, now: () => start })
const { trustly, payabl } = sandbox
const pass = async (ms = second) => {
  await sandbox.clock.move(ms)
  await trustly.attempted()
  await payabl.attempted()
}

/** What the shop does with a callback: the library handles it, the shop is down, or its acknowledgement is signed wrongly. */
let answer = 'handle'
const shop = createServer(async (request, response) => {
  if (answer === 'down') return response.writeHead(503).end()
  if (answer === 'wrong') {
    const body = Buffer.concat(await request.toArray())
    const { method, params } = JSON.parse(body)
    if (method === 'credit') return response.writeHead(200).end(wronglySigned(method, params.uuid))
    return payments.callbacks.node(Object.assign(request, { body }), response)
  }
  return payments.callbacks.node(request, response)
})
await new Promise((resolve) => shop.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${shop.address().port}`

let rail = 'trustly'
const payments = createPayments({
  active: () => rail,
  providers: {
    trustly: {
      use: 'trustly-direct',
      environment: 'local',
      url: trustly.url,
      publicKey: trustly.publicKey,
      username: trustly.merchant.username,
      password: trustly.merchant.password,
      privateKey: trustly.merchant.privateKey,
    },
    payabl: {
      use: 'payabl-trustly',
      environment: 'local',
      url: payabl.url,
      merchantId: payabl.merchant.merchantId,
      secret: payabl.merchant.secret,
    },
  },
  store: memoryStore(),
  callbacks: { url: `${url}/callbacks`, secrets: ['a-secret-of-the-pictures-that-nobody-else-uses'] },
  statement: 'SHOP.EXAMPLE',
  logger: { info: () => {}, warn: () => {}, error: () => {} },
})
payments.on({
  'deposit.not_credited_yet': () => {},
  'deposit.credited': () => {},
  'deposit.not_credited': () => {},
  'deposit.reversed': () => ({ recovered: true }),
})

const customer = {
  id: 'c-77',
  firstName: 'Åsa',
  lastName: 'Öberg',
  email: 'asa@customer.example',
  country: 'SE',
  locale: 'en-GB',
}
const deposit = (reference, value, currency = 'SEK') =>
  payments.deposit({ reference, amount: money(value, currency), customer, returnUrl: `${url}/orders/${reference}` })

const cancelled = await deposit('order-1000', '249.90')
await pass()
await walkCheckout(cancelled.redirectUrl, { cancel: true })
await pass(3 * second)
const paid = await deposit('order-1001', '249.90')
await walkCheckout(paid.redirectUrl)
await pass()
await payments.refund({ payment: paid.payment, reference: 'refund-1001', amount: money('50.00', 'SEK') })
rail = 'payabl'
const waiting = await deposit('order-1002', '19.90', 'EUR')
await walkCheckout(waiting.redirectUrl, { outcome: 'accepted' })
await pass()
const { id, firstName, lastName, email } = customer
payabl.setBalance('EUR', '500.00')
const account = { country: 'DE', accountNumber: 'DE89370400440532013000' }
await payments.payout({
  reference: 'payout-77',
  amount: money('75.00', 'EUR'),
  to: { account },
  customer: { id, firstName, lastName, email, dateOfBirth: '1979-01-31' },
})
await pass(day)
rail = 'trustly'
await wronglySorted()
await wronglyHashed()
await pass()
answer = 'down'
const rejected = await deposit('order-1005', '1200.00')
await walkCheckout(rejected.redirectUrl)
await pass()
answer = 'wrong'
await pass(10 * second)
answer = 'handle'
const open = await deposit('order-1006', '249.90')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const wide = await browser.newPage({ viewport: { width: 1160, height: 800 } })
const draw = async (name) => {
  await wide.getByRole('status').getByText('Live').waitFor()
  await wide.screenshot({ path: picture(name), fullPage: true })
}
await wide.goto(`${sandbox.url}/back-office`)
await draw('back-office')
await wide.getByRole('link', { name: 'order-1005' }).first().click()
await wide.getByRole('heading', { name: 'Payment order-1005' }).waitFor()
await draw('payment')
await wide.goto(`${sandbox.url}/back-office/calls?failed=1`)
await wide.getByRole('link', { name: 'Deposit' }).first().click()
await wide.getByRole('heading', { name: 'Deposit at Trustly' }).waitFor()
await draw('call')
await drawCheckout(open.redirectUrl)

await browser.close()
await payments.close()
shop.close()
shop.closeAllConnections()
await sandbox.close()

/** Each step of the checkout on a phone, side by side. */
async function drawCheckout(checkoutUrl) {
  const phone = await browser.newPage({ viewport: { width: 360, height: 620 }, isMobile: true })
  const steps = []
  const draw = async () => steps.push((await phone.screenshot()).toString('base64'))
  await phone.goto(checkoutUrl)
  await draw()
  await phone.getByRole('button', { name: 'Skärgårdsbanken' }).click()
  await phone.getByLabel('User ID').fill('Åsa')
  await draw()
  await phone.getByRole('button', { name: 'Log in' }).click()
  await phone.getByRole('button', { name: 'Everyday account' }).waitFor()
  await draw()
  await phone.getByRole('button', { name: 'Everyday account' }).click()
  await phone.getByLabel('One-time code').fill((await phone.locator('output').textContent()) ?? '')
  await draw()
  await phone.getByText('Order options').click()
  await phone.evaluate(() => window.scrollTo(0, 260))
  await draw()
  const images = steps.map((step) => `<img src="data:image/png;base64,${step}">`).join('')
  const all = await browser.newPage({ viewport: { width: 1365, height: 446 } })
  await all.setContent(`<style>
    body { margin: 0; display: flex; gap: 17.5px; background: #fff } img { width: 259px; border-radius: 10px }
  </style>${images}`)
  await all.screenshot({ path: picture('checkout') })
}

/** A call whose names are sorted by a locale: the most common mistake of Trustly's clients. */
async function wronglySorted() {
  const { username: Username, password: Password, privateKey } = trustly.merchant
  const Attributes = {
    Country: 'SE',
    Locale: 'sv_SE',
    Currency: 'SEK',
    Amount: '1200.00',
    Firstname: 'Åsa',
    Lastname: 'Öberg',
    Email: customer.email,
    NationalIdentificationNumber: '790131-1234',
    UnchangeableNationalIdentificationNumber: '1',
    URLTarget: '_top',
    ShopperStatement: 'SHOP',
    SuccessURL: url,
    FailURL: url,
  }
  const Data = { Username, Password, NotificationURL: url, EndUserID: 'c-77', MessageID: 'order-1003', Attributes }
  const uuid = '258a2184-2842-b485-25ca-293525152425'
  const Signature = createSign('sha1')
    .update(`Deposit${uuid}${inLocaleOrder(Data)}`)
    .sign(privateKey, 'base64')
  const body = { method: 'Deposit', version: '1.1', params: { UUID: uuid, Signature, Data } }
  await fetch(trustly.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function inLocaleOrder(value) {
  if (typeof value === 'string') return value
  const names = Object.keys(value).sort((a, b) => a.localeCompare(b, 'en'))
  return names.map((name) => name + inLocaleOrder(value[name])).join('')
}

/** A refund that is signed with the hash of notifications. */
async function wronglyHashed() {
  const { merchantId: merchantid, secret } = payabl.merchant
  const fields = { amount: '5.00', currency: 'EUR', merchantid, transactionid: '104900002' }
  const signature = createHash('sha256')
    .update(Object.values(fields).join('') + secret)
    .digest('hex')
  await fetch(`${payabl.url}/payment_refund`, { method: 'POST', body: new URLSearchParams({ ...fields, signature }) })
}

/** An acknowledgement that is signed with SHA-256 and does not say so. */
function wronglySigned(method, uuid) {
  const signature = createSign('sha256').update(`${method}${uuid}statusOK`).sign(trustly.merchant.privateKey, 'base64')
  return JSON.stringify({ result: { signature, uuid, method, data: { status: 'OK' } }, version: '1.1' })
}
