import { keys } from '../__fixtures__/keys.ts'
import {
  call as callPayabl,
  captureOf,
  isSecured,
  placeDeposit as placePayablDeposit,
  startShop as startPayablShop,
} from '../__fixtures__/payabl/shop.ts'
import { ask, type Data, isSigned, placeDeposit, startShop } from '../__fixtures__/trustly/shop.ts'
import { type ChaosRule, type Sandbox, startSandbox } from '../index.ts'

// Another merchant has ordered and paid the same under our reference and to our address (protocol/trustly.md, section
// 15): at Trustly nothing but the ids tell; at payabl `security` does.

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [1] } })
})

afterEach(() => sandbox.close())

const strike = (more: Partial<ChaosRule> = {}) =>
  sandbox.chaos.set({ rules: [{ do: 'stranger', on: 'callback', ...more }] })

describe('at Trustly', () => {
  let shop: Awaited<ReturnType<typeof startShop>>

  beforeEach(async () => {
    shop = await startShop(sandbox.trustly.merchant.privateKey)
  })

  afterEach(() => shop.close())

  const place = () => placeDeposit(sandbox, { NotificationURL: shop.url, MessageID: 'order-1001' })
  const messages = () => shop.received.map(({ message }) => message)
  const strangersOrders = () => sandbox.trustly.books(sandbox.trustly.stranger.username).orders
  const ids = ({ params: { data } }: (typeof shop.received)[number]['message']) => [data.orderid, data.notificationid]

  test('the stranger’s notification comes before ours: well signed, the same but for its ids', async () => {
    const { orderId } = await place()
    strike()
    const [notificationId] = sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    const [theirs, ours] = messages()
    expect(messages().map(({ method }) => method)).toEqual(['credit', 'credit'])
    if (!theirs || !ours) throw new Error('there are two')
    expect(ids(ours)).toEqual([orderId, notificationId])
    expect(ids(theirs)).toEqual([expect.stringMatching(/^\d{10}$/), expect.stringMatching(/^\d{10}$/)])
    for (const [index, id] of ids(theirs).entries()) expect(id).not.toBe(ids(ours)[index])
    const { orderid, notificationid, ...members } = ours.params.data
    expect(theirs.params.data).toMatchObject(members)
    for (const { method, params } of messages())
      expect(isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
    expect(theirs.params.uuid).not.toBe(ours.params.uuid)
    expect(sandbox.trustly.books().orders[0]?.notifications[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
      'chaos: stranger, answered with HTTP status 200',
      'accepted',
    ])
  })

  const orderBy = async (method: string, attributes: Data = {}) => {
    const own = { NotificationURL: shop.url, MessageID: 'order-1001' }
    if (method === 'Deposit') return (await placeDeposit(sandbox, own, attributes)).orderId
    return String((await ask(sandbox, method, own, attributes)).result.data.orderid)
  }

  test.each<[method: string, happen: (orderId: string) => unknown, reported: string[]]>([
    ['Deposit', (id) => sandbox.trustly.complete(id), ['account', 'pending', 'credit']],
    [
      'Deposit',
      (id) => [sandbox.trustly.complete(id, { notify: ['credit'] }), sandbox.trustly.debit(id)],
      ['account', 'credit', 'debit'],
    ],
    ['Deposit', (id) => sandbox.trustly.cancel(id), ['cancel']],
    ['Deposit', (id) => sandbox.trustly.identify(id), ['kyc']],
    ['SelectAccount', (id) => sandbox.trustly.complete(id), ['account']],
    ['Withdraw', (id) => sandbox.trustly.complete(id, { amount: '5.00' }), ['account', 'debit']],
    ['RegisterAccountPayout', (id) => sandbox.trustly.failPayout(id), ['payoutfailed', 'credit']],
    ['RegisterAccountPayout', (id) => sandbox.trustly.confirmPayout(id), ['payoutconfirmation']],
  ])('%s: the stranger’s order stands where ours does (%#)', async (method, happen, reported) => {
    sandbox.trustly.change({ account: true, payoutfailed: true, payoutconfirmation: true })
    sandbox.trustly.fund('500.00', 'SEK')
    const orderId = await orderBy(method, reported.includes('kyc') ? { RequestKYC: '1' } : {})
    strike()
    happen(orderId)
    await sandbox.trustly.idle()
    const after = sandbox.trustly.books().orders[0]
    expect(
      messages()
        .filter(({ params }) => params.data.orderid === orderId)
        .map(({ method }) => method),
    ).toEqual(reported)
    expect(
      messages()
        .filter(({ params }) => params.data.orderid !== orderId)
        .map(({ method }) => method),
    ).toEqual(reported)
    const { kind, messageId, amount, paid, state, refunds, debits, notificationUrl } = after ?? {}
    // How ours stands when the last notification leaves; an answer to it may move it on.
    expect(strangersOrders()).toMatchObject([{ kind, messageId, amount, paid, refunds, notificationUrl }])
    expect(strangersOrders()[0]?.debits).toHaveLength(debits?.length ?? 0)
    expect([state, 'requested']).toContain(strangersOrders()[0]?.state)
  })

  test('what comes again brings the same notification of the stranger’s again', async () => {
    const { orderId } = await place()
    for (let times = 0; times < 2; times += 1) shop.answers.push((_, response) => response.writeHead(503).end())
    strike()
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    const [theirs, ours, theirsAgain, oursAgain] = shop.received.map(({ text }) => text)
    expect(shop.received).toHaveLength(4)
    expect([theirsAgain, oursAgain]).toEqual([theirs, ours])
  })

  test('it is one order of the stranger’s, whatever strikes', async () => {
    const { orderId } = await place()
    strike()
    sandbox.trustly.complete(orderId)
    sandbox.trustly.debit(orderId)
    await sandbox.trustly.idle()
    const theirs = messages().filter(({ params }) => params.data.orderid !== orderId)
    expect(new Set(theirs.map(({ params }) => params.data.orderid)).size).toBe(1)
    expect(new Set(theirs.map(({ params }) => params.data.notificationid)).size).toBe(3)
    expect(strangersOrders()).toHaveLength(1)
    expect(strangersOrders()[0]?.notifications.map(({ method }) => method)).toEqual(['pending', 'credit', 'debit'])
  })

  test('it comes alone where ours is lost', async () => {
    const { orderId } = await place()
    sandbox.chaos.set({
      rules: [
        { do: 'drop', on: 'callback' },
        { do: 'stranger', on: 'callback' },
      ],
    })
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    expect(messages().map(({ params }) => params.data.orderid)).not.toContain(orderId)
    expect(messages().length).toBeGreaterThan(0)
  })

  test('the stranger’s own notifications bring nobody’s', async () => {
    const { orderId } = await place()
    strike()
    sandbox.trustly.complete(sandbox.trustly.stranger.imitate(orderId), { notify: ['credit'] })
    await sandbox.trustly.idle()
    expect(new Set(messages().map(({ params }) => params.data.orderid)).size).toBe(1)
  })

  test('the same seed, the same strikes', async () => {
    const struck = async (seed: number) => {
      sandbox.chaos.set({ seed, rules: [{ do: 'stranger', on: 'callback', probability: 0.5 }] })
      const before = sandbox.trustly.books().orders.length
      for (let count = 0; count < 8; count += 1) {
        const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
        sandbox.trustly.complete(orderId, { notify: ['credit'] })
        await sandbox.trustly.idle()
      }
      const orders = sandbox.trustly.books().orders.slice(before)
      return orders.map(({ notifications }) => notifications[0]?.attempts.length)
    }
    const first = await struck(7)
    expect(new Set(first)).toEqual(new Set([1, 2]))
    expect(await struck(7)).toEqual(first)
    expect(await struck(8)).not.toEqual(first)
  })
})

describe('at payabl', () => {
  let shop: Awaited<ReturnType<typeof startPayablShop>>

  beforeEach(async () => {
    shop = await startPayablShop()
  })

  afterEach(() => shop.close())

  const place = () => placePayablDeposit(sandbox, { notification_url: shop.url, orderid: 'order-1001' })
  const secrets = () => [sandbox.payabl.merchant.secret, sandbox.payabl.stranger.secret]
  const strangersPayments = () => sandbox.payabl.books(sandbox.payabl.stranger.merchantId).payments

  test('the stranger’s notification comes before ours: the same but for its id, and secured by another secret', async () => {
    const { id } = await place()
    strike()
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    const [theirs, ours] = shop.received
    if (!theirs || !ours) throw new Error('there are two')
    const { transactionid, security, ...fields } = ours.fields
    expect(theirs.fields).toMatchObject(fields)
    expect(theirs.fields.transactionid).not.toBe(transactionid)
    const [own = '', others = ''] = secrets()
    expect([isSecured(theirs, own), isSecured(theirs, others), isSecured(ours, own)]).toEqual([false, true, true])
    const [reported] =
      sandbox.payabl.books().payments[0]?.transactions.flatMap(({ notifications }) => notifications) ?? []
    expect(reported?.attempts.map(({ outcome }) => outcome)).toEqual([
      'chaos: stranger, and the answer acknowledges it all the same',
      'accepted',
    ])
  })

  test('whoever refuses it is not blamed', async () => {
    shop.answers.push((response) => response.writeHead(401).end())
    const { id } = await place()
    strike()
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    const [reported] =
      sandbox.payabl.books().payments[0]?.transactions.flatMap(({ notifications }) => notifications) ?? []
    expect(reported?.attempts.map(({ outcome }) => outcome)).toEqual(['HTTP status 401', 'accepted'])
  })

  test('the stranger’s payment stands where ours does, with every transaction', async () => {
    const { id } = await place()
    strike()
    sandbox.payabl.accept(id)
    sandbox.payabl.credit(id)
    sandbox.payabl.chargeBack(id, '3.00')
    await sandbox.payabl.idle()
    const plain = (payments: ReturnType<typeof strangersPayments>) =>
      payments.map(({ notificationUrl, transactions }) => ({
        notificationUrl,
        transactions: transactions.map(({ type, orderid, amount, state }) => ({ type, orderid, amount, state })),
      }))
    expect(plain(strangersPayments())).toEqual(plain(sandbox.payabl.books().payments))
    const own = sandbox.payabl.books().payments.flatMap(({ transactions }) => transactions)
    const others = strangersPayments().flatMap(({ transactions }) => transactions)
    for (const { transactionId } of own) expect(others.map((one) => one.transactionId)).not.toContain(transactionId)
    expect(shop.received.map(({ fields }) => fields.type)).toEqual([
      'capture',
      'capture',
      'capture',
      'capture',
      'chb',
      'chb',
    ])
  })

  test('transactions that share an id share one at the stranger’s too', async () => {
    sandbox.payabl.change({ chargebackId: 'original' })
    const { id } = await place()
    strike()
    sandbox.payabl.credit(id)
    for (const amount of ['3.00', '3.00']) sandbox.payabl.chargeBack(id, amount)
    await sandbox.payabl.idle()
    const [{ transactions } = { transactions: [] }] = strangersPayments()
    const [, capture, ...chargebacks] = transactions.map(({ transactionId }) => transactionId)
    expect(chargebacks).toEqual([capture, capture])
  })

  test('a payout that failed', async () => {
    const { id } = await place()
    sandbox.payabl.credit(id)
    const own = {
      transactionid: captureOf(sandbox, id)?.transactionId,
      payment_method: '116',
      notification_url: shop.url,
    }
    const money = { amount: '5.00', currency: 'EUR' }
    const { transactionid = '' } = await callPayabl(sandbox, 'payment_cft', { ...own, ...money, orderid: 'payout-1' })
    await sandbox.payabl.idle()
    strike()
    sandbox.payabl.failPayout(transactionid)
    await sandbox.payabl.idle()
    expect(strangersPayments()).toMatchObject([{ transactions: [{ type: 'cft', amount: '5.00', state: 'failed' }] }])
    expect(shop.received.slice(-2).map(({ fields }) => [fields.type, fields.orderid])).toEqual([
      ['cft', 'payout-1'],
      ['cft', 'payout-1'],
    ])
  })

  test('another shop’s notifications meet it as ours do, the stranger’s own do not', async () => {
    const { id } = await place()
    strike()
    sandbox.payabl.credit(sandbox.payabl.stranger.imitate(id))
    await sandbox.payabl.idle()
    expect(shop.received).toHaveLength(1)
    sandbox.payabl.credit(sandbox.payabl.otherShop.imitate(id))
    await sandbox.payabl.idle()
    expect(shop.received).toHaveLength(3)
  })
})
