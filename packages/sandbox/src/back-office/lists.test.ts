import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keys } from '../__fixtures__/keys.ts'
import { post as postPayabl, signedBody } from '../__fixtures__/payabl/shop.ts'
import { call, callBody, depositData, placeDeposit, post, startShop } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>
const payablShop = createServer((_, response) => response.end('OK'))
const payablShopUrl = () => `http://127.0.0.1:${(payablShop.address() as AddressInfo).port}/callbacks`

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
  await new Promise<void>((resolve) => payablShop.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  await sandbox.close()
  await shop.close()
  await new Promise((resolve) => payablShop.close(resolve))
})

const read = async (path = '') => (await fetch(`${sandbox.url}/back-office${path}`)).text()
const place = (reference: string, attributes = {}) =>
  placeDeposit(sandbox, { NotificationURL: shop.url, MessageID: reference }, attributes)
const orderAtPayabl = (orderid: string, amount = '1.00') =>
  sandbox.payabl.otherShop.order({
    action: 'payment_preauthorize',
    orderid,
    notificationUrl: payablShopUrl(),
    amount,
    currency: 'EUR',
  })
/** The references in the list of payments, in order. */
const listed = async (query: string) =>
  [...(await read(query)).matchAll(/<a href="\/back-office\/payments\/\w+\/\d+">([^<]+)</g)].map(([, name]) => name)

test('payments can be found by reference, id, amount and name, and by several words', async () => {
  const { orderId } = await place('findme-1', { Amount: '77.01', Firstname: 'Zoë', Lastname: 'Žižek' })
  await place('findme-2', { Amount: '77.02' })
  const transactionId = orderAtPayabl('findme-3', '77.03')
  expect(await listed('?q=findme-1')).toEqual(['findme-1'])
  expect(await listed(`?q=${orderId}`)).toEqual(['findme-1'])
  expect(await listed(`?q=${transactionId}`)).toEqual(['findme-3'])
  expect(await listed(`?q=${encodeURIComponent('žižek')}`)).toEqual(['findme-1'])
  expect(await listed('?q=77.02')).toEqual(['findme-2'])
  expect(await listed('?q=findme+sek')).toEqual(['findme-2', 'findme-1'])
  expect(await listed('?q=findme+%3Cscript%3E')).toEqual([])
})

test('a payment whose customer chooses the amount is found by it', async () => {
  const { orderId } = await place('chosen', { Amount: null })
  expect(await listed('?q=any+in+sek')).toEqual(['chosen'])
  sandbox.trustly.complete(orderId, { amount: '64.31' })
  expect(await listed('?q=64.31')).toEqual(['chosen'])
})

test('payments can be limited to a rail, a kind, a state, and those with a failed callback', async () => {
  const [open, credited, failed] = [await place('limit-1'), await place('limit-2'), await place('limit-3')]
  const paidAtPayabl = orderAtPayabl('limit-4')
  sandbox.trustly.complete(credited.orderId, { notify: ['credit'] })
  sandbox.payabl.credit(paidAtPayabl)
  await sandbox.trustly.idle()
  await sandbox.payabl.idle()
  shop.answers.push((_, response) => response.writeHead(503).end())
  sandbox.trustly.cancel(failed.orderId)
  await sandbox.trustly.idle()
  expect(await listed('?q=limit&rail=payabl')).toEqual(['limit-4'])
  expect((await listed('?q=limit&state=credited')).sort()).toEqual(['limit-2', 'limit-4'])
  expect(await listed('?q=limit&rail=trustly&state=created')).toEqual(['limit-1'])
  expect(await listed('?q=limit&failed=1')).toEqual(['limit-3'])
  expect(await listed('?q=limit&kind=payout')).toEqual([])
  expect(open.orderId).not.toBe('')
})

test('a long list has pages, which keep the search', async () => {
  for (let index = 0; index < 120; index += 1) orderAtPayabl(`page-${String(index).padStart(3, '0')}`)
  const [first, second, third] = [
    await listed('?q=page-'),
    await listed('?q=page-&page=2'),
    await listed('?q=page-&page=3'),
  ]
  expect([first[0], first.length, second.length, third.length, third.at(-1)]).toEqual([
    'page-119',
    50,
    50,
    20,
    'page-000',
  ])
  const page = await read('?q=page-&page=2')
  expect(page).toContain('Page 2 of 3, 120 entries')
  expect(page).toContain('href="/back-office?q=page-&#38;page=3">Older<')
  expect(await listed('?q=page-&page=99')).toEqual([])
  expect(await listed('?q=page-&page=nonsense')).toHaveLength(50)
})

