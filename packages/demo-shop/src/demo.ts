import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { environmentOf } from './rails.ts'
import { printTimeline } from './timeline.ts'
import { walkThrough } from './walk-through.ts'

const interactive = process.stdout.isTTY === true
const sandbox = await startSandbox()
const world = { walk: (checkoutUrl: string) => walkCheckout(checkoutUrl), idle: sandbox.trustly.idle }
const { shop, payment, lines } = await walkThrough(environmentOf(sandbox), world)
printTimeline('A deposit and two partial refunds through Trustly', lines)

const { orders, balance } = sandbox.trustly.books()
console.log('\nThe books of the vendor, a twin of Trustly on this machine that shares no code with the shop')
for (const { orderId, state, refunds, notifications } of orders) {
  console.log(`     order ${orderId}: ${state}, refunds ${refunds.map(({ amount }) => amount).join(' and ')}`)
  for (const { method, attempts } of notifications)
    console.log(`     notification ${method}: the shop's signed answer was ${attempts.at(-1)?.verdict}`)
}
console.log(
  `     merchant balance ${Object.entries(balance)
    .map(([currency, amount]) => `${amount} ${currency}`)
    .join(', ')}\n`,
)

if (payment.state !== 'credited' || payment.refunded.value !== '149.90') {
  console.error('The walk did not end as it should.')
  process.exitCode = 1
}

if (interactive) {
  console.log(`Now you: the shop is at ${shop.url}, its checkout pages are at ${sandbox.url}. Ctrl+C ends both.\n`)
} else {
  await shop.close()
  await sandbox.close()
}
