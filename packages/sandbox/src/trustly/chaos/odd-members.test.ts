import { keys } from '../../__fixtures__/keys.ts'
import { ask, type Data, isSigned, placeDeposit, startShop } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'
import { withNullMembers } from './odd-members.ts'

// "Optional members of a notification may be null or empty" (protocol/trustly.md, section 15). The money and the ids
// stay as they are, and the signature holds.

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeAll(async () => {
  sandbox = await startSandbox({
    trustly: { keys, redeliverAfterMs: [], switches: { account: true, payoutfailed: true } },
  })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterAll(async () => {
  await sandbox.close()
  await shop.close()
})

const strike = (seed: number) => {
  shop.received.length = 0
  sandbox.chaos.set({ seed, rules: [{ do: 'odd-members', on: 'callback' }] })
}

const reported = () =>
  shop.received.map(({ message }) => ({ method: message.method, ...message.params, data: message.params.data as Data }))

/** What is reported of the same events under twenty seeds: enough for every oddity to be drawn. */
const seen = async (events: () => Promise<unknown>) => {
  const all: ReturnType<typeof reported> = []
  for (let seed = 0; seed < 20; seed += 1) {
    strike(seed)
    await events()
    await sandbox.trustly.idle()
    all.push(...reported())
  }
  for (const { method, uuid, data, signature } of all)
    expect(isSigned({ method, uuid, data }, signature, sandbox.trustly.publicKey)).toBe(true)
  return all
}

const valuesOf = (notifications: ReturnType<typeof reported>, name: string) =>
  new Set(notifications.map(({ data }) => (name in data ? JSON.stringify(data[name]) : 'absent')))

test('of money: what is optional is null, empty, absent or strange, and the money stays', async () => {
  const credits = await seen(async () => {
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
    sandbox.trustly.complete(orderId)
  })
  const moneys = credits.filter(({ method }) => method !== 'account')
  for (const { data } of moneys)
    expect(data).toMatchObject({
      amount: '103.00',
      currency: 'SEK',
      orderid: expect.stringMatching(/^\d{10}$/),
      messageid: expect.any(String),
      notificationid: expect.stringMatching(/^\d{10}$/),
      enduserid: '12345',
    })
  for (const name of ['accountid', 'abort', 'kycentityid'])
    expect(valuesOf(moneys, name)).toEqual(new Set(['null', '""', 'absent']))
  expect(valuesOf(moneys, 'attributes')).toEqual(new Set(['null', '""', '[]', '{}', 'absent']))
  const moments = [...valuesOf(moneys, 'timestamp')]
  for (const form of [/^null$/, /^""$/, /^absent$/, /^"\d{4}-\d\d-\d\dT.*Z"$/, /^\d{10}$/, /^"\d{10}"$/, /\+0[12]"$/])
    expect(moments).toContainEqual(expect.stringMatching(form))
})

test('of an account: it stays, with all that is known of it', async () => {
  const all = await seen(async () => {
    const { result } = await ask(sandbox, 'SelectAccount', { NotificationURL: shop.url })
    sandbox.trustly.complete(result.data.orderid)
  })
  for (const { data } of all)
    expect(data).toMatchObject({
      accountid: expect.stringMatching(/^\d{10}$/),
      attributes: { lastdigits: expect.any(String) },
    })
  expect(valuesOf(all, 'abort')).toEqual(new Set(['null', '""', 'absent']))
})

test('of a cancellation: an amount that is null or empty, where there is none', async () => {
  const all = await seen(async () => {
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
    sandbox.trustly.cancel(orderId)
  })
  for (const name of ['amount', 'currency']) expect(valuesOf(all, name)).toEqual(new Set(['null', '""', 'absent']))
})

test('of a person: what is not known is null, empty or absent', async () => {
  const all = await seen(async () => {
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url }, { RequestKYC: '1' })
    sandbox.trustly.identify(orderId)
  })
  expect(valuesOf(all, 'kycentityid')).toEqual(
    new Set(['null', '""', 'absent', expect.stringMatching(/^"[0-9a-f-]{36}"$/)]),
  )
  const names = new Set(all.map(({ data }) => JSON.stringify((data.attributes as Data).lastname)))
  expect(names).toEqual(new Set(['null', '""', undefined, '"Öberg"']))
})

test('of an abort: the reason stays', async () => {
  const all = await seen(async () => {
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url }, { RequestKYC: '1' })
    sandbox.trustly.identify(orderId, 'underage')
  })
  for (const { data } of all) expect(data.attributes).toMatchObject({ abort: '1', abortmessage: 'underage' })
})

test('of a payout that failed: the money and the code stay', async () => {
  sandbox.trustly.fund('9000.00', 'SEK')
  const all = await seen(async () => {
    const { result } = await ask(sandbox, 'RegisterAccountPayout', { NotificationURL: shop.url })
    sandbox.trustly.failPayout(result.data.orderid)
  })
  for (const { method, data } of all)
    expect(data).toMatchObject({
      amount: '100.00',
      ...(method === 'payoutfailed' && { errorcode: 'incorrect_account_number' }),
    })
})

test('the same seed, the same oddities', async () => {
  const odd = async (seed: number) => {
    strike(seed)
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
    sandbox.trustly.complete(orderId)
    await sandbox.trustly.idle()
    return reported().map(({ data }) => {
      const { attributes, accountid, abort, kycentityid, timestamp } = data
      return JSON.stringify({ attributes, accountid, abort, kycentityid, timestamp: typeof timestamp })
    })
  }
  const first = await odd(7)
  expect(await odd(7)).toEqual(first)
  expect(await odd(8)).not.toEqual(first)
})

test('what it sends must be acknowledged', async () => {
  strike(7)
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  sandbox.trustly.complete(orderId)
  await sandbox.trustly.idle()
  const order = sandbox.trustly.books().orders.find((one) => one.orderId === orderId)
  for (const { attempts } of order?.notifications ?? []) expect(attempts).toMatchObject([{ outcome: 'accepted' }])
})

// protocol/trustly.md section 15: optional members "may be null or empty".
test.each([
  [
    'credit',
    {
      orderid: '1',
      messageid: 'm',
      notificationid: '2',
      amount: '1.00',
      currency: 'SEK',
      enduserid: 'e',
      timestamp: 't',
      attributes: {},
    },
    { enduserid: null, timestamp: null, attributes: null, accountid: null, abort: null, kycentityid: null },
  ],
  [
    'cancel',
    { orderid: '1', timestamp: 't' },
    { timestamp: null, amount: null, currency: null, accountid: null, abort: null, kycentityid: null },
  ],
  ['account', { accountid: '3', attributes: { bank: 'b' } }, { abort: null, kycentityid: null }],
  [
    'payoutfailed',
    { amount: '1.00', errorcode: 'c', errormessage: 'm' },
    { errorcode: null, errormessage: null, accountid: null, abort: null, kycentityid: null },
  ],
  [
    'kyc',
    { attributes: { firstname: 'Åsa', lastname: 'Öberg' } },
    { attributes: { firstname: null, lastname: null }, accountid: null, abort: null, kycentityid: null },
  ],
])('nulls of %s: every optional member, and nothing else', (method, data, changed) => {
  expect(withNullMembers(method, data)).toEqual({ ...data, ...changed })
})
