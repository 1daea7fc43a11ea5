import { keys } from '../../__fixtures__/keys.ts'
import { call, placeDeposit, refundData } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'
import { createMerchant } from '../state/merchant.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
})

afterEach(() => sandbox.close())

const refund = (orderId: string, amount: string, currency = 'SEK') =>
  call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, orderId, amount, currency))
const codeOf = async (answer: ReturnType<typeof refund>) => (await answer).error?.code
const paidOrder = async (attributes = {}) => {
  const { orderId } = await placeDeposit(sandbox, {}, attributes)
  sandbox.trustly.complete(orderId)
  return orderId
}
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)

test('takes the money from the balance, in parts up to the deposit', async () => {
  const orderId = await paidOrder()
  expect((await refund(orderId, '100.00')).result.data).toEqual({ orderid: orderId, result: '1' })
  expect(await codeOf(refund(orderId, '3.01'))).toBe(615)
  expect((await refund(orderId, '3.00')).result.data.result).toBe('1')
  expect(await codeOf(refund(orderId, '0.01'))).toBe(615)
  expect(order(orderId)?.refunds).toEqual([
    { amount: '100.00', state: 'executed' },
    { amount: '3.00', state: 'executed' },
  ])
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '0.00' })
})

test('under a new UUID pays twice, as the vendor does', async () => {
  const orderId = await paidOrder()
  await refund(orderId, '10.00')
  await refund(orderId, '10.00')
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '83.00' })
})

test('is refused for an unknown order, a wrong amount and a wrong currency', async () => {
  const orderId = await paidOrder()
  expect(await codeOf(refund('1234567890', '1.00'))).toBe(655)
  expect(await codeOf(refund(orderId, '1'))).toBe(615)
  expect(await codeOf(refund(orderId, '1.00', 'XXX'))).toBe(622)
  expect(await codeOf(refund(orderId, '1.00', 'EUR'))).toBe(622)
  expect(order(orderId)?.refunds).toEqual([])
})

test('waits for the deposit to be credited, and is dropped when it never is', async () => {
  const [settled, lost] = [await placeDeposit(sandbox), await placeDeposit(sandbox)]
  for (const { orderId } of [settled, lost]) {
    sandbox.trustly.complete(orderId, { notify: ['pending'] })
    expect((await refund(orderId, '3.00')).result.data.result).toBe('1')
    expect(order(orderId)?.refunds).toEqual([{ amount: '3.00', state: 'queued' }])
  }
  expect(sandbox.trustly.books().balance).toEqual({})
  sandbox.trustly.complete(settled.orderId, { notify: ['credit'] })
  sandbox.trustly.cancel(lost.orderId)
  expect(order(settled.orderId)?.refunds).toEqual([{ amount: '3.00', state: 'executed' }])
  expect(order(lost.orderId)?.refunds).toEqual([{ amount: '3.00', state: 'dropped' }])
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '100.00' })
  expect(await codeOf(refund(lost.orderId, '1.00'))).toBe(615)
})

// The code is an assumption: protocol/trustly.md section 3.4.
test('is refused while nobody has paid, whatever was ordered', async () => {
  const { orderId } = await placeDeposit(sandbox)
  expect(await codeOf(refund(orderId, '3.00'))).toBe(615)
  expect(sandbox.trustly.requests().at(-1)?.hint).toBe('the order is not paid')
  expect(order(orderId)?.refunds).toEqual([])
})

test('is limited by what really came', async () => {
  const { orderId } = await placeDeposit(sandbox)
  sandbox.trustly.complete(orderId, { amount: '50.00' })
  expect(order(orderId)).toMatchObject({ amount: '103.00', paid: '50.00', state: 'credited' })
  expect(await codeOf(refund(orderId, '50.01'))).toBe(615)
})

test('waits for the balance, or is refused without it when the merchant is set up so', async () => {
  const [drained, full] = [await paidOrder({ Amount: '100.00' }), await paidOrder({ Amount: '50.00' })]
  await refund(drained, '100.00')
  sandbox.trustly.debit(drained)
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '-50.00' })
  sandbox.trustly.change({ shortRefund: 'refused' })
  expect(await codeOf(refund(full, '50.00'))).toBe(603)
  sandbox.trustly.change({ shortRefund: 'queued' })
  expect((await refund(full, '50.00')).result.data.result).toBe('1')
  expect(order(full)?.refunds).toEqual([{ amount: '50.00', state: 'queued' }])
  sandbox.trustly.fund('99.99', 'SEK')
  expect(order(full)?.refunds).toEqual([{ amount: '50.00', state: 'queued' }])
  sandbox.trustly.fund('0.01', 'SEK')
  expect(order(full)?.refunds).toEqual([{ amount: '50.00', state: 'executed' }])
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '0.00' })
})

test('that came back can be made again', async () => {
  const orderId = await paidOrder()
  await refund(orderId, '103.00')
  sandbox.trustly.returnRefund(orderId, '103.00')
  expect((await refund(orderId, '103.00')).result.data.result).toBe('1')
})

test('has no decimals in HUF', async () => {
  const orderId = await paidOrder({ Amount: '2500', Currency: 'HUF' })
  expect(await codeOf(refund(orderId, '500.00', 'HUF'))).toBe(615)
  expect((await refund(orderId, '500', 'HUF')).result.data.result).toBe('1')
  expect(sandbox.trustly.books().balance).toEqual({ HUF: '2000' })
})

test('touches no other merchant’s order', async () => {
  const other = { ...(await createMerchant()), username: 'other' }
  const shared = await startSandbox({ trustly: { keys, merchants: [other] } })
  const { orderId } = await placeDeposit(shared)
  const answer = await call(shared, 'Refund', refundData(other, orderId, '1.00'), { key: other.privateKey })
  expect(answer.error.code).toBe(655)
  expect(shared.trustly.books().orders).toEqual([])
  expect(shared.trustly.books(shared.trustly.merchant.username).orders).toHaveLength(1)
  await shared.close()
})

test('what cannot happen to an order throws', async () => {
  const orderId = await paidOrder()
  expect(() => sandbox.trustly.cancel(orderId)).toThrow(`Order ${orderId} is credited, not created or pending.`)
  expect(() => sandbox.trustly.debit(orderId, '103.01')).toThrow('has less money to take back')
  expect(() => sandbox.trustly.returnRefund(orderId, '1.00')).toThrow('has no executed refund of that amount')
  expect(() => sandbox.trustly.complete(orderId)).toThrow('is credited')
  expect(order(orderId)?.notifications.map(({ method }) => method)).toEqual(['pending', 'credit'])
  expect(() => sandbox.trustly.debit(orderId, '1')).toThrow('1 is not an amount in SEK.')
  expect(() => sandbox.trustly.complete('1')).toThrow('There is no order 1.')
  await expect(sandbox.trustly.redeliver('1')).rejects.toThrow('There is no notification 1.')
  const open = await placeDeposit(sandbox, {}, { Amount: null })
  expect(() => sandbox.trustly.complete(open.orderId)).toThrow('leaves the amount to the customer')
})