test('a page of a call has both messages, the signed text, and where the signed text was wrong', async () => {
  const data = depositData(sandbox.trustly.merchant, { MessageID: 'wrong-order' })
  const body = JSON.parse(callBody(sandbox, 'Deposit', data))
  body.params.Data.Attributes = { ZZZ: 'added after signing', ...body.params.Data.Attributes }
  await post(sandbox.trustly.url, JSON.stringify(body))
  const dropped = callBody(sandbox, 'Deposit', data, { uuid: '258a2184-2842-b485-25ca-293525152425' })
  await post(
    sandbox.trustly.url,
    dropped.replace('258a2184-2842-b485-25ca-293525152425', '258A2184-2842-B485-25CA-293525152425'),
  )
  const [newest = '', older = ''] = [
    ...(await read('/calls?q=wrong-order')).matchAll(/\/back-office(\/calls\/trustly\/\d+)/g),
  ].map(([, path]) => path)
  const other = await read(older)
  expect(other).toContain('signed with the right key, but over another text')
  expect(other).not.toContain('Was signed')
  const page = await read(newest)
  expect(page).toContain('uuid written in another way in the signed text')
  expect(page).toContain('<del>258A2184-2842-B485-25CA-293525152425<wbr></del>')
  expect(page).toContain('<ins>258a2184-2842-b485-25ca-293525152425<wbr></ins>')
  expect(page).toContain('&#34;MessageID&#34;: &#34;wrong-order&#34;')
  expect(page).toContain('ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE')
  expect(page).not.toContain(sandbox.trustly.merchant.password)
})

test('a page of a payabl call shows the secret’s place, and not the secret', async () => {
  const { merchantId: merchantid, secret } = sandbox.payabl.merchant
  const fields = { merchantid, orderid: 'sorted-wrongly', amount: '1.00' }
  const signed = signedBody(fields, secret)
  await postPayabl(
    sandbox,
    'payment_preauthorize',
    signed.replace(/signature=\w+/, (found) => found.toUpperCase().replace('SIGNATURE', 'signature')),
  )
  const [, path = ''] = /\/back-office(\/calls\/payabl\/\d+)/.exec(await read('/calls?q=sorted-wrongly')) ?? []
  const page = await read(path)
  expect(page).toContain('written in upper case')
  expect(page).toContain('1.00<wbr>')
  expect(page).toContain('••••••<wbr>')
  expect(page).not.toContain(secret)
})

test('a call is linked with its payment, and the payment with the call', async () => {
  const { orderId } = await place('linked')
  const [, path = ''] = /\/back-office(\/calls\/trustly\/\d+)/.exec(await read('/calls?q=linked')) ?? []
  expect(await read(path)).toContain(`<a href="/back-office/payments/trustly/${orderId}">linked</a>`)
  expect(await read(`/payments/trustly/${orderId}`)).toContain(`href="/back-office${path}"`)
  const repeated = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant, { MessageID: 'linked' }))
  expect(repeated.error?.code).toBe(637)
  const [, refused = ''] = /\/back-office(\/calls\/trustly\/\d+)/.exec(await read('/calls?q=linked')) ?? []
  expect(await read(refused)).toContain(`/payments/trustly/${orderId}">linked</a>`)
})

test('a page of a callback says what came back and how to send it by hand', async () => {
  const { orderId } = await place('by-hand')
  shop.answers.push((_, response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end("OK, it's fine"))
  const [id = ''] = sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  const page = await read(`/callbacks/trustly/${id}`)
  expect(page).toMatch(/not a signed JSON-RPC result: [^<]*; HTTP 200, text\/plain/)
  expect(page).toContain('OK, it&#39;s fine')
  expect(page).toMatch(/took \d+ ms/)
  expect(page).toContain(`curl -i &#39;${shop.url}&#39; \\`)
})

test('the root leads to the payments, an unknown path has a page, and all pages have an icon', async () => {
  const root = await fetch(sandbox.url, { redirect: 'manual' })
  expect([root.status, root.headers.get('location')]).toEqual([302, '/back-office'])
  const unknown = await fetch(`${sandbox.url}/nowhere`)
  expect(unknown.status).toBe(404)
  expect(await unknown.text()).toContain('<h1>No such page</h1>')
  const icon = await fetch(new URL(/rel="icon" href="([^"]+)"/.exec(await read())?.[1] ?? '', sandbox.url))
  expect(icon.headers.get('content-type')).toBe('image/svg+xml')
})

test('only the newest payments, callbacks and calls are kept, as many as an option says', async () => {
  const small = await startSandbox({ trustly: { keys, redeliverAfterMs: [] }, keepPayments: 3 })
  const ids: string[] = []
  for (let index = 0; index < 20; index += 1) {
    const { orderId } = await placeDeposit(small, { NotificationURL: shop.url, MessageID: `small-${index}` })
    ids.push(orderId)
    small.trustly.complete(orderId, { notify: ['credit'] })
  }
  await small.trustly.idle()
  expect(small.trustly.books().orders.map(({ messageId }) => messageId)).toEqual(['small-17', 'small-18', 'small-19'])
  expect(small.trustly.requests()).toHaveLength(12)
  expect(small.trustly.books().balance).toEqual({ SEK: '2060.00' })
  expect((await fetch(`${small.url}/back-office/payments/trustly/${ids[0]}`)).status).toBe(404)
  await small.close()
})
