import { keys } from '../__fixtures__/keys.ts'
import { placeDeposit as placePayablDeposit, startShop as startPayablShop } from '../__fixtures__/payabl/shop.ts'
import {
  acknowledge,
  ask as askTrustly,
  call,
  depositData,
  isSigned,
  placeDeposit,
  startShop,
} from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [60_000, 3_600_000] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const ask = async (method: string, path: string, body?: unknown, token = sandbox.control.token) => {
  const response = await fetch(`${sandbox.control.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, content: await response.json() }
}

const placed = () => placeDeposit(sandbox, { NotificationURL: shop.url })

/** Resolves when the first attempts of all callbacks so far were judged. */
const delivered = async (count: number) => {
  let callbacks: Array<{ attempts: unknown[]; state: string; id: string }> = []
  while (callbacks.filter(({ attempts }) => attempts.length > 0).length < count) {
    callbacks = (await ask('GET', '/callbacks')).content.callbacks
  }
  return callbacks
}

test.each([
  ['no token', {}],
  ['a wrong token', { Authorization: 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['the token in another scheme', { Authorization: 'Basic token' }],
])('refuses %s', async (_, headers: Record<string, string>) => {
  for (const path of ['', '/payments', '/nowhere']) {
    const response = await fetch(`${sandbox.control.url}${path}`, { headers })
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(await response.text()).not.toMatch(/payments/)
  }
})

test('takes no token from the address, where logs would keep it', async () => {
  const response = await fetch(`${sandbox.control.url}/payments?token=${sandbox.control.token}`)
  expect(response.status).toBe(401)
})

test('says what there is', async () => {
  const { status, content } = await ask('GET', '')
  expect(status).toBe(200)
  expect(content).toContainEqual({ method: 'POST', path: '/control/clock', does: expect.any(String) })
})

test('lists payments, calls, callbacks and balances of both vendors', async () => {
  const { orderId } = await placed()
  const { id } = await placePayablDeposit(sandbox, { orderid: 'order-9' })
  const byVendor = (list: Array<{ vendor: string }>) =>
    list.toSorted((one, other) => (one.vendor > other.vendor ? -1 : 1))
  expect(byVendor((await ask('GET', '/payments')).content.payments)).toMatchObject([
    { vendor: 'trustly', id: orderId, state: 'created', amount: '103.00 SEK' },
    { vendor: 'payabl', names: expect.arrayContaining([id]), reference: 'order-9', state: 'pending' },
  ])
  expect((await ask('GET', '/payments?reference=order-9')).content.payments).toHaveLength(1)
  expect((await ask('GET', `/payments/payabl/${id}`)).content).toMatchObject({ reference: 'order-9' })
  expect((await ask('GET', '/payments?q=order-9&vendor=payabl')).content).toMatchObject({ total: 1, page: 1, pages: 1 })
  expect(byVendor((await ask('GET', '/calls')).content.calls)).toMatchObject([
    { vendor: 'trustly', what: 'Deposit', outcome: 'answered' },
    { vendor: 'payabl', what: 'payment_preauthorize', outcome: 'status 2000' },
  ])
  expect((await ask('GET', '/callbacks')).content.callbacks).toEqual([])
  expect((await ask('GET', '/balances')).content.balances).toContainEqual({
    vendor: 'payabl',
    merchant: sandbox.payabl.merchant.merchantId,
    money: {},
  })
})

test('does every action that a payment offers at the back office', async () => {
  const { orderId } = await placed()
  const path = `/payments/trustly/${orderId}`
  const { content } = await ask('GET', path)
  expect(content.actions).toContainEqual(expect.objectContaining({ id: 'credit' }))
  expect((await ask('POST', path, { action: 'credit', amount: '50.00' })).content).toMatchObject({ state: 'credited' })
  expect((await ask('POST', path, { action: 'debit' })).content).toMatchObject({ state: 'reversed' })
  expect(await ask('POST', path, { action: 'credit' })).toEqual({
    status: 409,
    content: { error: expect.stringMatching(/is reversed, not created or pending/) },
  })
})

test('walks a mandate and its direct debits, credits and refunds by the offered actions', async () => {
  sandbox.trustly.fund('100.00', 'GBP')
  const act = async (id: string, ...actions: readonly string[]) => {
    const path = `/payments/trustly/${id}`
    const states: string[] = []
    for (const action of actions) {
      const offered = (await ask('GET', path)).content.actions.map((one: { readonly id: string }) => one.id)
      expect(offered).toContain(action)
      states.push((await ask('POST', path, { action })).content.state)
    }
    return states
  }
  const mandate = (await askTrustly(sandbox, 'DirectDebitMandate')).result.data.orderid
  expect(await act(mandate, 'pending', 'credit', 'move')).toEqual(['pending', 'active', 'active'])
  const AccountID = sandbox.trustly.books().orders.at(-1)?.accountId ?? null
  const place = async (method: string, data = {}) =>
    String((await askTrustly(sandbox, method, { AccountID, ...data })).result.data.orderid)
  const debit = await place('DirectDebit')
  expect(await act(debit, 'pending', 'credit')).toEqual(['pending', 'credited'])
  await askTrustly(sandbox, 'RefundDirectDebit', { OrderID: debit, Amount: '8.02' }, null)
  expect(await act(debit, 'confirm-payout', 'return-refund-8.02', 'debit')).toEqual([
    'credited',
    'credited',
    'reversed',
  ])
  expect(await act(await place('DirectDebit'), 'cancel')).toEqual(['cancelled'])
  expect(await act(await place('DirectCredit'), 'confirm-payout', 'fail-payout')).toEqual(['confirmed', 'returned'])
  const found = (await ask('GET', '/payments?q=123ABC0123&kind=direct+debit')).content.payments
  expect(found).toMatchObject([{ state: 'cancelled' }, { state: 'reversed' }])
  expect(await act(mandate, 'cancel')).toEqual(['cancelled'])
})

test('charges a pay-in back, in part', async () => {
  const { id } = await placePayablDeposit(sandbox)
  await ask('POST', `/payments/payabl/${id}`, { action: 'credit' })
  const charged = await ask('POST', `/payments/payabl/${id}`, { action: 'charge-back', amount: '4.00' })
  expect(charged.content.facts).toContainEqual(['Chargeback', expect.stringMatching(/4\.00 EUR/)])
})

test('moves the clock, and redelivery follows', async () => {
  shop.answers.push((_, response) => response.writeHead(503).end())
  shop.answers.push((_, response) => response.writeHead(503).end())
  const { orderId } = await placed()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await delivered(1)
  expect(shop.received).toHaveLength(1)
  const before = Date.parse((await ask('GET', '/clock')).content.now)
  const after = Date.parse((await ask('POST', '/clock', { minutes: 2 })).content.now)
  expect(after - before).toBeGreaterThanOrEqual(120_000)
  expect(shop.received).toHaveLength(2)
  await ask('POST', '/clock', { days: 1 })
  expect(shop.received).toHaveLength(3)
  const [callback] = await delivered(1)
  expect(callback).toMatchObject({ state: 'accepted', attempts: [{}, {}, { outcome: 'accepted' }] })
})

test.each([{}, { minutes: 0 }, { minutes: -5 }, { days: 1e9 }, { minutes: '5' }])(
  'leaves the clock at %j',
  async (body) => {
    expect((await ask('POST', '/clock', body)).status).toBe(400)
  },
)

test('answers an action when the merchant was notified, and a move of the clock when all were', async () => {
  const [paid, left] = [await placed(), await placed()]
  await ask('POST', `/payments/trustly/${paid.orderId}`, { action: 'credit' })
  expect(shop.received.map(({ message }) => message.method)).toEqual(['credit'])
  await ask('POST', '/clock', { minutes: 31 })
  expect(shop.received.map(({ message }) => message.method)).toEqual(['credit', 'cancel'])
  expect(shop.received[1]?.message.params.data.orderid).toBe(left.orderId)
})

test('tells what the books do not know, well signed', async () => {
  const { orderId } = await placed()
  const notifications = { method: 'credit', fields: { amount: '9999.00', note: null }, without: ['messageid'] }
  const reported = await ask('POST', `/payments/trustly/${orderId}/callbacks`, notifications)
  expect(reported.content).toMatchObject({ what: 'credit', state: 'accepted' })
  const { method, params } = shop.received[0]?.message ?? {}
  expect(params?.data).toMatchObject({ amount: '9999.00', note: null })
  expect(params?.data).not.toHaveProperty('messageid')
  const message = { method: String(method), uuid: String(params?.uuid), data: params?.data ?? null }
  expect(isSigned(message, String(params?.signature), sandbox.trustly.publicKey)).toBe(true)
  expect((await ask('GET', `/payments/trustly/${orderId}`)).content.state).toBe('created')
})

test('tells payabl’s notifications in text only', async () => {
  const { id } = await placePayablDeposit(sandbox)
  const path = `/payments/payabl/${id}/callbacks`
  expect((await ask('POST', path, { fields: { payment_state: 'credited' } })).content.body).toMatch(
    /payment_state=credited/,
  )
  expect(await ask('POST', path, { fields: { amount: 1 } })).toEqual({
    status: 409,
    content: { error: 'amount is not text.' },
  })
  expect((await ask('POST', path, { without: 'amount' })).status).toBe(400)
})

test('sends a callback once more', async () => {
  const { orderId } = await placed()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  const [callback] = await delivered(1)
  const again = await ask('POST', `/callbacks/trustly/${callback?.id}/redeliver`)
  expect(again.content.attempts).toHaveLength(2)
  expect(shop.received[1]?.text).toBe(shop.received[0]?.text)
  expect((await ask('POST', '/callbacks/trustly/0/redeliver')).status).toBe(404)
})

test('holds callbacks and lets them go in order', async () => {
  const { orderId } = await placed()
  await ask('POST', '/hold', { vendor: 'trustly' })
  sandbox.trustly.complete(orderId)
  await sandbox.trustly.idle()
  expect(shop.received).toEqual([])
  expect((await ask('GET', '/callbacks')).content.callbacks).toMatchObject([{ state: 'held' }, { state: 'held' }])
  await ask('POST', '/release', {})
  await sandbox.trustly.idle()
  expect(shop.received.map(({ message }) => message.method)).toEqual(['pending', 'credit'])
})

test('holds one payment’s callbacks and no other’s', async () => {
  const [held, free] = [await placed(), await placed()]
  await ask('POST', '/hold', { vendor: 'trustly', payment: held.orderId })
  for (const { orderId } of [held, free]) sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  expect(shop.received.map(({ message }) => message.params.data.orderid)).toEqual([free.orderId])
  await ask('POST', '/release', { vendor: 'trustly', payment: held.orderId })
  await sandbox.trustly.idle()
  expect(shop.received).toHaveLength(2)
})

test('an acknowledgement of a held callback that was sent by hand counts', async () => {
  const { orderId } = await placed()
  await ask('POST', '/hold', {})
  const [id = ''] = sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle()
  shop.answers.push(({ message }, response) => response.end(acknowledge(message, sandbox.trustly.merchant.privateKey)))
  expect(await sandbox.trustly.redeliver(id)).toBe('accepted')
  await ask('POST', '/release', {})
  await sandbox.trustly.idle()
  expect(shop.received).toHaveLength(1)
})

test('sets a balance', async () => {
  const { merchantId } = sandbox.payabl.merchant
  const body = { vendor: 'payabl', merchant: merchantId, currency: 'EUR', amount: '12.50' }
  expect((await ask('POST', '/balances', body)).content.balances).toContainEqual({
    vendor: 'payabl',
    merchant: merchantId,
    money: { EUR: '12.50' },
  })
  expect((await ask('POST', '/balances', { ...body, amount: 'much' })).status).toBe(409)
})

test('sets a balance at Trustly, up and down', async () => {
  const body = { vendor: 'trustly', merchant: sandbox.trustly.merchant.username, currency: 'SEK' }
  for (const amount of ['100.00', '40.50', '0'])
    expect((await ask('POST', '/balances', { ...body, amount })).content.balances[0].money).toEqual({
      SEK: amount === '0' ? '0.00' : amount,
    })
  expect((await ask('POST', '/balances', { ...body, merchant: 'nobody', amount: '1.00' })).status).toBe(409)
  expect((await ask('POST', '/balances', { ...body, currency: 'kr', amount: '1.00' })).status).toBe(400)
})

test('Trustly’s merchants have switches of their own', async () => {
  const { username } = sandbox.trustly.merchant
  expect((await ask('GET', `/switches/trustly?merchant=${username}`)).content).toMatchObject({ disabled: false })
  expect((await ask('POST', '/switches/trustly', { disabled: true })).content).toMatchObject({ disabled: true })
  const refused = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant))
  expect(refused.error).toMatchObject({ code: 718 })
  expect((await ask('POST', '/switches/trustly', { disabled: 'yes' })).content.error).toMatch(/another kind/)
  expect((await ask('POST', '/switches/trustly', { deniedMethods: [1] })).content.error).toMatch(/another kind/)
  expect((await ask('POST', '/switches/trustly', { fee: 'much' })).content.error).toBe('fee is an amount, or empty.')
  expect((await ask('GET', '/switches/trustly?merchant=nobody')).status).toBe(409)
})

test('changes a switch from now on, and refuses what is none', async () => {
  const usual = await ask('GET', '/switches/payabl')
  expect(usual.content).toMatchObject({ badSignatureStatus: -999 })
  expect((await ask('POST', '/switches/payabl', { badSignatureStatus: -6000 })).content).toMatchObject({
    badSignatureStatus: -6000,
  })
  const refused = await fetch(`${sandbox.payabl.url}/payment_refund`, {
    method: 'POST',
    body: `merchantid=${sandbox.payabl.merchant.merchantId}&signature=wrong`,
  })
  expect(await refused.text()).toMatch(/status=-6000/)
  expect((await ask('POST', '/switches/payabl', { badSignatureState: 0 })).content.error).toMatch(/no switch/)
  expect((await ask('POST', '/switches/payabl', { badSignatureStatus: 'no' })).content.error).toMatch(/another kind/)
})

test.each([
  ['GET', '/nowhere', undefined, 404],
  ['GET', '/payments/trustly/1', undefined, 404],
  ['GET', '/payments/stripe/1', undefined, 404],
  ['DELETE', '/payments', undefined, 405],
  ['POST', '/clock', '{"minutes":', 400],
  ['POST', '/clock', '[1]', 400],
  ['POST', '/hold', { vendor: 1 }, 400],
])('answers %s %s %j with %i and a sentence', async (method, path, body, status) => {
  const answer = await ask(method, path, body)
  expect(answer).toEqual({ status, content: { error: expect.stringMatching(/\.$/) } })
})

test('payabl’s callbacks can be held too', async () => {
  const payablShop = await startPayablShop()
  const { id } = await placePayablDeposit(sandbox, { notification_url: payablShop.url })
  await ask('POST', '/hold', { vendor: 'payabl' })
  sandbox.payabl.credit(id)
  await sandbox.payabl.idle()
  expect(payablShop.received).toEqual([])
  await ask('POST', '/release', { vendor: 'payabl' })
  await sandbox.payabl.idle()
  expect(payablShop.received).toHaveLength(1)
  await payablShop.close()
})

test('says who the strangers are, with all that they sign with', async () => {
  const { username, password, privateKey, publicKey } = sandbox.trustly.stranger
  const { merchantId, secret } = sandbox.payabl.stranger
  expect((await ask('GET', '/strangers')).content).toEqual({
    trustly: { username, password, privateKey, publicKey },
    payabl: { merchantId, secret },
  })
})

test('lets a stranger order the same, and what becomes of it is done as for any payment', async () => {
  const { orderId } = await placed()
  const { status, content } = await ask('POST', `/payments/trustly/${orderId}/imitations`, {})
  const { username } = sandbox.trustly.stranger
  const ours = (await ask('GET', `/payments/trustly/${orderId}`)).content
  expect([status, content]).toMatchObject([200, { merchant: username, reference: ours.reference, state: 'created' }])
  const credited = await ask('POST', `/payments/trustly/${content.id}`, { action: 'credit' })
  expect(credited.content).toMatchObject({ state: 'credited' })
  expect(shop.received.map(({ message }) => message.params.data.orderid)).toContain(content.id)
  expect((await ask('GET', `/payments/trustly/${orderId}`)).content.state).toBe('created')
  expect((await ask('POST', `/payments/trustly/${orderId}/imitations`, {})).status).toBe(409)
  expect((await ask('POST', `/payments/trustly/1/imitations`, {})).status).toBe(404)
})

test('lets another merchant at payabl, or another shop of the same one, order the same', async () => {
  const { id } = await placePayablDeposit(sandbox, { orderid: 'order-9' })
  const imitate = (body: object) => ask('POST', `/payments/payabl/${id}/imitations`, body)
  const { merchant, stranger } = sandbox.payabl
  expect((await imitate({})).content).toMatchObject({ merchant: stranger.merchantId, reference: 'order-9' })
  const otherShops = await imitate({ by: 'other shop' })
  expect(otherShops.content).toMatchObject({ merchant: merchant.merchantId, reference: 'order-9' })
  for (const by of ['nobody', 'toString']) expect((await imitate({ by })).status).toBe(400)
  const atTrustly = await ask('POST', `/payments/trustly/${(await placed()).orderId}/imitations`, { by: 'other shop' })
  expect(atTrustly.status).toBe(400)
})
