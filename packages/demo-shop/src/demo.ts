import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { memoryStore } from 'railswitch'
import { environmentOf } from './rails.ts'
import { startShop } from './shop.ts'
import { printSideBySide } from './timeline.ts'
import { refund, walkThrough } from './walk-through.ts'

const interactive = process.stdout.isTTY === true
const sandbox = await startSandbox()
const world = {
  walk: (checkoutUrl: string) => walkCheckout(checkoutUrl),
  idle: async () => {
    await sandbox.trustly.idle()
    await sandbox.payabl.idle()
  },
}
const trustly = environmentOf(sandbox, 'trustly')
const payabl = environmentOf(sandbox, 'payabl')

console.log(`
One shop, two rails. The same shop file takes a deposit and makes two partial refunds, first on Trustly, then through payabl.
The vendors are a sandbox on this machine, which shares no code with the shop's side. Between the two runs one variable changes:

  ${Object.keys(trustly)
    .filter((name) => trustly[name] !== payabl[name])
    .map((name) => `${name}: ${trustly[name]} → ${payabl[name]}`)
    .join(', ')}
`)

const onTrustly = await walkThrough(trustly, world)
const onPayabl = await walkThrough(payabl, world)
printSideBySide(
  { title: 'RAILSWITCH_ACTIVE=trustly', lines: onTrustly.lines },
  { title: 'RAILSWITCH_ACTIVE=payabl', lines: onPayabl.lines },
)
await Promise.all([onTrustly.shop.close(), onPayabl.shop.close()])

console.log("\nThe vendors' books")
for (const { orderId, state, refunds } of sandbox.trustly.books().orders)
  console.log(`  trustly  order ${orderId}: ${state}, refunds ${refunds.map(({ amount }) => amount).join(' and ')}`)
for (const { transactions } of sandbox.payabl.books().payments) {
  const [first] = transactions
  console.log(
    `  payabl   transaction ${first?.transactionId}: ${first?.state}, refunds ${first?.refunds.map(({ amount }) => amount).join(' and ')}`,
  )
}

console.log(
  '\nA switch in mid-flight: one store, and the shop restarts with the other rail while a customer is at the bank',
)
const store = memoryStore()
const before = await startShop({ env: trustly, store })
const checkoutUrl = await before.checkout('order-2001')
console.log('  order-2001 began on trustly; its customer is at the checkout')
await before.close()
const after = await startShop({ env: payabl, store, port: Number(new URL(before.url).port) })
const repeated = await after.checkout('order-2001')
await walkCheckout(await after.checkout('order-2002'))
await walkCheckout(checkoutUrl)
await world.idle()
console.log('  RAILSWITCH_ACTIVE=payabl from here on; order-2002 was paid there')
console.log(
  `  order-2001, asked for again, ${repeated === checkoutUrl ? 'is the same checkout at trustly' : 'IS ANOTHER CHECKOUT'}`,
)
let asItShould = repeated === checkoutUrl
for (const reference of ['order-2001', 'order-2002']) {
  const status = await refund(after, reference, `refund-of-${reference}`, '10.00')
  const { ref, state, refunded } = await after.payments.getDeposit({ reference })
  console.log(`  ${reference} is ${state} on ${ref.split('.')[1]}; its refund there is ${status}`)
  asItShould &&= state === 'credited' && refunded.value === '10.00'
}
asItShould &&= [onTrustly, onPayabl].every(
  ({ payment }) => payment.state === 'credited' && payment.refunded.value === '149.90',
)
if (!asItShould) {
  console.error('\nThe walk did not end as it should.')
  process.exitCode = 1
}

if (interactive) {
  console.log(`\nNow you: the shop is at ${after.url}, and its checkout pages are the sandbox's. Ctrl+C ends them.\n`)
} else {
  await after.close()
  await sandbox.close()
  console.log('')
}
