import { keys } from '../__fixtures__/keys.ts'
import {
  call as payablCall,
  paymentOf,
  placeDeposit as placePayIn,
  startShop as startPayablShop,
} from '../__fixtures__/payabl/shop.ts'
import { startPayablAlone } from '../__fixtures__/payabl/start-payabl.ts'
import { placeDeposit, startShop } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

const minute = 60_000

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
})

afterAll(() => sandbox.close())

const trustlyState = (id: string) => sandbox.trustly.books().orders.find(({ orderId }) => orderId === id)?.state

test('an order that nobody visits is cancelled by the clock, and the shop is notified', async () => {
  const shop = await startShop(sandbox.trustly.merchant.privateKey)
  const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
  await sandbox.clock.move(29 * minute)
  expect(trustlyState(orderId)).toBe('created')
  await sandbox.clock.move(2 * minute)
  await sandbox.trustly.idle()
  expect(trustlyState(orderId)).toBe('cancelled')
  expect(shop.received.map(({ message }) => message.method)).toEqual(['cancel'])
  await shop.close()
})

test('a customer who does something gets half an hour more', async () => {
  const { orderId, url } = await placeDeposit(sandbox)
  await sandbox.clock.move(29 * minute)
  expect((await fetch(url)).status).toBe(200)
  await sandbox.clock.move(29 * minute)
  expect(trustlyState(orderId)).toBe('created')
  await sandbox.clock.move(2 * minute)
  expect(trustlyState(orderId)).toBe('cancelled')
  expect(await (await fetch(url)).text()).toMatch(/Expired/)
})

test('an order that was paid does not expire', async () => {
  const { orderId } = await placeDeposit(sandbox)
  sandbox.trustly.complete(orderId)
  await sandbox.clock.move(60 * minute)
  expect(trustlyState(orderId)).toBe('credited')
})

test('payabl’s pay-ins expire when their customer comes back, with -1315', async () => {
  const sandbox = await startPayablAlone()
  const shop = await startPayablShop()
  const { id, url } = await placePayIn(sandbox, { notification_url: shop.url })
  await sandbox.clock.move(31 * minute)
  expect((await fetch(url)).status).toBe(410)
  await sandbox.payabl.idle()
  expect(shop.received.map(({ fields }) => fields.errorcode)).toEqual(['-1315'])
  expect(JSON.stringify(sandbox.payabl.books().payments)).toMatch(`"transactionId":"${id}"`)
  await sandbox.close()
  await shop.close()
})

test('a payout fails days after it was accepted, when chaos says so', async () => {
  const shop = await startPayablShop()
  sandbox.payabl.setBalance('EUR', '100.00')
  sandbox.chaos.set({ rules: [{ do: 'late-failure', on: 'call', method: 'payment_cft', days: 4 }] })
  const { transactionid = '' } = await payablCall(sandbox, 'payment_cft', {
    orderid: 'payout-1',
    amount: '25.00',
    currency: 'EUR',
    payment_method: '116',
    notification_url: shop.url,
    firstname: 'Max',
    lastname: 'Mustermann',
    email: 'test@test.com',
    birthday: '01011970',
    country: 'DEU',
    bankcountry: 'DE',
    accountnumber: 'DE89370400440532013000',
  })
  const state = () => paymentOf(sandbox, transactionid)?.transactions[0]?.state
  await sandbox.clock.move(3 * 24 * 60 * minute)
  expect(state()).toBe('accepted')
  await sandbox.clock.move(2 * 24 * 60 * minute)
  await sandbox.payabl.idle()
  expect(state()).toBe('failed')
  expect(shop.received.map(({ fields }) => [fields.type, fields.errorcode])).toEqual([['cft', '-5008']])
  await shop.close()
})
