import {
  call,
  elements,
  isSecured,
  placeDeposit,
  post,
  query,
  signedBody,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'

// `security` is made with the merchant's own secret (protocol/payabl.md, section 2.3): another merchant's is refused by
// whoever checks it. Another shop of the same merchant has the same secret, and its transactions are genuine.

let sandbox: PayablAlone
let shop: Awaited<ReturnType<typeof startShop>>

beforeEach(async () => {
  sandbox = await startPayablAlone()
  shop = await startShop()
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const stranger = () => sandbox.payabl.stranger
const otherShop = () => sandbox.payabl.otherShop
const own = () => sandbox.payabl.merchant.secret
const strangersBooks = () => sandbox.payabl.books(stranger().merchantId)
const order = () => ({ orderid: 'order-1001', notificationUrl: shop.url, amount: '249.90' })

const strangersPost = async (action: string, fields: Record<string, string>) => {
  const { merchantId, secret } = stranger()
  const response = await post(sandbox, action, signedBody({ merchantid: merchantId, ...fields }, secret))
  return response.text()
}

describe('another merchant', () => {
  test('has an id, a secret, payments and money of its own', async () => {
    expect(stranger().secret).not.toBe(own())
    const { id } = await placeDeposit(sandbox, { notification_url: shop.url })
    sandbox.payabl.credit(id)
    expect(strangersBooks()).toEqual({ payments: [], balance: {} })
    const theirs = stranger().order(order())
    sandbox.payabl.credit(theirs)
    expect([sandbox.payabl.books().balance, strangersBooks().balance]).toEqual([{ EUR: '10.00' }, { EUR: '249.90' }])
  })

  test('cannot refund, look up or have reported again what is ours', async () => {
    const { id } = await placeDeposit(sandbox)
    sandbox.payabl.credit(id)
    const capture = sandbox.payabl.books().payments[0]?.transactions[1]?.transactionId ?? ''
    const refund = { transactionid: capture, amount: '1.00', currency: 'EUR' }
    expect(new URLSearchParams(await strangersPost('payment_refund', refund)).get('status')).toBe('-6000')
    expect(await strangersPost('tx_diagnose', { transactionid: capture, type: 'tx' })).not.toContain(capture)
    expect(await strangersPost('send_notification', { transactionid: capture })).toContain('-6000')
  })

  test.each([
    ['payment_preauthorize', (id: string) => sandbox.payabl.credit(id), { type: 'capture', payment_state: 'credited' }],
    ['payment_preauthorize', (id: string) => sandbox.payabl.abort(id), { type: 'capture', errorcode: '-5003' }],
    ['payment_cft', (id: string) => sandbox.payabl.failPayout(id), { type: 'cft', errorcode: '-5008' }],
  ] as const)(
    'is notified of its %s at our address, secured by its own secret (%#)',
    async (action, happen, fields) => {
      happen(stranger().order({ ...order(), action }))
      await sandbox.payabl.idle()
      expect(shop.received.map(({ fields }) => fields)).toMatchObject([
        { orderid: 'order-1001', amount: '249.90', currency: 'EUR', ...fields },
      ])
      for (const notified of shop.received)
        expect([isSecured(notified, stranger().secret), isSecured(notified, own())]).toEqual([true, false])
    },
  )

  test('imitates our payment', async () => {
    const { id } = await placeDeposit(sandbox, { notification_url: shop.url, orderid: 'ours' })
    const theirs = stranger().imitate(id)
    expect(strangersBooks().payments).toMatchObject([
      { notificationUrl: shop.url, transactions: [{ transactionId: theirs, orderid: 'ours', amount: '10.00' }] },
    ])
    sandbox.payabl.credit(theirs)
    await sandbox.payabl.idle()
    expect(shop.received.map((notified) => isSecured(notified, own()))).toEqual([false])
    expect(sandbox.payabl.books().payments[0]?.transactions[0]?.state).toBe('pending')
  })
})

describe('another shop of the same merchant', () => {
  test('has the same id and secret, and its payments are among ours', async () => {
    expect(otherShop()).toMatchObject(sandbox.payabl.merchant)
    const id = otherShop().order(order())
    expect(sandbox.payabl.books().payments).toMatchObject([
      { notificationUrl: shop.url, transactions: [{ transactionId: id, orderid: 'order-1001', state: 'pending' }] },
    ])
    const answer = await query(sandbox, 'tx_diagnose', { transactionid: id, type: 'tx' })
    expect(elements(answer, 'order_id')).toContain('order-1001')
  })

  test('is reported at our address, and its secret is ours', async () => {
    const { id } = await placeDeposit(sandbox, { notification_url: shop.url })
    const theirs = otherShop().imitate(id)
    sandbox.payabl.accept(theirs)
    sandbox.payabl.credit(theirs)
    await sandbox.payabl.idle()
    expect(shop.received.map(({ fields }) => fields)).toMatchObject([
      { orderid: 'trustly-0001', amount: '10.00', payment_state: 'not_credited_yet' },
      { orderid: 'trustly-0001', amount: '10.00', payment_state: 'credited' },
    ])
    expect(shop.received.map((notified) => isSecured(notified, own()))).toEqual([true, true])
    const [ours] = sandbox.payabl.books().payments
    expect(shop.received.map(({ fields }) => fields.transactionid)).not.toContain(ours?.transactions[0]?.transactionId)
    expect(ours?.transactions[0]?.state).toBe('pending')
  })

  test('goes elsewhere, or is for other money, when reported', async () => {
    const { id } = await placeDeposit(sandbox, { notification_url: shop.url })
    const address = `${shop.url}/without-token`
    otherShop().imitate(id, { orderid: 'other', notificationUrl: address, amount: '1.00' })
    expect(sandbox.payabl.books().payments[1]).toMatchObject({
      notificationUrl: address,
      transactions: [{ orderid: 'other', amount: '1.00' }],
    })
  })

  test('belongs to the first of the merchants that were given', async () => {
    const given = { merchantId: 'shop', secret: 'secret' }
    const other = await startPayablAlone({ merchants: [given] })
    expect(other.payabl.otherShop).toMatchObject(given)
    other.payabl.otherShop.order(order())
    expect(other.payabl.books().payments).toHaveLength(1)
    await other.close()
  })
})

test('what the vendor refuses is refused to both', async () => {
  expect(() => stranger().order({ ...order(), amount: '1.2.3' })).toThrow('-6102')
  expect(() => otherShop().order({ ...order(), notificationUrl: 'http://shop.example/' })).toThrow('-6000')
  expect(() => otherShop().imitate('1')).toThrow('There is no transaction 1.')
  // The order that the API itself refuses is refused alike.
  expect((await call(sandbox, 'payment_preauthorize', { amount: '1.2.3' })).status).not.toBe('2000')
})
