import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { keys } from '../__fixtures__/keys.ts'
import { call, depositData } from '../__fixtures__/trustly/shop.ts'
import { startTimer } from '../platform/process-platform.ts'
import { startSandbox } from '../sandbox.ts'
import { createInFlight } from './in-flight.ts'

test('at most 64 callbacks are on their way at once, and all arrive at the first attempt', async () => {
  let open = 0
  let most = 0
  const shop = createServer(async (request, response) => {
    open += 1
    most = Math.max(most, open)
    request.resume()
    await pause(20)
    open -= 1
    response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  const sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
  const { trustly } = sandbox
  const address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callbacks`
  for (let index = 0; index < 15; index += 1)
    await Promise.all(
      Array.from({ length: 20 }, () =>
        call(sandbox, 'Deposit', depositData(trustly.merchant, { NotificationURL: address })),
      ),
    )
  for (const { orderId } of trustly.books().orders) trustly.complete(orderId, { notify: ['credit'] })
  await trustly.idle()
  const attempts = trustly.books().orders.flatMap(({ notifications }) => notifications.map((sent) => sent.attempts))
  await sandbox.close()
  shop.close()
  expect(most).toBeLessThanOrEqual(64)
  expect(attempts).toHaveLength(300)
  expect(attempts.every(([first]) => first?.outcome === 'HTTP status 503')).toBe(true)
})

test('a thousand callbacks at once to a shop that takes 40 ms each are acknowledged at the first attempt', async () => {
  const shop = createServer(async (request, response) => {
    request.resume()
    await pause(40)
    response.end('OK')
  }).listen(0, '127.0.0.1')
  const sandbox = await startSandbox({ trustly: { keys } })
  const { payabl } = sandbox
  const address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callbacks`
  const order = { action: 'payment_preauthorize', notificationUrl: address, currency: 'EUR', amount: '1.00' } as const
  const ids = Array.from({ length: 1000 }, (_, index) => payabl.otherShop.order({ ...order, orderid: `o${index}` }))
  for (const id of ids) payabl.credit(id)
  await payabl.idle({ withinMs: 60_000 })
  const attempts = payabl
    .books()
    .payments.flatMap(({ transactions }) =>
      transactions.flatMap(({ notifications }) => notifications.map((sent) => sent.attempts)),
    )
  await sandbox.close()
  shop.close()
  expect(attempts).toHaveLength(1000)
  expect(attempts.every((made) => made.length === 1 && made[0]?.outcome === 'accepted')).toBe(true)
})

describe('a job in flight', () => {
  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason))
    })

  test('has its own time, counted from its start and not from its turn', async () => {
    const { run } = createInFlight({ atOnce: 1, withinMs: 50, after: startTimer })
    const [first, second, third] = await Promise.allSettled([
      run(untilAborted),
      run(() => Promise.resolve('done')),
      run(untilAborted),
    ])
    expect(first).toMatchObject({ reason: { message: 'nothing came within 50 ms' } })
    expect(second).toEqual({ status: 'fulfilled', value: 'done' })
    expect(third).toMatchObject({ reason: { message: 'nothing came within 50 ms' } })
  })

  test('is broken off when all are closed, also before its turn', async () => {
    const { run, close } = createInFlight({ atOnce: 1, withinMs: 60_000, after: startTimer })
    const jobs = Promise.allSettled([run(untilAborted), run(untilAborted)])
    close()
    expect(await jobs).toMatchObject([{ reason: { name: 'AbortError' } }, { reason: { name: 'AbortError' } }])
  })
})
