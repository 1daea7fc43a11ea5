import { keys } from '../__fixtures__/keys.ts'
import { acknowledge, placeDeposit, startShop } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const place = (overrides = {}) => placeDeposit(sandbox, { NotificationURL: shop.url, ...overrides })
const fail: Shop['answers'][number] = (_, response) => response.writeHead(503).end()
type Shop = typeof shop
const attemptsOf = (orderId: string) =>
  sandbox.trustly.books().orders.find((order) => order.orderId === orderId)?.notifications[0]?.attempts.length

test('moves the clock to the retries until the shop acknowledges', async () => {
  shop.answers.push(fail, fail, fail)
  const { orderId } = await place()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  const before = sandbox.clock.now().getTime()
  await sandbox.trustly.idle({ moveClock: true })
  expect(attemptsOf(orderId)).toBe(4)
  expect(sandbox.clock.now().getTime() - before).toBeGreaterThanOrEqual(10_000 + 60_000 + 300_000)
})

test('names what was given up, to whom, and why', async () => {
  shop.answers.push(fail, fail, fail, fail, fail, fail)
  const { orderId } = await place()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await expect(sandbox.trustly.idle({ moveClock: true })).rejects.toThrow(
    `1 callback was not acknowledged:\n  credit of ${orderId} to ${shop.url}, 6 attempts: HTTP status 503`,
  )
  const other = await place()
  sandbox.trustly.complete(other.orderId, { notify: ['credit'] })
  await sandbox.trustly.idle({ moveClock: true })
})

test('ends at its limit with what is missing, and without options never rejects', async () => {
  let answer = () => {}
  shop.answers.push(({ message }, response) => {
    answer = () => response.end(acknowledge(message, sandbox.trustly.merchant.privateKey))
  })
  const { orderId } = await place()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await expect(sandbox.trustly.idle({ withinMs: 50 })).rejects.toThrow(
    `within 50 ms:\n  credit of ${orderId} to ${shop.url}, 0 attempts: no attempt was finished`,
  )
  const waits = sandbox.trustly.idle()
  answer()
  await waits
})

test('does not wait for what is held', async () => {
  const { orderId } = await place()
  sandbox.trustly.hold(orderId)
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await sandbox.trustly.idle({ withinMs: 60_000, moveClock: true })
  expect(attemptsOf(orderId)).toBe(0)
})
