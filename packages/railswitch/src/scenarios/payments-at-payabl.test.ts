import { paidAt, type ShopAtPayabl, shopAtPayabl, tellTokenless, types } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

const rig = async (): Promise<ShopAtPayabl> => {
  const shop = await shopAtPayabl()
  shops.push(shop)
  return shop
}

const paid = async () => {
  const shop = await rig()
  return { ...shop, payment: await paidAt(shop) }
}

test('errorcode 0 with not_credited_yet is not paid, and credited is', async () => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  sandbox.payabl.accept(transaction())
  await sandbox.payabl.idle()
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('not_credited_yet')
  sandbox.payabl.credit(transaction())
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.not_credited_yet', 'deposit.credited'])
})

test.each([
  ['an unknown payment_state', { payment_state: 'nearly' }],
  ['errorcode 2000', { errorcode: '2000' }],
])('%s is stored as unrecognised', async (_name, overrides) => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  sandbox.payabl.accept(transaction())
  sandbox.payabl.notify(transaction(), overrides)
  await sandbox.payabl.idle()
  expect(types(events)).toContain('unrecognised')
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('not_credited_yet')
})

describe("a callback at the account's address, without our token", () => {
  const fields = { type: 'capture', errorcode: '0', orderid: 'order-1' }

  test('is believed for a failure, which the signature covers completely', async () => {
    const shop = await rig()
    await shop.payments.deposit(depositOf('order-1'))
    const failed = { ...fields, transactionid: shop.transaction(), errorcode: '-5003', payment_state: '' }
    expect((await tellTokenless(shop, failed)).status).toBe(200)
    expect(types(shop.events)).toEqual(['deposit.not_credited'])
  })

  test('of money is acknowledged and stored, and counts when payabl sends it again to our address', async () => {
    const shop = await rig()
    await shop.payments.deposit(depositOf('order-1'))
    shop.silence()
    shop.sandbox.payabl.credit(shop.transaction())
    await shop.sandbox.payabl.idle()
    const payments = shop.later()
    const credited = { ...fields, transactionid: shop.transaction(), payment_state: 'credited' }
    expect((await tellTokenless(shop, credited)).status).toBe(200)
    expect(types(shop.events)).not.toContain('deposit.credited')
    await shop.later(1).sync()
    await shop.sandbox.payabl.idle()
    expect(types(shop.events)).toContain('deposit.credited')
    expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
  })

  test('of an unknown transaction needs review', async () => {
    const shop = await rig()
    expect((await tellTokenless(shop, { ...fields, transactionid: '999', payment_state: 'credited' })).status).toBe(200)
    expect(shop.events).toMatchObject([{ type: 'review.needed', reason: 'foreign_order' }])
  })
})

test.each([
  ['payment_state', { payment_state: 'credited' }],
  ['payment_state and amount', { payment_state: 'credited', amount: '999.00' }],
  ['payment_state and currency', { payment_state: 'credited', currency: 'EUR' }],
])('a change of %s that leaves the security valid never counts as money without our token', async (_name, changed) => {
  const shop = await rig()
  const { payments, events, sandbox, transaction } = shop
  await payments.deposit(depositOf('order-1'))
  sandbox.payabl.accept(transaction())
  await sandbox.payabl.idle()
  const transactionid = sandbox.payabl.books().payments[0]?.transactions.at(-1)?.transactionId ?? ''
  const fields = { transactionid, type: 'capture', errorcode: '0', orderid: 'order-1', ...changed }
  expect((await tellTokenless(shop, fields)).status).toBe(200)
  expect(types(events)).not.toContain('deposit.credited')
  const payment = await payments.getDeposit({ reference: 'order-1' })
  expect(payment).toMatchObject({ state: 'not_credited_yet', credited: sek('0.00') })
  expect(payment.reviews).toMatchObject([{ reason: 'unsigned_money' }])
})

test('a refund whose response is lost is never sent again, and is found in the list', async () => {
  const { sandbox, payments, payment, later, refunds } = await paid()
  const refund = { payment, reference: 'r-1', amount: sek('30.00') }
  sandbox.payabl.faults.dropNextAnswer('payment_refund')
  expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy: 'lookup' })
  expect(await payments.refund(refund)).toMatchObject({ status: 'unknown' })
  expect(refunds()).toEqual(['30.00'])
  expect(await later().sync()).toMatchObject({ resolved: 1, manualReview: [] })
  expect((await payments.getDeposit({ reference: 'order-1' })).refunds[0]?.state).toBe('confirmed')
  expect(sandbox.payabl.requests().filter(({ action }) => action === 'payment_refund')).toHaveLength(1)
})

test('an unknown one of equal refunds is confirmed when the list contains as many as were requested', async () => {
  const { sandbox, payments, payment, later, refunds } = await paid()
  await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
  sandbox.payabl.faults.dropNextAnswer('payment_refund')
  await payments.refund({ payment, reference: 'r-2', amount: sek('30.00') })
  await payments.refund({ payment, reference: 'r-3', amount: sek('30.00') })
  expect(refunds()).toEqual(['30.00', '30.00', '30.00'])
  expect(await later().sync()).toMatchObject({ resolved: 1 })
})

test('two paid attempts are overpaid and shipped once', async () => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  await payments.deposit({ ...depositOf('order-1'), attempt: 2 })
  sandbox.payabl.credit(transaction(0))
  await sandbox.payabl.idle()
  sandbox.payabl.credit(transaction(1))
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.credited', 'review.needed'])
  expect((await payments.getDeposit({ reference: 'order-1' })).reviews).toMatchObject([{ reason: 'overpaid' }])
})

test('not_credited of a failed attempt never reverses the paid one', async () => {
  const { sandbox, payments, events, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  await payments.deposit({ ...depositOf('order-1'), attempt: 2 })
  sandbox.payabl.accept(transaction(0))
  sandbox.payabl.credit(transaction(1))
  await sandbox.payabl.idle()
  sandbox.payabl.fail(transaction(0))
  await sandbox.payabl.idle()
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
  expect(types(events)).not.toContain('deposit.reversed')
})

test('a lost preauthorize is not sent again; a new attempt is', async () => {
  const { sandbox, payments } = await rig()
  sandbox.payabl.faults.dropNextAnswer('payment_preauthorize')
  await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ effect: 'may_have_happened' })
  await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ code: 'in_progress' })
  expect(sandbox.payabl.books().payments).toHaveLength(1)
  expect(await payments.deposit({ ...depositOf('order-1'), attempt: 2 })).toMatchObject({ rail: 'p' })
})

test('a missed credited callback is requested again, and counts when it comes', async () => {
  const { sandbox, payments, later, silence, transaction, events } = await rig()
  await payments.deposit(depositOf('order-1'))
  silence()
  sandbox.payabl.credit(transaction())
  await sandbox.payabl.idle()
  expect(events).toEqual([])
  await later().sync()
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.credited'])
})
