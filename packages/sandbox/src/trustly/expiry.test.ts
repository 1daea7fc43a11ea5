import { ask, placeDeposit, startShop } from '../__fixtures__/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

const minutes = 60_000

beforeEach(async () => {
  const began = new Date('2026-03-10T12:00:00Z')
  sandbox = await startSandbox({ now: () => began, trustly: { redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const stateOf = (orderId: string) => sandbox.trustly.books().orders.find((order) => order.orderId === orderId)?.state
const told = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message.method)
}

test('an order that nobody comes for is cancelled after half an hour, and the shop is told', async () => {
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  await sandbox.clock.move(30 * minutes)
  expect(stateOf(orderId)).toBe('created')
  await sandbox.clock.move(1)
  expect(stateOf(orderId)).toBe('cancelled')
  expect(await told()).toEqual(['cancel'])
})

test('a customer who comes back in time has half an hour again', async () => {
  const { orderId, url } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  await sandbox.clock.move(29 * minutes)
  await fetch(url)
  await sandbox.clock.move(30 * minutes)
  expect(stateOf(orderId)).toBe('created')
  await sandbox.clock.move(1)
  expect(stateOf(orderId)).toBe('cancelled')
})

test('what is paid, or asked for, stays', async () => {
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  sandbox.trustly.complete(orderId, { notify: ['pending'] })
  const { result } = await ask(sandbox, 'Withdraw', { NotificationURL: shop.url }, { SuggestedAmount: '10.00' })
  sandbox.trustly.complete(result.data.orderid)
  await sandbox.trustly.idle()
  await sandbox.clock.move(24 * 60 * minutes)
  expect([stateOf(orderId), stateOf(result.data.orderid)]).toEqual(['pending', 'reserved'])
})
