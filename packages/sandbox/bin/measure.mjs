#!/usr/bin/env node
// Measures the sandbox with 10,000 payments: `npm run build && node packages/sandbox/bin/measure.mjs [payments]`.
// Prints server times, the work of an idle page, and a day's leap. Figures of one machine at one moment, not a test.
import { createServer } from 'node:http'
import { startSandbox } from '../dist/index.js'

const count = Number(process.argv[2] ?? 10_000)
const shop = createServer((request, response) => request.resume().on('end', () => response.end('OK')))
await new Promise((resolve) => shop.listen(0, '127.0.0.1', resolve))
const notificationUrl = `http://127.0.0.1:${shop.address().port}/callbacks`

const sandbox = await startSandbox({ trustly: { redeliverAfterMs: [] } })
const { trustly, payabl } = sandbox
const ms = (start) => performance.now() - start
const print = (name, value, wanted) => process.stdout.write(`${name.padEnd(58)} ${value.padStart(21)}   ${wanted}\n`)

/** Half of the payments at each vendor: eight of ten credited, one pending, one open. */
const placed = performance.now()
for (let index = 0; index < count; index += 1) {
  const outcome = index % 20
  if (index % 2 === 0) {
    const order = { method: 'Deposit', messageId: `order-${index}`, notificationUrl, amount: '103.00', currency: 'SEK' }
    const id = trustly.stranger.order(order)
    if (outcome < 16) trustly.complete(id, { notify: ['credit'] })
    else if (outcome < 18) trustly.complete(id, { notify: ['pending'] })
  } else {
    const order = {
      action: 'payment_preauthorize',
      orderid: `order-${index}`,
      notificationUrl,
      amount: '10.00',
      currency: 'EUR',
    }
    const id = payabl.otherShop.order(order)
    if (outcome < 16) payabl.credit(id)
    else if (outcome < 18) payabl.accept(id)
  }
}
const settled = Promise.all([trustly.attempted(), payabl.attempted()])
print(`${count} payments placed`, `${ms(placed).toFixed(0)} ms`, '')
await settled
print('their first callbacks answered', `${ms(placed).toFixed(0)} ms`, '')

/** The fastest and the median of 21 requests, from the start to the end of the response, and the processor time of one, which
 *  other processes hardly change. */
const time = async (request) => {
  const times = []
  const before = process.cpuUsage()
  for (let run = 0; run < 21; run += 1) {
    const start = performance.now()
    await (await request()).text()
    times.push(ms(start))
  }
  const { user, system } = process.cpuUsage(before)
  times.sort((one, other) => one - other)
  return [times[0], times[10], (user + system) / 21_000].map((one) => one.toFixed(1)).join(' / ')
}
print('', 'fastest / median / cpu', 'in ms')
const office = `${sandbox.url}/back-office`
const get = (path) => () => fetch(`${office}${path}`)
for (const [name, path] of [
  ['the overview', ''],
  ['a page in the middle', `?page=${Math.floor(count / 100)}`],
  ['a search that finds one', `?q=order-${Math.floor(count / 2)}`],
  ['a search that finds none', '?q=nothing+like+it'],
  ['all filters', '?rail=payabl&state=credited&kind=deposit&failed=1'],
  ['the callbacks', '/callbacks?state=accepted'],
  ['the API calls', '/calls'],
])
  print(name, await time(get(path)), '< 50 ms')
const authorization = { Authorization: `Bearer ${sandbox.control.token}` }
print(
  'GET /control/payments',
  await time(() => fetch(`${sandbox.control.url}/payments`, { headers: authorization })),
  '< 50 ms',
)
const [{ orderId }] = trustly.books(trustly.stranger.username).orders.slice(-1)
print('one payment', await time(get(`/payments/trustly/${orderId}`)), '< 50 ms')

/** An idle page is one that is open while nothing happens. */
const closing = new AbortController()
const events = await fetch(`${office}/live?of=/back-office`, { signal: closing.signal })
const reader = events.body.getReader()
await reader.read()
const before = process.cpuUsage()
const idleMs = 10_000
await new Promise((resolve) => setTimeout(resolve, idleMs))
const { user, system } = process.cpuUsage(before)
print('an idle page, and the sandbox with it', `${((user + system) / idleMs / 10).toFixed(2)} %`, '< 2 % of a core')
closing.abort()

const leap = performance.now()
await sandbox.clock.move(86_400_000)
print(`a day's leap (${count / 10} checkouts expire)`, `${ms(leap).toFixed(0)} ms`, '< 2000 ms')
await Promise.all([trustly.attempted(), payabl.attempted()])
print('and the callbacks that it causes are answered', `${ms(leap).toFixed(0)} ms`, '')
global.gc?.()
print('memory', `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`, '')

await sandbox.close()
shop.close()
shop.closeAllConnections()
